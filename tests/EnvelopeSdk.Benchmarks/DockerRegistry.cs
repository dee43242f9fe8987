using System.Diagnostics;

namespace EnvelopeSdk.Benchmarks;

/// <summary>A <c>docker-registry</c> with nothing in it.</summary>
internal static class DockerRegistry
{
    public static RegistryKind Kind { get; } = new("docker-registry", StartAsync);

    private static async Task<StartedServer> StartAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        var host = StartedServer.FreeHost();
        var configuration = Path.Combine(directory, "config.yml");
        await File.WriteAllTextAsync(
            configuration,
            $"version: 0.1\nlog:\n  accesslog:\n    disabled: true\nstorage:\n  filesystem:\n"
            + $"    rootdirectory: '{directory}'\nhttp:\n  addr: '{host}'\n");
        var process = Process.Start(new ProcessStartInfo(
            "sh", ["-c", "exec docker-registry serve \"$0\" 2> /dev/null", configuration]))!;
        await StartedServer.WaitAsync(host);
        return new(process, host);
    }
}
