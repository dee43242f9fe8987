using System.Runtime.InteropServices;
using System.Text;

namespace EnvelopeSdk.Packing;

/// <summary>
/// Writes files that are whole or not there, whenever the process stops, and that are still there when the power fails
/// after it. For that the directory that names a file has to be on the disk as well (fsync(2)).
/// </summary>
internal static class DurableFile
{
    /// <summary>Writes a file and waits until its content is on the disk.</summary>
    public static async ValueTask WriteAsync(
        string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        await file.WriteAsync(bytes, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Puts a file in the place of another in one step: a reader sees the old or the new one.</summary>
    public static async ValueTask ReplaceAsync(
        string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var partial = $"{path}.{Guid.NewGuid():N}.partial"; // its own, whoever else replaces the file
        try
        {
            await WriteAsync(partial, bytes, cancellationToken);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }

        SyncDirectoryOf(path);
    }

    /// <summary>Waits until the names in the directory of a file are on the disk.</summary>
    public static void SyncDirectoryOf(string path) => SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>
    /// Waits until the names in a directory are on the disk. Windows writes them with the files, and some file systems
    /// of networks cannot: then nothing can be done about it.
    /// </summary>
    public static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var directory = Open(Encoding.UTF8.GetBytes(path + '\0'), 0); // O_RDONLY
        if (directory >= 0)
        {
            _ = Sync(directory);
            _ = Close(directory);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int file);
}
