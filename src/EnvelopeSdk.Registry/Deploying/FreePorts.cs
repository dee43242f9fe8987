using System.Net;
using System.Net.Sockets;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>Ports of the loopback address at which nothing listens now.</summary>
internal static class FreePorts
{
    public static IReadOnlyList<int> Find(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(one => one.Start());
            return [.. listeners.Select(one => ((IPEndPoint)one.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(one => one.Dispose());
        }
    }
}
