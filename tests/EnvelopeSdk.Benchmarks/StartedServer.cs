using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EnvelopeSdk.Benchmarks;

/// <summary>A kind of registry that can be started again and again, each time with nothing in it.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="StartAsync">Starts one that keeps what it has in a directory.</param>
internal sealed record RegistryKind(string Name, Func<string, Task<StartedServer>> StartAsync);

/// <summary>A server in a process of its own, which ends with this.</summary>
/// <param name="process">The process.</param>
/// <param name="host">Where it listens: <c>127.0.0.1:5480</c>.</param>
/// <param name="key">What lets in; null: everybody is.</param>
/// <param name="beside">What ends after it.</param>
internal sealed class StartedServer(
    Process process, string host, string? key = null, params IReadOnlyList<IDisposable> beside) : IDisposable
{
    public int ProcessId => process.Id;

    /// <summary>How many bytes of memory it had when it had just begun to listen.</summary>
    public long FirstMemory { get; } = Taking.Resident(process.Id);

    /// <summary>How long processors have worked for it, and for what it has started and still runs.</summary>
    public TimeSpan ProcessorTime => Taking.Processor(process.Id);

    public string Host => host;

    public string? Key => key;

    /// <summary>Starts this program once more. The first line that it writes is where it listens, and the key.</summary>
    /// <param name="arguments">What it is to be.</param>
    /// <param name="beside">What ends after it.</param>
    public static async Task<StartedServer> StartSelfAsync(
        IEnumerable<string> arguments, params IReadOnlyList<IDisposable> beside)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(StartedServer).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        return (await process.StandardOutput.ReadLineAsync())?.Split(' ') switch
        {
            [var host] => new(process, host, null, beside),
            [var host, var key] => new(process, host, key, beside),
            _ => throw new InvalidOperationException($"'{string.Join(' ', arguments)}' did not start."),
        };
    }

    /// <summary>An address of this machine where nobody listens.</summary>
    public static string FreeHost()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }

    /// <summary>Waits until somebody listens.</summary>
    public static async Task WaitAsync(string host)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPEndPoint.Parse(host));
                return;
            }
            catch (SocketException) when (attempt < 400)
            {
                await Task.Delay(50);
            }
        }
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        foreach (var one in beside)
        {
            one.Dispose();
        }
    }
}
