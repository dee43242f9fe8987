using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>Debian's <c>docker-registry</c>, on a port of its own, with or without passwords and encryption.</summary>
internal sealed class RegistryProcess : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private Process? _process;

    public string Host { get; private init; } = "";

    public string Log => _directory.At("log");

    public static async Task<RegistryProcess> StartAsync(
        string? user = null, string? password = null, string address = "127.0.0.1")
    {
        var registry = new RegistryProcess { Host = $"{address}:{Ports.Free()}" };
        var access = "";
        if (user is not null)
        {
            var file = registry._directory.At("htpasswd");
            await File.WriteAllBytesAsync(file, await Programs.RunAsync("htpasswd", "-Bbn", user, password!));
            access = $"auth:\n  htpasswd:\n    realm: test\n    path: '{file}'";
        }

        await registry.StartAsync("", access);
        return registry;
    }

    /// <summary>
    /// With a certificate, under an address that is of this machine and that nothing is sent to without encryption.
    /// </summary>
    public static async Task<RegistryProcess> StartEncryptedAsync(TestAuthority authority, string certifiedAddress)
    {
        var registry = new RegistryProcess { Host = $"127.0.0.2:{Ports.Free()}" };
        var (certificate, key) = (registry._directory.At("server.crt"), registry._directory.At("server.key"));
        authority.Certify(IPAddress.Parse(certifiedAddress), certificate, key);
        await registry.StartAsync($"tls:\n    certificate: '{certificate}'\n    key: '{key}'", "");
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

    private async Task StartAsync(string encryption, string access)
    {
        var configuration = _directory.At("config.yml");
        await File.WriteAllTextAsync(
            configuration,
            $"""
              version: 0.1
              storage:
                filesystem:
                  rootdirectory: '{_directory.At("data")}'
              http:
                addr: '{Host}'
                {encryption}
              {access}

              """);
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
