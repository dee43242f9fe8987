using System.Net;
using System.Net.Sockets;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>
/// Stands between a client and a server, and breaks connections after random numbers of bytes: as many as it is told to,
/// so that whatever their number costs, the end is reached.
/// </summary>
internal sealed class BrokenWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly Random _random;
    private readonly int _most;
    private int _breaks;
    private int _toBreak;

    public BrokenWire(string server, int seed, int most, int connections)
    {
        _toBreak = connections;
        (_server, _random, _most) = (IPEndPoint.Parse(server), new Random(seed), most);
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Breaks => _breaks;

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return default;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        int budget;
        lock (_random)
        {
            budget = _toBreak-- > 0 ? _random.Next(1, _most) : int.MaxValue;
        }

        try
        {
            using var server = new TcpClient();
            using (client)
            {
                await server.ConnectAsync(_server);
                var left = new Budget { Left = budget };
                await Task.WhenAny(
                    CopyAsync(client.GetStream(), server.GetStream(), left),
                    CopyAsync(server.GetStream(), client.GetStream(), left));
                client.LingerState = new LingerOption(true, 0); // a reset, not an orderly end
            }
        }
        catch (Exception broken) when (broken is SocketException or IOException)
        {
            // The other side was faster.
        }
    }

    private async Task CopyAsync(Stream from, Stream to, Budget budget)
    {
        var buffer = new byte[1000];
        int read;
        while ((read = await from.ReadAsync(buffer)) > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read));
            if (Interlocked.Add(ref budget.Left, -read) <= 0)
            {
                Interlocked.Increment(ref _breaks);
                return;
            }
        }
    }

    private sealed class Budget
    {
        public int Left;
    }
}
