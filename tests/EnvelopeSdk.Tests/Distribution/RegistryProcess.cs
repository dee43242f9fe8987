using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>Debian's <c>docker-registry</c>, on a port of its own, with a password or without.</summary>
internal sealed class RegistryProcess : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private Process? _process;

    public string Host { get; } = $"127.0.0.1:{Ports.Free()}";

    public string Log => _directory.At("log");

    public static async Task<RegistryProcess> StartAsync(string? user = null, string? password = null)
    {
        var registry = new RegistryProcess();
        var access = "";
        if (user is not null)
        {
            var file = registry._directory.At("htpasswd");
            await File.WriteAllBytesAsync(file, await Programs.RunAsync("htpasswd", "-Bbn", user, password!));
            access = $"auth:\n  htpasswd:\n    realm: test\n    path: '{file}'";
        }

        var configuration = registry._directory.At("config.yml");
        await File.WriteAllTextAsync(
            configuration,
            $"""
              version: 0.1
              storage:
                filesystem:
                  rootdirectory: '{registry._directory.At("data")}'
              http:
                addr: '{registry.Host}'
              {access}

              """);
        await registry.StartAsync(configuration);
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _directory.Dispose();
    }

    /// <summary>How many requests of a method it has answered.</summary>
    public async Task<int> CountAsync(string method)
    {
        await using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        var lines = (await reader.ReadToEndAsync()).Split('\n');
        return lines.Count(line => line.Contains($"\"{method} /v2/", StringComparison.Ordinal));
    }

    private async Task StartAsync(string configuration)
    {
        _process = Process.Start(new ProcessStartInfo(
            "sh", ["-c", "exec docker-registry serve \"$0\" > \"$1\" 2>&1", configuration, Log]))!;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPEndPoint.Parse(Host));
                return;
            }
            catch (SocketException) when (attempt < 300)
            {
                await Task.Delay(50);
            }
        }
    }
}
