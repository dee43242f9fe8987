using System.Net;
using System.Net.Sockets;

namespace EnvelopeSdk.Tests.Support;

/// <summary>
/// Ports for servers that cannot choose one themselves. They lie below those that systems give to whoever asks for any
/// (from 32,768 on Linux, from 49,152 elsewhere), so that no connection of other tests takes one between being found
/// and being listened at; and each process of tests has some of its own.
/// </summary>
internal static class Ports
{
    private const int First = 10_000, OfOneProcess = 200, Processes = 110;

    private static int _given;

    /// <summary>A port of this machine that nobody listens on, another at each call.</summary>
    public static int Free()
    {
        for (var tries = 0; tries < OfOneProcess; tries++)
        {
            var next = (Interlocked.Increment(ref _given) - 1) % OfOneProcess;
            var port = First + (Environment.ProcessId % Processes * OfOneProcess) + next;
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"Something listens on all {OfOneProcess} ports of these tests.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
