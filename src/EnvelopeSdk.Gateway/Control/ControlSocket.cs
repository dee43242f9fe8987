using System.Net.Sockets;

namespace EnvelopeSdk.Gateway.Control;

/// <summary>
/// The socket over which a gateway is told its routes: a file that its user alone may open, as no port of the machine is.
/// </summary>
internal static class ControlSocket
{
    /// <summary>How long the path of a socket may be: 108 bytes on Linux, 104 on macOS, with a zero at the end.</summary>
    private const int Longest = 103;

    /// <exception cref="EnvelopeException">The directory is too deep for a socket.</exception>
    public static string PathOf(string directory)
    {
        var path = Path.Combine(Path.GetFullPath(directory), "gateway.sock");
        return System.Text.Encoding.UTF8.GetByteCount(path) <= Longest ? path : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{path}' is too long for a socket: it may have {Longest} bytes. Give the gateway a directory of a shorter "
            + "path.");
    }

    /// <summary>Takes the place of a gateway that has ended.</summary>
    /// <exception cref="EnvelopeException">One runs there.</exception>
    public static async Task TakeAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            (await ConnectAsync(path, cancellationToken)).Dispose();
        }
        catch (SocketException)
        {
            File.Delete(path); // nobody listens: it is what one left that was killed
            return;
        }

        throw new EnvelopeException(
            EnvelopeError.Unavailable,
            $"A gateway runs in '{Path.GetDirectoryName(path)}' already. End it, or give this one another directory.");
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
