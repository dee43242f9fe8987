using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.PackageTests;

/// <summary>A built service project, running.</summary>
internal sealed class RunningService : IDisposable
{
    private readonly ServiceProcess _process;

    private RunningService(ServiceProcess process, HttpClient http) => (_process, Http) = (process, http);

    public HttpClient Http { get; }

    public string Log => _process.Output;

    public static Task<RunningService> StartAsync(Products products, string project, params (string Name, string Value)[] environment)
    {
        var name = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(project, "*.csproj").Single());
        return StartProgramAsync(products, Path.Combine(project, "bin", "Debug", "net10.0", name + ".dll"), environment);
    }

    /// <summary>Starts an assembly, or a program that needs no .NET.</summary>
    public static async Task<RunningService> StartProgramAsync(
        Products products, string program, params (string Name, string Value)[] environment)
    {
        using var probe = new HttpClient();
        var variables = new Dictionary<string, string>(products.Workspace.Environment);
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        var (process, address) = await ServiceProcess.StartAsync(variables, program, probe, CancellationToken.None);
        return new RunningService(process, new HttpClient { BaseAddress = address });
    }

    /// <summary>Waits until the log has a text: it is written behind the answers, and read from another process.</summary>
    public async Task AssertLogsAsync(string text)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(10) && !Log.Contains(text, StringComparison.Ordinal);)
        {
            await Task.Delay(10);
        }

        Assert.Contains(text, Log, StringComparison.Ordinal);
    }

    public async Task<(int Status, string Body)> PostAsync(string route, string json, string accept = "*/*")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(route, UriKind.Relative)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd(accept);
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Dispose()
    {
        Http.Dispose();
        _process.Dispose();
    }
}
