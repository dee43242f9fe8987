using System.Collections.Concurrent;
using System.Diagnostics;
using EnvelopeSdk.Tests.Support;
using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.PackageTests;

/// <summary>The command, installed from its package, and a registry that it runs and that deploys.</summary>
internal sealed class InstalledRegistry : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Products _products;
    private readonly Process _process;
    private readonly string _tool;

    private InstalledRegistry(Products products, string root, string tool, Process process, Uri signIn, string gateway) =>
        (_products, Root, _tool, _process, SignIn, Gateway) = (products, root, tool, process, signIn, gateway);

    /// <summary>A scratch directory, in which its store is.</summary>
    public string Root { get; }

    /// <summary>The address that it prints, with its token.</summary>
    public Uri SignIn { get; }

    public string Home => SignIn.GetLeftPart(UriPartial.Authority);

    public string Gateway { get; }

    public HttpClient Callers { get; } = new(new SocketsHttpHandler { UseProxy = false });

    /// <param name="products">The packages.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="variables">Of its environment, besides the usual ones: <c>NAME=VALUE</c>.</param>
    /// <param name="runAs">As whom services run; null: as who runs the tests.</param>
    public static async Task<InstalledRegistry> StartAsync(
        Products products, int port, IEnumerable<string> variables, string? runAs = null)
    {
        var root = Directory.CreateTempSubdirectory("deployed-").FullName; // the path of a socket may not be long
        var store = Directory.CreateDirectory(Path.Combine(root, "store")).FullName;
        if (!OperatingSystem.IsWindows())
        {
            // Services may be another user's, and that user may not come into the store.
            File.SetUnixFileMode(store, File.GetUnixFileMode(root));
            File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.OtherExecute);
        }

        var tools = Path.Combine(root, "tools");
        await products.RunAsync(
            products.Workspace.Root, "dotnet", "tool", "install", "EnvelopeSdk.Tool", "--tool-path", tools);
        var tool = Path.Combine(tools, "envelope");
        var gateway = $"http://127.0.0.1:{Ports.Free()}";
        var said = new ConcurrentQueue<string>();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = ChildProcess.Start(
            products.Workspace.Environment, products.Workspace.Root,
            line =>
            {
                said.Enqueue(line);
                if (Uri.TryCreate(line.Trim(), UriKind.Absolute, out var printed) && printed.Scheme == "http")
                {
                    address.TrySetResult(printed);
                }
            },
            ["env", .. variables, "ENVELOPE_HOME=" + store, tool, "registry", "--urls", $"http://127.0.0.1:{port}",
                "--gateway-urls", gateway, "--no-advisories", .. User(runAs, root)]);
        await Task.WhenAny(address.Task, Task.Delay(Patience));
        Assert.True(address.Task.IsCompleted, "The registry did not start:\n" + string.Join('\n', said));
        return new(products, root, tool, process, await address.Task, gateway);
    }

    public Task<string> EnvelopeAsync(params string[] arguments) =>
        _products.RunAsync(Root, ["env", "ENVELOPE_HOME=" + Home, _tool, .. arguments]);

    /// <summary>Makes a key of its API.</summary>
    public async Task<string> KeyAsync(string role) => (await _products.RunAsync(
        Root, "env", "ENVELOPE_HOME=" + Path.Combine(Root, "store"), _tool, "registry", "key", "add", "tests", "--role", role))
        .Split('\n').First(line => line.StartsWith("envk_", StringComparison.Ordinal)).Trim();

    /// <summary>Runs the command with the store of the packages' tests.</summary>
    public Task<string> EnvelopeOfProductsAsync(params string[] arguments) =>
        _products.RunAsync(Root, [_tool, .. arguments]);

    public async ValueTask DisposeAsync()
    {
        Callers.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
        foreach (var file in Directory.EnumerateFiles(Root, "pid", SearchOption.AllDirectories))
        {
            if (int.TryParse(await File.ReadAllTextAsync(file), out var id) && Directory.Exists($"/proc/{id}"))
            {
                Process.GetProcessById(id).Kill();
            }
        }

        Directory.Delete(Root, recursive: true);
    }

    private static string[] User(string? runAs, string root) => runAs is null
        ? []
        : ["--run-as", runAs, "--deploy-in", Path.Combine(root, "services")];
}
