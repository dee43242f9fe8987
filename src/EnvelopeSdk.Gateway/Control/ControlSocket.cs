using System.Net.Sockets;
using System.Text;

namespace EnvelopeSdk.Gateway.Control;

/// <summary>The socket over which a gateway is told its routes: a file, as no port of the machine is.</summary>
internal static class ControlSocket
{
    /// <summary>
    /// How long the path of a socket may be: 108 bytes on Linux, 104 on macOS, with a zero at the end.
    /// </summary>
    private const int Longest = 103;

    /// <exception cref="EnvelopeException">The directory is too deep for a socket.</exception>
    public static string PathOf(string directory)
    {
        var path = Path.Combine(Path.GetFullPath(directory), "gateway.sock");
        return Encoding.UTF8.GetByteCount(path) <= Longest ? path : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{path}' is too long for a socket: it may have {Longest} bytes. Give the gateway a directory of a "
            + "shorter path.");
    }

    public static async Task<Socket> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
