using System.Diagnostics;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// Keeps other processes out of a store for a moment. The operating system frees it when the holder dies.
/// </summary>
internal static class StoreLock
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for the lock.</summary>
    /// <returns>Frees it when disposed.</returns>
    /// <exception cref="EnvelopeException">Another process holds it for too long.</exception>
    public static async Task<IDisposable> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            if (TryAcquire(path) is { } held)
            {
                return held;
            }

            if (waiting.Elapsed > Timeout)
            {
                throw new EnvelopeException(
                    EnvelopeError.Unavailable,
                    $"Another process has held '{path}' for {Timeout.TotalSeconds:0} seconds. Wait for it to end, or "
                    + "stop it.");
            }

            await Task.Delay(RetryDelay, cancellationToken);
        }
    }

    /// <summary>Takes the lock if it is free.</summary>
    public static FileStream? TryAcquire(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
    }

    // EAGAIN on Linux and on macOS, a sharing or lock violation on Windows. Any other failure does not pass by waiting.
    private static bool IsHeld(IOException exception) => (exception.HResult & 0xFFFF) is 11 or 35 or 32 or 33;
}
