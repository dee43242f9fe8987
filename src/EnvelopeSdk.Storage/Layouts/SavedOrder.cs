using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// In which order the envelopes of a name were saved: a file with a line of fixed length for each, the newest at the
/// end. So the newest ones are found, and another is added, at the same cost however many there are. All of it can be
/// made again from the journals.
/// </summary>
internal sealed class SavedOrder(string path)
{
    private const int LinesOfBlock = 64;

    public string FilePath => path;

    /// <summary>The entries, the newest first, read as they are asked for.</summary>
    /// <exception cref="DamagedOrderException">The file is not there or empty, or a line of it is not as it was written.</exception>
    public IEnumerable<SavedEntry> FromNewest()
    {
        using var file = Open();
        if (file.Length < SavedEntry.Length)
        {
            throw new DamagedOrderException(path); // a name without envelopes has no file
        }

        var last = default(SavedEntry?);
        var block = new byte[LinesOfBlock * SavedEntry.Length];
        for (var end = file.Length / SavedEntry.Length; end > 0; end -= Math.Min(end, LinesOfBlock))
        {
            var lines = block.AsMemory(0, (int)Math.Min(end, LinesOfBlock) * SavedEntry.Length);
            file.Position = (end * SavedEntry.Length) - lines.Length;
            file.ReadExactly(lines.Span);
            for (var at = lines.Length - SavedEntry.Length; at >= 0; at -= SavedEntry.Length)
            {
                var entry = SavedEntry.Read(lines.Span.Slice(at, SavedEntry.Length));
                last = entry is { } read && (last is null || read.CompareTo(last.Value) < 0)
                    ? read
                    : throw new DamagedOrderException(path);
                yield return read;
            }
        }
    }

    /// <summary>
    /// Adds an entry that is not there yet. It costs little when it is the newest. The caller holds the store's lock.
    /// </summary>
    public async Task AddAsync(SavedEntry entry, CancellationToken cancellationToken)
    {
        if (FromNewest().First().CompareTo(entry) < 0)
        {
            await AppendAsync(entry, cancellationToken);
        }
        else
        {
            await ReplaceAsync([entry.Digest], [entry], cancellationToken);
        }
    }

    /// <summary>Takes entries out and puts others in. The caller holds the store's lock.</summary>
    public Task ReplaceAsync(
        IReadOnlyCollection<Digest> removed, IEnumerable<SavedEntry> added, CancellationToken cancellationToken) =>
        WriteAsync(FromNewest().Where(one => !removed.Contains(one.Digest)).Concat(added), cancellationToken);

    /// <summary>Writes the file anew.</summary>
    public async Task WriteAsync(IEnumerable<SavedEntry> entries, CancellationToken cancellationToken) =>
        await DurableFile.ReplaceAsync(
            path, entries.Order().SelectMany(one => one.ToLine()).ToArray(), cancellationToken);

    private async Task AppendAsync(SavedEntry entry, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var end = file.Length - (file.Length % SavedEntry.Length); // a writer that died may have left part of a line
        try
        {
            file.SetLength(end);
            file.Position = end;
            await file.WriteAsync(entry.ToLine(), cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            file.SetLength(end);
            throw;
        }
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DamagedOrderException(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoredFile.NotRead(path, failure);
        }
    }
}

/// <summary>An order has to be made again.</summary>
internal sealed class DamagedOrderException(string path) : Exception(path);
