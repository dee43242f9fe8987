using EnvelopeSdk.Queries;

namespace EnvelopeSdk;

/// <content>What is asked of a store, and what it keeps.</content>
public static partial class EnvelopeStore
{
    /// <summary>
    /// Finds envelopes, the one that was saved last first unless the query says otherwise. They are read as they are
    /// asked for: <c>await store.QueryAsync(query).FirstOrDefaultAsync()</c> is the newest that matches, and costs
    /// little when it is a new one.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnvelopeException">
    /// The query is wrong in itself, the store cannot be read, or an envelope cannot and nobody is told of that.
    /// </exception>
    public static IAsyncEnumerable<FoundEnvelope> QueryAsync(
        this IEnvelopeStore store, EnvelopeQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(query);
        return store is IQueriedStore queried
            ? queried.QueryAsync(query, cancellationToken)
            : new QueryRun(store, query).RunAsync(cancellationToken);
    }

    /// <summary>
    /// Finds the envelopes of a name that need not be kept: all but the newest ones, and those with certain tags.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The name.</param>
    /// <param name="keep">How many of the newest are kept, 1 at least.</param>
    /// <param name="keepTagged">Tags of which one is enough to be kept.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>
    /// The envelopes, the one that was saved last first, with what was known of each:
    /// <see cref="IEnvelopeStore.DeleteAsync"/> takes them out, but for those of which more has happened since.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">None would be kept.</exception>
    /// <exception cref="EnvelopeException">
    /// What is known of an envelope cannot be read, so that nobody knows whether it is kept.
    /// </exception>
    public static async Task<IReadOnlyList<FoundEnvelope>> FindSuperfluousAsync(
        this IEnvelopeStore store,
        string name,
        int keep,
        IReadOnlyList<KeyValuePair<string, string>> keepTagged,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(keepTagged);
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var found = new List<FoundEnvelope>();
        await foreach (var one in store.ListNewestAsync(name, cancellationToken))
        {
            if (keep-- > 0)
            {
                continue;
            }

            var journal = await store.ReadJournalAsync(one.Reference, cancellationToken);
            var tags = journal.Labels.Tags;
            if (!keepTagged.Any(tag => tags.GetValueOrDefault(tag.Key) == tag.Value))
            {
                found.Add(new(one.Reference, one.Saved, journal, QueryPlace.Of(one).ToString()));
            }
        }

        return found;
    }
}
