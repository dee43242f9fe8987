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
    /// <returns>The addresses, such as <c>http://127.0.0.1:40123</c>.</returns>
    public IReadOnlyList<string> Find(int count)
    {
        var told = teller.Told?.SelectMany(route => route.Versions).SelectMany(version => version.Replicas).ToHashSet();
        var listeners = new List<TcpListener>();
        try
        {
            var found = new List<string>();
            while (found.Count < count)
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listeners.Add(listener);
                listener.Start();
                var address = string.Create(CultureInfo.InvariantCulture, $"http://{listener.LocalEndpoint}");
                if (told?.Contains(address) != true)
                {
                    found.Add(address);
                }
            }

            return found;
        }
        finally
        {
            listeners.ForEach(one => one.Dispose());
        }
    }
}
