using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// In which order the envelopes of a name were saved: a line for each, the newest at the end. All of it can be made
/// again from the journals.
/// </summary>
internal sealed class SavedOrder(string path)
{
    private const int DigestLength = 71;

    public CheckedLines Lines { get; } = new(path, DigestLength);

    /// <summary>The entries, the newest first, read as they are asked for.</summary>
    /// <exception cref="DamagedLinesException">The file is not there, or not as it was written.</exception>
    public IEnumerable<SavedEntry> FromNewest()
    {
        var last = default(SavedEntry?);
        foreach (var (time, text) in Lines.FromLast())
        {
            var entry = Digest.TryParse(text, out var digest)
                ? new SavedEntry(time, digest)
                : throw new DamagedLinesException(path);
            if (last is { } later && entry.CompareTo(later) >= 0)
            {
                throw new DamagedLinesException(path);
            }

            last = entry;
            yield return entry;
        }
    }

    /// <summary>
    /// Adds an entry that is not there yet. It costs little when it is the newest. The caller holds the store's lock.
    /// </summary>
    public Task AddAsync(SavedEntry entry, CancellationToken cancellationToken) =>
        FromNewest().First().CompareTo(entry) < 0
            ? Lines.AppendAsync(entry.Saved, entry.Digest.ToString(), cancellationToken)
            : ReplaceAsync([entry.Digest], [entry], cancellationToken);

    /// <summary>Takes entries out and puts others in. The caller holds the store's lock.</summary>
    public Task ReplaceAsync(
        IReadOnlyCollection<Digest> removed, IEnumerable<SavedEntry> added, CancellationToken cancellationToken) =>
        WriteAsync(FromNewest().Where(one => !removed.Contains(one.Digest)).Concat(added), cancellationToken);

    /// <summary>Writes the file anew.</summary>
    public Task WriteAsync(IEnumerable<SavedEntry> entries, CancellationToken cancellationToken) =>
        Lines.WriteAsync(entries.Order().Select(one => (one.Saved, one.Digest.ToString())), cancellationToken);
}
