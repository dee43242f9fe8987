using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Stores;

namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>Reads what the index keeps of envelopes out of their store.</summary>
/// <param name="store">The store.</param>
/// <param name="onDamage">Is told once of each damage.</param>
/// <param name="isDamage">
/// Says what will not mend itself; else it is thrown, and who reads comes back. If absent, all is damage.
/// </param>
internal sealed class FactsReader(
    IServedStore store, Action<EnvelopeReference, EnvelopeException> onDamage,
    Func<EnvelopeException, bool>? isDamage = null)
{
    private readonly HashSet<string> _said = [];

    /// <returns>
    /// Null when the envelope is not in the store, or nothing of it can be said because its journal cannot be read.
    /// </returns>
    public async Task<EnvelopeFacts?> ReadAsync(EnvelopeReference one, CancellationToken cancellationToken)
    {
        var stamp = await store.StampAsync(one, cancellationToken); // first: what is added meanwhile has another
        try
        {
            if (!await store.HasAsync(one, cancellationToken))
            {
                return null;
            }

            var journal = await store.Envelopes.ReadJournalAsync(one, cancellationToken);
            var record = await ReadRecordAsync(one, cancellationToken);
            var labels = journal.Labels;
            return new(
                one,
                journal.Saved is { } saved && saved != DateTimeOffset.UnixEpoch ? saved.UtcTicks : 0,
                journal.Events.LastOrDefault(happened => happened.Kind == JournalEventKind.Saved)?.Who,
                record?.Provenance.Git?.Commit.ToLowerInvariant(),
                record?.Schema.Fingerprint,
                new(labels.Tags, labels.Metrics, HyperparameterNumbers.Of(record?.Hyperparameters ?? [])),
                stamp);
        }
        catch (EnvelopeException damage) when (isDamage?.Invoke(damage) != false)
        {
            if (await store.HasAsync(one, cancellationToken))
            {
                Say(one, damage);
            }

            return null;
        }
    }

    /// <returns>Null when it cannot be read: the journal still says what it says.</returns>
    private async Task<EnvelopeRecord?> ReadRecordAsync(EnvelopeReference one, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.Envelopes.OpenAsync(one.Name, one.Digest, cancellationToken)).Record;
        }
        catch (EnvelopeException damage) when (isDamage?.Invoke(damage) != false)
        {
            Say(one, damage);
            return null;
        }
    }

    private void Say(EnvelopeReference one, EnvelopeException damage)
    {
        if (_said.Add($"{one}: {damage.Message}"))
        {
            onDamage(one, damage);
        }
    }
}
