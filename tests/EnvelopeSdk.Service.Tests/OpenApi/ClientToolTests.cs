using System.Diagnostics;
using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>The documents in the hands of tools that check them and make clients of them; each tool is started once for all.</summary>
public sealed class ClientToolTests : IAsyncLifetime
{
    private readonly string _directory = TestDirectory.Create();

    public async Task InitializeAsync()
    {
        if (ToolFactAttribute.Modules is { } modules)
        {
            // Scripts, types and configurations find what they import above where they lie.
            Directory.CreateSymbolicLink(Path.Combine(_directory, "node_modules"), Path.GetFullPath(modules));
            await ClientDocuments.WriteAsync(_directory);
        }
    }

    [ToolFact]
    public Task Redocly_finds_no_error() => RunAsync("@redocly/cli/bin/cli.js", ["lint", "--extends=minimal", .. Documents]);

    [ToolFact]
    public async Task Spectral_finds_no_error()
    {
        await WriteAsync("rules.yaml", "extends: ['spectral:oas']");

        await RunAsync("@stoplight/spectral-cli/dist/index.js", ["lint", "--ruleset", "rules.yaml", "--fail-severity", "error", .. Documents]);
    }

    [ToolFact]
    public Task Swagger_parser_finds_no_error() => RunScriptAsync("swagger-parser.mjs");

    [ToolFact]
    public async Task TypeScript_has_types_that_compile()
    {
        await WriteAsync("redocly.yaml", "apis:" + string.Concat(Documents.Select(document => $"\n  {document}: {{ root: ./{document}, x-openapi-ts: {{ output: ./{document}.d.ts }} }}")));

        await RunAsync("openapi-typescript/bin/cli.js", ["--redocly", "redocly.yaml"]);
        await CompileAsync([.. Documents.Select(document => document + ".d.ts")]);
    }

    [ToolFact]
    public async Task TypeScript_has_clients_that_compile()
    {
        await RunScriptAsync("oazapfts.mjs");
        await CompileAsync([.. Documents.Select(document => document + ".ts")]);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static IReadOnlyList<string> Documents { get; } = [.. ClientDocuments.Names.Select(name => name + ".json")];

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_directory, name), text);

    private Task CompileAsync(string[] files) =>
        RunAsync("typescript/bin/tsc", ["--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2022,dom,dom.iterable", .. files]);

    private async Task RunScriptAsync(string name)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "OpenApi", "Tools", name), Path.Combine(_directory, name));
        await RunAsync(Path.Combine("..", name), [.. Documents]);
    }

    private async Task RunAsync(string script, string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine("node_modules", script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _directory };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + errors);
    }
}
