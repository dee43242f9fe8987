using System.Net;
using System.Net.Sockets;

namespace EnvelopeSdk.Tests.Support;

internal static class Ports
{
    /// <summary>A port of this machine that nobody listens on.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
