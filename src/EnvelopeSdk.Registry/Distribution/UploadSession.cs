using System.Diagnostics;
using System.Security.Cryptography;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Packing;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>An upload that is under way. One request writes at a time, and the last that came.</summary>
internal sealed class UploadSession(Guid id, string path)
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

    public long Length => new FileInfo(path) is { Exists: true } file
        ? file.Length
        : throw Refusals.UploadUnknown(id.ToString("N"));

    public TimeSpan IdleFor => Stopwatch.GetElapsedTime(_used);

    /// <summary>
    /// Takes the upload over from a request that is writing. Its connection may be broken, and nobody noticed yet.
    /// </summary>
    /// <returns>Lets the upload go when disposed.</returns>
    /// <exception cref="RefusedException">The upload has ended, or a later request took it over.</exception>
    public async Task<Writer> TakeOverAsync(CancellationToken cancellationToken)
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
            return new(this, turn, mine.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TakenOver();
        }
    }

    /// <summary>Waits a moment for who is writing, so that the length is the one that stays.</summary>
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

    /// <summary>The one request that writes.</summary>
    internal sealed class Writer(UploadSession session, IDisposable turn, CancellationToken cancellation) : IDisposable
    {
        /// <summary>Adds what comes.</summary>
        public async Task AppendAsync(Stream body)
        {
            try
            {
                await session.AppendAsync(body, cancellation);
            }
            catch (OperationCanceledException)
            {
                throw TakenOver();
            }
        }

        /// <summary>Puts what came on the disk.</summary>
        /// <returns>Its digest.</returns>
        public Task<Digest> DigestAsync() => session.DigestAsync(cancellation);

        public void Dispose() => turn.Dispose();
    }
}
