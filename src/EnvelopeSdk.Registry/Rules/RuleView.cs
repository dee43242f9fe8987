using EnvelopeSdk.Deployments;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Rules;

/// <summary>
/// What a rule sees of envelopes: what callers said whom the registry knew, and of them those whom the rule names. A
/// claim is as if it were not there.
/// </summary>
internal sealed class RuleView(IEnvelopeStore store, AuditLog audit, RuleSettings settings)
{
    private readonly IReadOnlyList<NumberBound> _bounds = [.. settings.Metrics.Select(NumberBound.Parse)];

    /// <summary>The part of a journal that the rule is about and trusts.</summary>
    public async Task<EnvelopeJournal> ReadAsync(EnvelopeReference envelope, CancellationToken cancellationToken)
    {
        var events = (await store.ReadJournalAsync(envelope, cancellationToken)).Events.Where(IsAbout).ToList();
        var known = await audit.FindStampedAsync(envelope, events, cancellationToken);
        return EnvelopeJournal.Of(events.Where(one =>
            known.Contains(one.Id) && (settings.By is null || settings.By.Contains(one.Who ?? ""))));
    }

    /// <summary>Whether an envelope is one that the rule takes.</summary>
    public bool Fits(EnvelopeLabels labels) => labels.Saved is not null
        && settings.Tags.All(tag => labels.Tags.TryGetValue(tag.Key, out var value) && value == tag.Value)
        && _bounds.All(bound => bound.Holds(labels.Metrics.TryGetValue(bound.Name, out var value) ? value : null));

    private bool IsAbout(JournalEvent one) => one.Kind switch
    {
        JournalEventKind.Saved => true,
        JournalEventKind.Tag => settings.Tags.ContainsKey(one.Name!),
        JournalEventKind.Metric => _bounds.Any(bound => bound.Name == one.Name),
        _ => false,
    };
}
