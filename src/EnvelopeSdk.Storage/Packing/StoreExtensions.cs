using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Packing;

/// <summary>What can be done with stores of every kind.</summary>
public static class StoreExtensions
{
    /// <summary>How much content is copied at once: it may come from afar.</summary>
    private const int SideBySide = 4;

    /// <summary>Copies an envelope into a store, every file of it checked, with its journal and signatures.</summary>
    /// <param name="store">The store.</param>
    /// <param name="content">The envelope, from wherever it is.</param>
    /// <param name="journal">
    /// What is known of it. When that does not say that it was saved, it counts as saved now: the newest of its name.
    /// </param>
    /// <param name="signatures">Its signatures; none if absent.</param>
    /// <param name="progress">
    /// Is told how many bytes are done, from any thread and one after the other; null: nobody.
    /// </param>
    /// <param name="cancellationToken">Stops the copying; then the store is as before.</param>
    /// <returns>The envelope in the store.</returns>
    /// <exception cref="EnvelopeException">The envelope is damaged, or the store cannot be written.</exception>
    public static async Task<EnvelopeReference> CopyAsync(
        this IEnvelopeStore store, EnvelopeContent content, EnvelopeJournal journal,
        IReadOnlyList<EnvelopeSignature>? signatures = null, IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(journal);
        var meter = new TransferMeter(progress, content);
        await using var staged = await store.StageAsync(cancellationToken);
        await staged.AddAsync(stream => stream.WriteAsync(content.Manifest, cancellationToken), cancellationToken);
        await Parallel.ForEachAsync(
            content.Blobs.DistinctBy(blob => blob.Digest),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
            (blob, cancellation) => CopyAsync(content, blob, staged, meter, cancellation));

        var events = journal.Events;
        if (journal.Saved is null)
        {
            var known = await store.ReadJournalAsync(content.Reference, cancellationToken);
            var writer = new JournalWriter(content.Digest, known.With(events), TimeProvider.System);
            writer.Save(await store.LastSavedAsync(content.Record.Name, cancellationToken));
            events = [.. events, .. writer.Events];
        }

        return await staged.CommitAsync(
            content.Record.Name, content.Digest, events, signatures ?? [], cancellationToken);
    }

    /// <summary>When the newest envelope of a name was saved; null when there is none.</summary>
    internal static async Task<DateTimeOffset?> LastSavedAsync(
        this IEnvelopeStore store, string name, CancellationToken cancellationToken)
    {
        await foreach (var newest in store.ListNewestAsync(name, cancellationToken))
        {
            return newest.Saved;
        }

        return null;
    }

    /// <summary>Hashes what comes in while it is written: nothing of it is in the store before the commit.</summary>
    private static async ValueTask CopyAsync(
        EnvelopeContent content, OciDescriptor blob, IStagedEnvelope staged, TransferMeter meter,
        CancellationToken cancellationToken)
    {
        var path = await content.FileOfAsync(blob);
        var copied = path is not null
            ? await staged.AddFileAsync(path, cancellationToken)
            : await AddAsync(content, blob, staged, meter, cancellationToken);
        if (copied != (blob.Digest, blob.Size))
        {
            throw content.Changed(blob);
        }

        if (path is not null)
        {
            meter.Add(blob.Size); // a clone takes no time to speak of
        }
    }

    private static async Task<(Digest Digest, long Size)> AddAsync(
        EnvelopeContent content, OciDescriptor blob, IStagedEnvelope staged, TransferMeter meter,
        CancellationToken cancellationToken)
    {
        await using var source = meter.Measure(await content.OpenUncheckedAsync(blob, cancellationToken));
        return await staged.AddAsync(
            stream => source.CopyPromisedAsync(stream, blob.Size, cancellationToken), cancellationToken);
    }
}
