using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace EnvelopeSdk.Tool.Tests;

/// <summary>What the command did.</summary>
internal sealed record Ran(int Code, string Output, string Error)
{
    /// <summary>The one JSON value that was printed.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;
}

/// <summary>The command, as a process of its own, on a store of its own.</summary>
internal sealed class ToolRun : IDisposable
{
    public const string Name = "golden-linear";

    private readonly EnvelopeSdk.Tests.Support.TempDirectory _directory = new();

    public static string Golden { get; } = Path.Combine(AppContext.BaseDirectory, "Golden", Name + ".envelope");

    private static string Command { get; } = Path.Combine(AppContext.BaseDirectory, "envelope.dll");

    public string Store => At("store");

    /// <summary>The store that the command is told of: a directory, or a registry.</summary>
    public string Home { get; set; } = "";

    /// <summary>The key that the command sends to a registry; empty: what it finds.</summary>
    public string Key { get; set; } = "";

    public string At(string name) => _directory.At(name);

    /// <summary>With one envelope in its store.</summary>
    public static async Task<ToolRun> WithEnvelopeAsync()
    {
        var tool = new ToolRun();
        await EnvelopeSdk.Packing.EnvelopeArchive.ImportAsync(Golden, EnvelopeStore.Open(tool.Store));
        return tool;
    }

    /// <summary>Runs the command, and sends it a line.</summary>
    public async Task<Ran> SendAsync(string line, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteLineAsync(line);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await error);
    }

    public Task<Ran> RunAsync(params string[] arguments) => RunAsync("dotnet", [Command, .. arguments]);

    /// <summary>Lets a shell run lines, in which <c>envelope</c> is the command.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public Task<Ran> ShellAsync(string shell, params string[] arguments)
    {
        Directory.CreateDirectory(At("bin"));
        File.WriteAllText(At("bin/envelope"), $"#!/bin/sh\nexec dotnet '{Command}' \"$@\"\n");
        File.SetUnixFileMode(At("bin/envelope"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return RunAsync(shell, arguments);
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Starts the command, which goes on until it is told to end.</summary>
    public Process Start(params string[] arguments) => Start("dotnet", [Command, .. arguments]);

    /// <summary>The first address that a server prints when it listens.</summary>
    public static async Task<Uri> AddressAsync(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.TrimStart().StartsWith("http", StringComparison.Ordinal))
            {
                return new(line.Trim());
            }
        }

        throw new InvalidOperationException(await server.StandardError.ReadToEndAsync());
    }

    /// <summary>Ends a server as a service manager does.</summary>
    public static async Task EndAsync(Process server)
    {
        using var kill = Process.Start("kill", ["-TERM", server.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await server.WaitForExitAsync();
    }

    private async Task<Ran> RunAsync(string program, string[] arguments)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    private Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = _directory.FullPath,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
        Environment =
        {
            ["ENVELOPE_HOME"] = Home.Length > 0 ? Home : Store,
            ["ENVELOPE_KEY"] = Key,
            ["HOME"] = _directory.FullPath,
            ["XDG_CONFIG_HOME"] = At("settings"),
            ["PATH"] = $"{At("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
        },
    })!;
}
