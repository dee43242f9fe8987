using System.Security.Cryptography;
using EnvelopeSdk.Envelopes;
using Microsoft.Win32.SafeHandles;

namespace EnvelopeSdk.Packing;

/// <summary>
/// Copies of files that take no room of their own until one of the two is changed, where the file system can do that
/// (a clone, or reflink); other file systems copy the bytes. Not a hard link: who changed one file would change both.
/// </summary>
internal static class ClonedFile
{
    private const int PieceLength = 1 << 20;

    /// <summary>Copies a file. What is hashed is the copy, which nobody else changes.</summary>
    /// <param name="source">The file.</param>
    /// <param name="target">The copy; a file that is there is replaced.</param>
    /// <param name="isDurable">Whether to wait until the copy is on the disk.</param>
    /// <param name="cancellationToken">Stops the hashing.</param>
    /// <returns>The digest and size of the copy.</returns>
    public static Task<(Digest Digest, long Size)> CopyAsync(
        string source, string target, bool isDurable, CancellationToken cancellationToken) => Task.Run(
            async () =>
            {
                CopyAsNew(source, target);
                using var file = File.OpenHandle(target, FileMode.Open, FileAccess.ReadWrite);
                var flushing = isDurable ? Task.Run(() => RandomAccess.FlushToDisk(file)) : Task.CompletedTask;
                try
                {
                    return Hash(file, cancellationToken);
                }
                finally
                {
                    await flushing;
                }
            },
            cancellationToken);

    /// <summary>
    /// A copy would have the time and the rights of its source, and builds compare times; so it gets those of a new
    /// file.
    /// </summary>
    private static void CopyAsNew(string source, string target)
    {
        File.Delete(target); // not written over: it could be a hard link
        File.Create(target).Dispose();
        if (OperatingSystem.IsWindows())
        {
            File.Copy(source, target, overwrite: true);
            File.SetAttributes(target, FileAttributes.Normal);
        }
        else
        {
            var rights = File.GetUnixFileMode(target);
            File.Copy(source, target, overwrite: true);
            File.SetUnixFileMode(target, rights);
        }

        File.SetLastWriteTimeUtc(target, DateTime.UtcNow);
    }

    private static (Digest Digest, long Size) Hash(
        SafeFileHandle file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PieceLength];
        long size = 0;
        for (int read; (read = RandomAccess.Read(file, buffer, size)) > 0; size += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return (Digest.FromHash(hash.GetHashAndReset()), size);
    }
}
