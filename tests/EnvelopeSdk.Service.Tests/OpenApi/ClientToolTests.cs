using System.Diagnostics;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>The documents in the hands of tools that check them and make clients of them.</summary>
public sealed class ClientToolTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("documents-");

    public async Task InitializeAsync()
    {
        var (doubler, splitter) = (new Doubler(2), new Splitter(1));
        await WriteAsync("doubler", await PublishedDocument.TextAsync(doubler, new EnvelopeInfo { Examples = [doubler.PredictExample(21), await doubler.EnumerateExampleAsync(3)] }));
        await WriteAsync("splitter", await PublishedDocument.TextAsync(splitter, new EnvelopeInfo { Examples = [splitter.PartsExample(Splitter.Odd)] }));
        await WriteAsync("named", await PublishedDocument.TextAsync(new NamedModel(1)));
        await WriteAsync("scales", await PublishedDocument.TextAsync(new Scales(1)));
        await WriteAsync("orders", await PublishedDocument.TextAsync(new Model.Orders(1)));
    }

    [ToolFact("redocly")]
    public Task Redocly_finds_no_error() => RunAsync("redocly", ["lint", "--extends=minimal", .. Documents]);

    [ToolFact("spectral")]
    public async Task Spectral_finds_no_error()
    {
        var rules = Path.Combine(_directory.FullName, "rules.yaml");
        await File.WriteAllTextAsync(rules, "extends: ['spectral:oas']\n");

        await RunAsync("spectral", ["lint", "--ruleset", rules, "--fail-severity", "error", .. Documents]);
    }

    [ToolFact("openapi-typescript")]
    public Task TypeScript_has_types_for_a_document() => ForEachAsync(document => RunAsync("openapi-typescript", [document, "-o", document + ".d.ts"]));

    [ToolFact("oazapfts")]
    public Task TypeScript_has_a_client_for_a_document() => ForEachAsync(document => RunAsync("oazapfts", [document, document + ".ts"]));

    public Task DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private string[] Documents => Directory.GetFiles(_directory.FullName, "*.json");

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_directory.FullName, name + ".json"), text);

    private Task ForEachAsync(Func<string, Task> act) => Task.WhenAll(Documents.Select(act));

    private async Task RunAsync(string tool, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _directory.FullName })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + errors);
    }
}

/// <summary>A test that is skipped when a tool is not on the path.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string tool)
    {
        Tool = tool;
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Skip = paths.Any(path => File.Exists(Path.Combine(path, tool)))
            ? null
            : $"{tool} is not installed: npm install -g @redocly/cli @stoplight/spectral-cli openapi-typescript typescript@5 oazapfts";
    }

    public string Tool { get; }
}
