using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Queries;

/// <summary>
/// Answers a query by reading what a store has, the newest first. It reads no more than it is asked for: the time, then
/// the journal, then the record. A store that has an index answers from that instead.
/// </summary>
internal sealed class QueryRun(IEnvelopeStore store, EnvelopeQuery query)
{
    private readonly QueryPlace? _after = query.After is { } cursor ? QueryPlace.Parse(cursor) : null;

    public async IAsyncEnumerable<FoundEnvelope> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (query.OrderBy is not { } metric)
        {
            await foreach (var one in MatchesAsync(cancellationToken))
            {
                yield return one;
            }

            yield break;
        }

        var found = new List<(QueryPlace Place, FoundEnvelope Envelope)>();
        await foreach (var one in MatchesAsync(cancellationToken))
        {
            if (one.Journal.Labels.Metrics.TryGetValue(metric, out var value) && !double.IsNaN(value))
            {
                var place = QueryPlace.Of(new(one.Reference, one.Saved), query.Descending ? -value : value);
                found.Add((place, one with { Cursor = place.ToString() }));
            }
        }

        foreach (var (_, one) in found.Where(one => IsBehind(one.Place)).OrderBy(one => one.Place))
        {
            yield return one;
        }
    }

    private async IAsyncEnumerable<FoundEnvelope> MatchesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var one in store.ListNewestAsync(query.Name, cancellationToken))
        {
            if (one.Saved < query.Since)
            {
                yield break; // as are all behind it
            }

            if (one.Saved is null && (query.Since ?? query.Until) is not null)
            {
                continue; // nobody knows
            }

            if (await MatchAsync(one, cancellationToken) is { } found)
            {
                yield return found;
            }
        }
    }

    private async Task<FoundEnvelope?> MatchAsync(SavedEnvelope one, CancellationToken cancellationToken)
    {
        var place = QueryPlace.Of(one);
        if (one.Saved > query.Until || (query.OrderBy is null && !IsBehind(place)))
        {
            return null;
        }

        try
        {
            var journal = await store.ReadJournalAsync(one.Reference, cancellationToken);
            return Fits(journal.Labels)
                && (!AsksRecord || Fits(await RecordAsync(one.Reference, cancellationToken)))
                    ? new(one.Reference, one.Saved, journal, place.ToString())
                    : null;
        }
        catch (EnvelopeException gone) when (gone.Error == EnvelopeError.NotFound)
        {
            return null; // somebody has just deleted it
        }
        catch (EnvelopeException damage) when (query.OnDamage is not null)
        {
            query.OnDamage(one.Reference, damage);
            return null;
        }
    }

    private bool AsksRecord => query.Hyperparameters.Count > 0 || query.Commit is not null
        || query.SchemaFingerprint is not null;

    private bool Fits(EnvelopeLabels labels) =>
        query.Tags.All(tag => labels.Tags.GetValueOrDefault(tag.Key) == tag.Value)
        && (query.AnyTags.Count == 0 || query.AnyTags.Any(tag => labels.Tags.GetValueOrDefault(tag.Key) == tag.Value))
        && query.Metrics.All(bound => bound.Holds(
            labels.Metrics.TryGetValue(bound.Name, out var value) ? value : null));

    private bool Fits(EnvelopeRecord record) =>
        (query.Commit is null
            || record.Provenance.Git?.Commit.StartsWith(query.Commit, StringComparison.OrdinalIgnoreCase) == true)
        && (query.SchemaFingerprint is null || record.Schema.Fingerprint == query.SchemaFingerprint)
        && query.Hyperparameters.All(bound => bound.Holds(NumberOf(record.Hyperparameters, bound.Name)));

    private static double? NumberOf(SortedDictionary<string, JsonElement> values, string name)
    {
        if (values.TryGetValue(name, out var whole))
        {
            return NumberOf(whole);
        }

        var path = name.Split('.');
        if (!values.TryGetValue(path[0], out var value))
        {
            return null;
        }

        foreach (var member in path[1..])
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(member, out value))
            {
                return null;
            }
        }

        return NumberOf(value);
    }

    /// <summary>A hyperparameter as a number; null when it is none.</summary>
    internal static double? NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when value.GetString() is "Infinity" or "-Infinity" =>
            double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        _ => null,
    };

    private async Task<EnvelopeRecord> RecordAsync(EnvelopeReference one, CancellationToken cancellationToken) =>
        (await store.OpenAsync(one.Name, one.Digest, cancellationToken)).Record;

    private bool IsBehind(QueryPlace place) => _after is null || place.CompareTo(_after.Value) > 0;
}
