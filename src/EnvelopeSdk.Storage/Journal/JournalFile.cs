using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Journal;

/// <summary>
/// The journal of one envelope in a file that events are added to. A torn last line, left by a writer that died, is
/// no event.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="envelope">The envelope.</param>
internal sealed class JournalFile(string path, Digest envelope)
{
    public async Task<EnvelopeJournal> ReadAsync(CancellationToken cancellationToken) => File.Exists(path)
        ? EnvelopeJournal.Of(JournalLines.Read(await StoredFile.ReadAsync(path, cancellationToken), path, envelope))
        : EnvelopeJournal.Empty;

    /// <summary>Adds events that are not there yet, all or none. The caller holds the store's lock.</summary>
    /// <returns>The journal with them.</returns>
    /// <exception cref="EnvelopeException">An event is not one of the envelope, or the journal is damaged.</exception>
    public async Task<EnvelopeJournal> AppendAsync(
        IReadOnlyList<JournalEvent> events, CancellationToken cancellationToken)
    {
        foreach (var one in events)
        {
            if (JournalLines.WhyUnsound(one, envelope) is { } reason)
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid, $"The event {one.Id} does not go into the journal of {envelope}: {reason}");
            }
        }

        var text = File.Exists(path) ? await StoredFile.ReadAsync(path, cancellationToken) : [];
        var known = EnvelopeJournal.Of(JournalLines.Read(text, path, envelope));
        var added = events.ExceptBy(known.Events.Select(one => one.Id), one => one.Id).ToList();
        if (added.Count == 0)
        {
            return known;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var end = JournalLines.WholeLength(text);
        await using (var file = new FileStream(
            path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0))
        {
            try
            {
                file.SetLength(end);
                file.Position = end;
                await file.WriteAsync(JournalLines.Write(added), cancellationToken);
                file.Flush(flushToDisk: true);
            }
            catch
            {
                file.SetLength(end); // a full disk may have taken the first of several events
                throw;
            }
        }

        return known.With(added);
    }

    public void Delete() => File.Delete(path);
}
