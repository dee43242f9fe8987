using System.Security.Cryptography;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// An envelope on its way into a folder store, in a directory of its own from which its files are moved.
/// </summary>
internal sealed class StagedEnvelope(FolderStore store, StagingDirectory staging) : IStagedEnvelope
{
    private const int BufferSize = 64 * 1024;

    public IBlobSource Content { get; } = FileBlobs.In(staging.FullPath);

    public async Task<(Digest Digest, long Size)> AddAsync(
        Func<Stream, ValueTask> write, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(write, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotWritten(store, failure);
        }
    }

    public async Task<(Digest Digest, long Size)> AddFileAsync(string path, CancellationToken cancellationToken)
    {
        using var source = File.OpenHandle(path); // what cannot be read is not the store's fault
        try
        {
            var partial = NewPartial();
            var (digest, size) = await ClonedFile.CopyAsync(path, partial, isDurable: true, cancellationToken);
            Name(partial, digest);
            return (digest, size);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotWritten(store, failure);
        }
    }

    public async Task<EnvelopeReference> CommitAsync(
        string name, Digest manifest, IReadOnlyList<JournalEvent> events, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken)
    {
        var reference = new EnvelopeReference(EnvelopeName.Check(name), manifest);
        try
        {
            await store.CommitAsync(reference, staging.FullPath, events, signatures, cancellationToken);
            return reference;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotWritten(store, failure, name);
        }
    }

    public ValueTask DisposeAsync()
    {
        staging.Dispose();
        return default;
    }

    private async Task<(Digest Digest, long Size)> WriteAsync(
        Func<Stream, ValueTask> write, CancellationToken cancellationToken)
    {
        var partial = NewPartial();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size;
        await using (var file = new FileStream(
            partial, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize))
        {
            await using (var flushing = new FlushingStream(file))
            await using (var hashing = new HashingStream(flushing, hash))
            {
                await write(hashing);
            }

            file.Flush(flushToDisk: true);
            size = file.Length;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var digest = Digest.FromHash(hash.GetHashAndReset());
        Name(partial, digest);
        return (digest, size);
    }

    /// <summary>Of its own: a codec may write several files at once.</summary>
    private string NewPartial() => Path.Combine(staging.FullPath, $"{Guid.NewGuid():N}.partial");

    private void Name(string partial, Digest digest) =>
        File.Move(partial, Path.Combine(staging.FullPath, digest.Hex), overwrite: true);
}
