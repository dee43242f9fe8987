using System.Security.Cryptography;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>
/// Content that comes in, in a file of this machine until its digest is known. Nothing of it is left when the process
/// dies.
/// </summary>
internal sealed class Spool : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public Spool()
    {
        var path = Path.Combine(Path.GetTempPath(), $"envelope-{Guid.NewGuid():N}");
        _file = new(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, BufferSize, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path); // what is in it stays as long as it is open, and no longer
        }
    }

    public long Length => _file.Length;

    /// <summary>The digest of what was written.</summary>
    public Digest Digest => Digest.FromHash(_hash.GetCurrentHash());

    /// <summary>Writes behind what was written. What came before a failure stays.</summary>
    /// <exception cref="EnvelopeException">There is no space for it.</exception>
    public async Task WriteAsync(Func<Stream, ValueTask> write)
    {
        await using var hashing = new HashingStream(_file, _hash);
        await write(hashing);
    }

    /// <summary>What was written, at its start. It is the spool's.</summary>
    public Stream Read()
    {
        _file.Flush();
        _file.Position = 0;
        return _file;
    }

    public void Dispose()
    {
        _hash.Dispose();
        _file.Dispose();
    }
}
