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
    public string FilePath => path;

    /// <summary>Where lines are put aside that cannot be read.</summary>
    public string AsidePath => path + ".damaged";

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
                byte[] before = end == 0 || text[end - 1] == '\n' ? [] : "\n"u8.ToArray();
                await file.WriteAsync((byte[])[.. before, .. JournalLines.Write(added)], cancellationToken);
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

    /// <summary>Finds the lines that cannot be read.</summary>
    /// <param name="putAside">Whether to take them out of the journal. The caller holds the store's lock then.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What is wrong with each.</returns>
    public async Task<IReadOnlyList<string>> FindDamageAsync(bool putAside, CancellationToken cancellationToken)
    {
        var text = File.Exists(path) ? await StoredFile.ReadAsync(path, cancellationToken) : [];
        return await DamagedLines.FindAsync(
            path,
            text.AsMemory(0, JournalLines.WholeLength(text)),
            (line, number) => JournalLines.DamageOf(line.Span, envelope) is { } damage
                ? $"Line {number} cannot be read: {damage}"
                : null,
            putAside ? AsidePath : null,
            cancellationToken);
    }
}
