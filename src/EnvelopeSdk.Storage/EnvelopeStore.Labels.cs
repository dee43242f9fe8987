using EnvelopeSdk.Journal;

namespace EnvelopeSdk;

/// <content>What can be changed of an envelope that was saved: its tags and metrics, with their history.</content>
public static partial class EnvelopeStore
{
    /// <summary>
    /// Sets and takes away tags of an envelope. What was there before stays in the journal, with who changed it and
    /// when. A tag that has its value already, or is not there to be taken away, is passed over.
    /// </summary>
    /// <param name="store">The store that the envelope is in.</param>
    /// <param name="reference">The envelope.</param>
    /// <param name="tags">The values of tags by their names; null takes a tag away.</param>
    /// <param name="cancellationToken">Stops the changing.</param>
    /// <returns>The journal, with the new events at its end; none of them when nothing changed.</returns>
    /// <exception cref="EnvelopeException">
    /// A tag has no name, the envelope is not in the store, or the store cannot be written. Nothing was changed.
    /// </exception>
    public static Task<EnvelopeJournal> TagAsync(
        this IEnvelopeStore store,
        EnvelopeReference reference,
        IReadOnlyDictionary<string, string?> tags,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tags);
        CheckNames(tags.Keys, "tag");
        return WriteAsync(
            store,
            reference,
            writer =>
            {
                foreach (var (name, value) in tags)
                {
                    if (value is null)
                    {
                        writer.RemoveTag(name);
                    }
                    else
                    {
                        writer.SetTag(name, value);
                    }
                }
            },
            cancellationToken);
    }

    /// <summary>
    /// Records a metric of an envelope. What was there before stays in the journal, with who changed it and when.
    /// </summary>
    /// <param name="store">The store that the envelope is in.</param>
    /// <param name="reference">The envelope.</param>
    /// <param name="name">The metric.</param>
    /// <param name="value">
    /// Its value: a number, of which NaN and the infinities are recorded as such, a structure as
    /// <see cref="RocCurve"/>, or a record made with <c>Metric.Of</c>.
    /// </param>
    /// <param name="step">
    /// The step of a metric that makes a series, such as the epoch of a training; null for one that has one value.
    /// </param>
    /// <param name="cancellationToken">Stops the recording.</param>
    /// <returns>The journal, with the new event at its end; without one when the metric had the value.</returns>
    /// <exception cref="EnvelopeException">
    /// The metric has no name, its value cannot be written, the envelope is not in the store, or the store cannot be
    /// written.
    /// </exception>
    public static Task<EnvelopeJournal> RecordMetricAsync(
        this IEnvelopeStore store,
        EnvelopeReference reference,
        string name,
        Metric value,
        long? step = null,
        CancellationToken cancellationToken = default)
    {
        CheckNames([name], "metric");
        return WriteAsync(store, reference, writer => writer.SetMetric(name, value, step), cancellationToken);
    }

    private static async Task<EnvelopeJournal> WriteAsync(
        IEnvelopeStore store,
        EnvelopeReference reference,
        Action<JournalWriter> write,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(reference);
        var known = await store.ReadJournalAsync(reference, cancellationToken);
        var writer = JournalWriter.OfThisProcess(reference.Digest, known);
        write(writer);
        await store.AppendAsync(reference, writer.Events, cancellationToken);
        return known.With(writer.Events);
    }

    private static void CheckNames(IEnumerable<string> names, string what)
    {
        if (names.FirstOrDefault(string.IsNullOrWhiteSpace) is not null)
        {
            throw new EnvelopeException(EnvelopeError.Invalid, $"A {what} has no name. Give it one.");
        }
    }
}
