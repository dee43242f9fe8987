using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EnvelopeSdk.Registry.Deploying.Routing;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>
/// Ports of the loopback address at which nothing listens, and to which the gateway leads nobody: a request for one
/// model must not come to another that has taken the port of a process which ended. (That no two processes have one, the
/// database holds.)
/// </summary>
internal sealed class FreePorts(RouteTeller teller)
{
    public IReadOnlyList<int> Find(int count)
    {
        var told = teller.Told?.SelectMany(route => route.Versions).SelectMany(version => version.Replicas).ToHashSet();
        var listeners = new List<TcpListener>();
        try
        {
            var found = new List<int>();
            while (found.Count < count)
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listeners.Add(listener);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;
                if (told?.Contains(AddressOf(port)) != true)
                {
                    found.Add(port);
                }
            }

            return found;
        }
        finally
        {
            listeners.ForEach(one => one.Dispose());
        }
    }

    /// <summary>How a process at a port is called.</summary>
    public static string AddressOf(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
