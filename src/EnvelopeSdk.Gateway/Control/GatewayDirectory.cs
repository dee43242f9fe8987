using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Gateway.Control;

/// <summary>
/// The directory of a gateway, which one gateway has at a time, and its user alone may enter. (On Windows, who may
/// enter the directory above it.)
/// </summary>
internal sealed class GatewayDirectory : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private GatewayDirectory(FileStream file, string socket) => (_lock, Socket) = (file, socket);

    /// <summary>The path of its socket, at which nothing is.</summary>
    public string Socket { get; }

    /// <summary>Takes a directory until it is disposed of, or the process ends.</summary>
    /// <exception cref="EnvelopeException">
    /// A gateway has it, others than the user may enter it, or it cannot be written.
    /// </exception>
    public static GatewayDirectory Take(string directory)
    {
        var socket = ControlSocket.PathOf(directory);
        try
        {
            EnsurePrivate(directory);
            var file = Lock(Path.Combine(directory, "lock"), directory);
            File.Delete(socket); // of a gateway that was killed: this one alone is here
            return new(file, socket);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The directory '{directory}' cannot be used by a gateway: {failure.Message} Give it one of its own.",
                failure);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void EnsurePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory, Own);
        }
        else if ((File.GetUnixFileMode(directory) & ~Own) != 0)
        {
            throw new EnvelopeException(
                EnvelopeError.Untrusted,
                $"Others may enter the directory '{directory}', where a gateway is told its routes. Give the gateway "
                + "one of its own, or let nobody else in: chmod 700.");
        }
    }

    private static FileStream Lock(string path, string directory)
    {
        try
        {
            return new(path, PrivateFile.Options(FileMode.OpenOrCreate));
        }
        catch (IOException)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"A gateway runs in '{directory}' already. End it, or give this one another directory.");
        }
    }
}
