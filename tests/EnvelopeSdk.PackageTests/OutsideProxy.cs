using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EnvelopeSdk.PackageTests;

/// <summary>An HTTP proxy as companies run them: it tunnels to the outside and cannot reach the machine that asks it.</summary>
internal sealed class OutsideProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    public OutsideProxy()
    {
        _listener.Start();
        Address = $"http://{_listener.LocalEndpoint}";
        _ = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>The first lines of the requests for this machine's own servers, which are answered 502.</summary>
    public ConcurrentQueue<string> Refused { get; } = new();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            using var asked = client;
            var stream = asked.GetStream();
            var request = (await ReadHeadAsync(stream)).Split(' ', '\r');
            var isTunnel = request[0] == "CONNECT";
            var isForThisMachine = !Uri.TryCreate(isTunnel ? "http://" + request[1] : request[1], UriKind.Absolute, out var target) || target.IsLoopback;
            if (isForThisMachine)
            {
                Refused.Enqueue(string.Join(' ', request.Take(2)));
            }

            // What is asked for in plain text, as lists of revoked certificates are, can be had elsewhere or done without.
            if (isForThisMachine || !isTunnel)
            {
                await stream.WriteAsync("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _stop.Token);
                return;
            }

            var colon = request[1].LastIndexOf(':');
            await server.ConnectAsync(request[1][..colon], int.Parse(request[1][(colon + 1)..], CultureInfo.InvariantCulture), _stop.Token);
            await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
            await Task.WhenAny(stream.CopyToAsync(server.GetStream(), _stop.Token), server.GetStream().CopyToAsync(stream, _stop.Token));
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            // the client sees its connection closed, as it would with any proxy
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1]; // byte by byte: what follows the head belongs to the tunnel
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
