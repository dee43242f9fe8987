using System.Globalization;
using System.Net.Sockets;
using System.Text;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>Requests that no client of .NET would send.</summary>
internal static class RawHttp
{
    /// <summary>Headers that a request needs to be let in.</summary>
    public static string Known => $"Host: localhost\r\nAuthorization: Bearer {ServedStore.KnownToken}\r\n";

    /// <param name="address">The server.</param>
    /// <param name="start">Method and path.</param>
    public static async Task<int> StatusAsync(string address, string start)
    {
        using var client = await SendAsync(address, $"{start} HTTP/1.1\r\n{Known}Connection: close\r\n\r\n");
        using var reader = new StreamReader(client.GetStream());
        var line = await reader.ReadLineAsync();
        return int.Parse(line!.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>The status and the headers of the answer.</summary>
    public static async Task<IReadOnlyList<string>> HeadAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream());
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    public static async Task<TcpClient> SendAsync(string address, string text)
    {
        var server = new Uri(address);
        var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        return client;
    }
}
