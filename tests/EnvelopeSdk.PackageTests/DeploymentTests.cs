using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Tests.Support;
using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.PackageTests;

/// <summary>From training to production, as two people do it with the installed command.</summary>
[Collection(ProductsCollection.Name)]
public sealed class DeploymentTests(Products products) : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly HttpClient _callers = new(new SocketsHttpHandler { UseProxy = false });
    private readonly ConcurrentQueue<string> _said = new();
    private string _root = "";
    private string _tool = "";
    private string _home = "";
    private string _gateway = "";
    private Process? _registry;

    public async Task InitializeAsync()
    {
        _root = Directory.CreateTempSubdirectory("deployed-").FullName; // the path of a socket may not be long
        var tools = Path.Combine(_root, "tools");
        await products.RunAsync(
            products.Workspace.Root, "dotnet", "tool", "install", "EnvelopeSdk.Tool", "--tool-path", tools);
        _tool = Path.Combine(tools, "envelope");
        await StartRegistryAsync();
    }

    public void Dispose()
    {
        _callers.Dispose();
        _registry?.Dispose();
    }

    public Task DisposeAsync()
    {
        _registry?.Kill(entireProcessTree: true);
        foreach (var file in Directory.EnumerateFiles(_root, "pid", SearchOption.AllDirectories))
        {
            if (int.TryParse(File.ReadAllText(file), out var id) && Directory.Exists($"/proc/{id}"))
            {
                Process.GetProcessById(id).Kill();
            }
        }

        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_rule_deploys_what_is_trained_and_a_better_model_takes_its_place_and_is_rolled_back()
    {
        await EnvelopeAsync("configuration", "set", "diamond-price", "--metric", "r2:higher:0.01");
        await EnvelopeAsync("rule", "set", "diamond-price", "newest", "--tag", "team=pricing");
        var project = await products.NewAsync("envelope-model", "DiamondPrice");

        var began = Stopwatch.StartNew();
        await products.RunAsync(project, "env", "ENVELOPE_HOME=" + _home, "dotnet", "run");
        var trained = began.Elapsed;
        var url = await AnswersAsync(project);
        var first = began.Elapsed - trained;

        var program = Path.Combine(project, "Program.cs");
        await File.WriteAllTextAsync(
            program, (await File.ReadAllTextAsync(program)).Replace("NumberOfTrees = 400", "NumberOfTrees = 380"));
        var before = await AnswerAsync(url, project);
        await products.RunAsync(project, "env", "ENVELOPE_HOME=" + _home, "dotnet", "run");
        await AnswersAsync(project);
        Assert.NotEqual(before, await AnswerAsync(url, project));

        began.Restart();
        await EnvelopeAsync("rollback", "diamond-price");
        var back = began.Elapsed;
        Console.WriteLine($"From the save to the first answer {first.TotalSeconds:0.0} s; rolled back in {back.TotalSeconds:0.0} s.");

        Assert.Equal(before, await AnswerAsync(url, project));
        Assert.Contains("swagger-ui", await _callers.GetStringAsync(new Uri($"{url}/swagger/index.html")), StringComparison.Ordinal);
        var document = JsonDocument.Parse(await _callers.GetStringAsync(new Uri($"{url}/openapi/v1.json"))).RootElement;
        Assert.Equal(url, document.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.Contains("rolled-back", await EnvelopeAsync("deployment", "list", "diamond-price"), StringComparison.Ordinal);
    }

    private Task<string> EnvelopeAsync(params string[] arguments) =>
        products.RunAsync(_root, ["env", "ENVELOPE_HOME=" + _home, _tool, .. arguments]);

    /// <summary>Waits until what was trained last answers its own held-out row as the training program did.</summary>
    /// <returns>The address of the configuration.</returns>
    private async Task<string> AnswersAsync(string project)
    {
        var url = _gateway + "/diamond-price";
        var expected = HeldOut(project).Output.GetSingle().ToString("R", CultureInfo.InvariantCulture);
        var answer = "";
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && answer != expected; await Task.Delay(50))
        {
            answer = await AnswerAsync(url, project);
        }

        Assert.True(answer == expected, $"{answer}, not {expected}:\n{await EnvelopeAsync("deployment", "list", "diamond-price")}");
        return url;
    }

    private async Task<string> AnswerAsync(string url, string project)
    {
        try
        {
            using var body = new StringContent(HeldOut(project).Input.GetRawText(), Encoding.UTF8, "application/json");
            using var answer = await _callers.PostAsync(new Uri($"{url}/predict"), body);
            return answer.StatusCode == HttpStatusCode.OK
                ? float.Parse(await answer.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture)
                    .ToString("R", CultureInfo.InvariantCulture)
                : $"{(int)answer.StatusCode}";
        }
        catch (HttpRequestException)
        {
            return "no gateway";
        }
    }

    private static PredictionExample HeldOut(string project) => JsonSerializer.Deserialize<PredictionExample>(
        File.ReadLines(Path.Combine(project, "holdout.jsonl")).ElementAt(100))!;

    private async Task StartRegistryAsync()
    {
        var store = Directory.CreateDirectory(Path.Combine(_root, "store")).FullName;
        _gateway = $"http://127.0.0.1:{Ports.Free()}";
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _registry = ChildProcess.Start(
            products.Workspace.Environment, products.Workspace.Root,
            line =>
            {
                _said.Enqueue(line);
                if (Uri.TryCreate(line.Trim(), UriKind.Absolute, out var printed) && printed.Scheme == "http")
                {
                    address.TrySetResult(printed);
                }
            },
            "env", "ENVELOPE_HOME=" + store, _tool, "registry", "--urls", "http://127.0.0.1:0", "--gateway-urls", _gateway,
            "--no-advisories");
        await Task.WhenAny(address.Task, Task.Delay(Patience));
        Assert.True(address.Task.IsCompleted, "The registry did not start:\n" + string.Join('\n', _said));
        _home = (await address.Task).GetLeftPart(UriPartial.Authority);
    }
}
