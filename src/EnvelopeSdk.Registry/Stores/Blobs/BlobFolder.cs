using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Registry.Stores.Blobs;

/// <summary>Content in a directory that all instances share: <c>sha256/HEX</c>.</summary>
internal sealed class BlobFolder(string directory) : IBlobStorage
{
    private const int BufferSize = 1 << 20;

    private readonly string _blobs = Path.Combine(directory, "sha256");
    private readonly string _partial = Path.Combine(directory, "partial");

    public string Name => $"'{directory}'";

    public Task CheckAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        Directory.CreateDirectory(_blobs);
        Directory.CreateDirectory(_partial);
        DurableFile.SyncDirectory(directory);
        DurableFile.SyncDirectoryOf(directory);
        var probe = NewPartial();
        await DurableFile.WriteAsync(probe, default, cancellationToken);
        File.Delete(probe);
        return true;
    });

    public ValueTask<Stream?> OpenAsync(Digest digest, CancellationToken cancellationToken) =>
        new(FindPath(digest) is { } path ? StoredFile.Open(path) : null);

    public string? FindPath(Digest digest) => File.Exists(PathOf(digest)) ? PathOf(digest) : null;

    public string Describe(Digest digest) => PathOf(digest);

    public Task<long> SizeOfAsync(Digest digest, CancellationToken cancellationToken) =>
        Task.FromResult(new FileInfo(PathOf(digest)) is { Exists: true } file ? file.Length : -1);

    public Task PutAsync(Digest digest, Stream content, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        var partial = NewPartial();
        try
        {
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0))
            {
                await using (var flushing = new FlushingStream(file))
                {
                    await content.CopyToAsync(flushing, BufferSize, cancellationToken);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(partial, PathOf(digest), overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }

        DurableFile.SyncDirectory(_blobs);
        return true;
    });

    public Task DeleteAsync(Digest digest, CancellationToken cancellationToken) => TryAsync(() =>
    {
        File.Delete(PathOf(digest));
        return Task.FromResult(true);
    });

    public Task RemoveUnfinishedAsync(DateTime before, CancellationToken cancellationToken) => TryAsync(() =>
    {
        foreach (var file in new DirectoryInfo(_partial).EnumerateFiles().Where(one => one.LastWriteTimeUtc < before))
        {
            file.Delete();
        }

        return Task.FromResult(true);
    });

    public void Dispose()
    {
    }

    private string PathOf(Digest digest) => Path.Combine(_blobs, digest.Hex);

    private string NewPartial() => Path.Combine(_partial, Guid.NewGuid().ToString("N"));

    private async Task<T> TryAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The content in {Name} cannot be written: {failure.Message} Free space or fix permissions there, or "
                + "name another directory with --blobs.",
                failure);
        }
    }
}
