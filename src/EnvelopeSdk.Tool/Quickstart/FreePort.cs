using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>A port of the loopback address that nobody listens on.</summary>
internal static class FreePort
{
    /// <returns>Its address, such as <c>http://127.0.0.1:40123</c>.</returns>
    public static string Address()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"http://{listener.LocalEndpoint}");
    }
}
