using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Capture;

/// <summary>What a save writes into the journal of its envelope.</summary>
internal static class SaveEvents
{
    /// <summary>That it was saved, and the tags and metrics that it does not have yet.</summary>
    public static IReadOnlyList<JournalEvent> Of(
        EnvelopeInfo info, Digest envelope, EnvelopeJournal known, DateTimeOffset? newest)
    {
        var writer = JournalWriter.OfThisProcess(envelope, known);
        writer.Save(newest);
        foreach (var (name, value) in info.Tags)
        {
            writer.SetTag(name, value);
        }

        foreach (var (name, value) in info.Metrics.Where(metric => metric.Value.Fault is null))
        {
            writer.SetMetric(name, value);
        }

        return writer.Events;
    }
}
