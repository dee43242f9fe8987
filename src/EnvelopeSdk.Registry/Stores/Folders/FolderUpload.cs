using System.Security.Cryptography;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Distribution;

namespace EnvelopeSdk.Registry.Stores.Folders;

/// <summary>An upload in a file of the store's directory.</summary>
internal sealed class FolderUpload(Guid id, string path, UploadTurns turns, FolderUploads all) : IUpload
{
    private const int BufferSize = 1 << 20;

    private IncrementalHash? _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _hashed;

    public Guid Id => id;

    public string FilePath => path;

    public Task<long> LengthAsync(CancellationToken cancellationToken) => Task.FromResult(
        new FileInfo(path) is { Exists: true } file ? file.Length : throw Refusals.UploadUnknown(id.ToString("N")));

    public async Task<IUploadWriter> TakeOverAsync(CancellationToken cancellationToken)
    {
        var (turn, stopped) = await turns.TakeOverAsync(cancellationToken);
        return new Writer(this, turn, stopped);
    }

    public Task SettleAsync(CancellationToken cancellationToken) => turns.SettleAsync(cancellationToken);

    private async Task AppendAsync(long start, Stream body, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (file.Length != start)
        {
            throw UploadTurns.TakenOver();
        }

        var hash = _hash is not null && _hashed == file.Length ? _hash : null;
        file.Position = file.Length;

        // What came before a connection broke stays: the client asks for it, and sends the rest. What of it was hashed
        // nobody knows then.
        _hash = null;
        await using (var flushing = new FlushingStream(file))
        await using (var hashing = hash is null ? null : new HashingStream(flushing, hash))
        {
            await body.CopyToAsync((Stream?)hashing ?? flushing, BufferSize, cancellationToken);
        }

        (_hash, _hashed) = (hash, file.Position);
        turns.Use();
    }

    private async Task<Digest> DigestAsync(CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        return _hash is not null && _hashed == file.Length
            ? Digest.FromHash(_hash.GetCurrentHash())
            : await Digest.OfAsync(file, cancellationToken);
    }

    private void Remove() => all.Remove(this);

    private async Task CompleteAsync(string repository, Digest digest, CancellationToken cancellationToken)
    {
        using (await all.Repositories.LockAsync(cancellationToken))
        {
            all.Repositories.Open(repository).LinkBlob(digest); // first: gc keeps what has a link
            all.Repositories.Blobs.Take(path, digest);
        }
    }

    private sealed class Writer(FolderUpload upload, IDisposable turn, CancellationToken cancellation) : IUploadWriter
    {
        public Task AppendAsync(long start, Stream body) =>
            UploadTurns.RunAsync(() => upload.AppendAsync(start, body, cancellation));

        public async Task<Digest> DigestAsync()
        {
            var digest = default(Digest);
            await UploadTurns.RunAsync(async () => digest = await upload.DigestAsync(cancellation));
            return digest;
        }

        public Task CompleteAsync(string repository, Digest digest) =>
            UploadTurns.RunAsync(() => upload.CompleteAsync(repository, digest, cancellation));

        public Task EndAsync()
        {
            upload.Remove();
            return Task.CompletedTask;
        }

        public void Dispose() => turn.Dispose();
    }
}
