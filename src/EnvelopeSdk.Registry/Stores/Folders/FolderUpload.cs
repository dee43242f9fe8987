using System.Diagnostics;
using System.Security.Cryptography;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Distribution;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Stores.Folders;

/// <summary>An upload in a file of the store's directory.</summary>
internal sealed class FolderUpload(Guid id, string path, FolderUploads all) : IUpload
{
    private const int BufferSize = 1 << 20;

    private readonly Lock _lock = new();
    private readonly Turns _turns = new();
    private CancellationTokenSource? _writer;
    private IncrementalHash? _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _hashed;
    private long _used = Stopwatch.GetTimestamp();

    public Guid Id => id;

    public string FilePath => path;

    public TimeSpan IdleFor => Stopwatch.GetElapsedTime(_used);

    public Task<long> LengthAsync(CancellationToken cancellationToken) => Task.FromResult(
        new FileInfo(path) is { Exists: true } file ? file.Length : throw Refusals.UploadUnknown(id.ToString("N")));

    public async Task<IUploadWriter> TakeOverAsync(CancellationToken cancellationToken)
    {
        var mine = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationTokenSource? before;
        lock (_lock)
        {
            (before, _writer) = (_writer, mine);
        }

        await (before?.CancelAsync() ?? Task.CompletedTask);
        try
        {
            var turn = await _turns.WaitAsync(mine.Token);
            _used = Stopwatch.GetTimestamp();
            return new Writer(this, turn, mine.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TakenOver();
        }
    }

    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        using var moment = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        moment.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            using var turn = await _turns.WaitAsync(moment.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    private static RefusedException TakenOver() => new(
        StatusCodes.Status409Conflict, "BLOB_UPLOAD_INVALID", "A later request goes on with this upload.");

    private async Task AppendAsync(Stream body, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
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

        (_hash, _hashed, _used) = (hash, file.Position, Stopwatch.GetTimestamp());
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
        public async Task AppendAsync(Stream body)
        {
            try
            {
                await upload.AppendAsync(body, cancellation);
            }
            catch (OperationCanceledException)
            {
                throw TakenOver();
            }
        }

        public Task<Digest> DigestAsync() => upload.DigestAsync(cancellation);

        public Task CompleteAsync(string repository, Digest digest) =>
            upload.CompleteAsync(repository, digest, cancellation);

        public Task EndAsync()
        {
            upload.Remove();
            return Task.CompletedTask;
        }

        public void Dispose() => turn.Dispose();
    }
}
