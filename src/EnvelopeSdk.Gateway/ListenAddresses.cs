using System.Net;
using System.Net.Sockets;

namespace EnvelopeSdk.Gateway;

/// <summary>Where a server may listen.</summary>
internal static class ListenAddresses
{
    public static IReadOnlyList<string> Split(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <exception cref="EnvelopeException">One is no address, or there is none.</exception>
    public static void Check(string urls)
    {
        foreach (var url in Split(urls).DefaultIfEmpty(urls))
        {
            if (Parse(url) is not { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" })
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid, $"'{url}' is no address to listen on. Write http://127.0.0.1:PORT.");
            }
        }
    }

    /// <summary>An address to listen on, where all addresses of the machine are written as a star or a plus.</summary>
    public static Uri? Parse(string url) =>
        Uri.TryCreate(
            url.Replace("://*", "://0.0.0.0").Replace("://+", "://0.0.0.0"), UriKind.Absolute, out var address)
            ? address
            : null;

    /// <summary>Why one of some addresses cannot be listened on now; null: each can, as far as one can tell.</summary>
    public static string? WhyNot(string urls)
    {
        foreach (var address in Split(urls).Select(Parse).OfType<Uri>())
        {
            foreach (var host in HostsOf(address))
            {
                try
                {
                    using var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                    if (host.Equals(IPAddress.IPv6Any))
                    {
                        socket.DualMode = true;
                    }

                    socket.Bind(new IPEndPoint(host, address.Port)); // and nobody who calls just now is let in
                }
                catch (SocketException failure) when (host.Equals(IPAddress.IPv6Loopback)
                    && failure.SocketErrorCode == SocketError.AddressNotAvailable)
                {
                    // Where it is switched off, a server listens on the other one alone.
                }
                catch (SocketException failure)
                {
                    return $"{address.GetLeftPart(UriPartial.Authority)}: {failure.Message}";
                }
            }
        }

        return null;
    }

    /// <summary>What a server binds for an address: a name stands for all of the machine's own.</summary>
    private static IReadOnlyList<IPAddress> HostsOf(Uri address)
    {
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var known) && !known.Equals(IPAddress.Any))
        {
            return [known];
        }

        return (address.IsLoopback, Socket.OSSupportsIPv6) switch
        {
            (true, true) => [IPAddress.Loopback, IPAddress.IPv6Loopback],
            (true, false) => [IPAddress.Loopback],
            (false, true) when known is null => [IPAddress.IPv6Any],
            _ => [IPAddress.Any],
        };
    }

    /// <summary>Whether a failure of a start is that it cannot listen: not as what else fails then.</summary>
    public static bool IsNotListening(Exception failure) => failure is IOException or SocketException
        or InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" };

    public static EnvelopeException NotListening(string who, string urls, Exception failure) => new(
        EnvelopeError.Unavailable,
        $"The {who} cannot listen on {urls}: "
        + (failure is InvalidOperationException && urls.Contains("https:", StringComparison.OrdinalIgnoreCase)
            ? "an https address needs a certificate. Give one with --certificate FILE.pem --certificate-key FILE.pem."
            : $"{failure.Message} Give another address, or end what listens there."),
        failure);
}
