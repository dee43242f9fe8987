using EnvelopeSdk.Deployments;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Rules;

/// <summary>Tells what a rule does, without doing it.</summary>
internal sealed class RuleTrial(
    RuleEvaluation evaluation, ICatalog catalog, IEnvelopeStore store, AuditLog audit)
{
    /// <summary>As many envelopes are looked back at, the newest.</summary>
    private const int MostEnvelopes = 1_000;

    /// <param name="configuration">The configuration.</param>
    /// <param name="settings">The rule.</param>
    /// <param name="names">The names that the caller may read; null: all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">The rule cannot be so.</exception>
    public async Task<RuleRun> RunAsync(
        string configuration, RuleSettings settings, NamePattern? names, CancellationToken cancellationToken)
    {
        SettingsCheck.Run(settings);
        var now = await evaluation.DecideAsync(configuration, settings, names, cancellationToken);
        return new(now.Shown, await LookBackAsync(settings, names, cancellationToken));
    }

    private async Task<IReadOnlyList<RuleMoment>> LookBackAsync(
        RuleSettings settings, NamePattern? names, CancellationToken cancellationToken)
    {
        var view = new RuleView(store, audit, settings);
        var envelopes = await catalog.FindAsync(
            new() { Name = settings.Name }, names, MostEnvelopes, cancellationToken);
        var events = new List<(JournalEvent Event, EnvelopeReference Envelope)>();
        foreach (var one in envelopes)
        {
            var journal = await view.ReadAsync(one.Reference, cancellationToken);
            events.AddRange(journal.Events.Select(what => (what, one.Reference)));
        }

        var (history, fitting) = (new List<RuleMoment>(), new Dictionary<EnvelopeReference, Candidate>());
        var known = new Dictionary<EnvelopeReference, EnvelopeJournal>();
        foreach (var (what, envelope) in events.OrderBy(one => one.Event.Time).ThenBy(one => one.Event.Id))
        {
            var journal = known[envelope] = (known.GetValueOrDefault(envelope) ?? EnvelopeJournal.Empty).With([what]);
            if (view.Fits(journal.Labels))
            {
                fitting[envelope] = new(envelope, journal.Saved!.Value);
            }
            else
            {
                fitting.Remove(envelope);
            }

            var newest = fitting.Values.Aggregate((Candidate?)null, (best, one) => one.IsAfter(best) ? one : best);
            if (newest is not null && history.LastOrDefault()?.Envelope != newest.Envelope.ToString())
            {
                history.Add(new(what.Time, newest.Envelope.ToString()));
            }
        }

        return history;
    }
}
