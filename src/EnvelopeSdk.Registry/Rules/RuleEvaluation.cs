using EnvelopeSdk.Deployments;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Rules;

/// <summary>What a rule does with an envelope.</summary>
/// <param name="Envelope">The envelope; null: none fits.</param>
/// <param name="Action">What it does, as <see cref="RuleDecision.Action"/> has it.</param>
/// <param name="Reason">Why.</param>
internal sealed record RuleVerdict(EnvelopeReference? Envelope, string Action, string Reason)
{
    public const string Deploy = "deploy";
    public const string Approve = "approve";
    public const string Keep = "keep";
    public const string None = "none";

    public RuleDecision Shown => new(Envelope?.ToString(), Action, Reason);
}

/// <summary>
/// Decides what a rule takes: of the envelopes that fit, that which was saved last; of two saved at one time, that with
/// the greater digest. Never what runs, nor what has failed or was taken back; what is older than what runs only if
/// somebody approves it.
/// </summary>
internal sealed class RuleEvaluation(
    ICatalog catalog, IEnvelopeStore store, AuditLog audit, DeploymentStore deployments)
{
    private const int Page = 50;

    /// <param name="configuration">The configuration.</param>
    /// <param name="settings">The rule.</param>
    /// <param name="names">The names of envelopes that are looked at; null: all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<RuleVerdict> DecideAsync(
        string configuration, RuleSettings settings, NamePattern? names, CancellationToken cancellationToken)
    {
        var view = new RuleView(store, audit, settings);
        var (newest, claims) = await NewestAsync(view, settings, names, cancellationToken);
        if (newest is null)
        {
            return new(null, RuleVerdict.None, WhyNone(claims) ?? "No envelope fits.");
        }

        var running = (await deployments.CurrentAsync(configuration, cancellationToken))
            .FirstOrDefault(one => one.IsLive);
        if (running?.Envelope == newest.Envelope)
        {
            return new(newest.Envelope, RuleVerdict.Keep, "It is what runs.");
        }

        if (await deployments.UnwantedAsync(configuration, newest.Envelope, cancellationToken) is { } unwanted)
        {
            return new(
                newest.Envelope, RuleVerdict.None,
                $"Its deployment {unwanted.Id} is {unwanted.State}. A rule does not try that again: deploy it by hand.");
        }

        return running is not null && await IsOlderAsync(newest, running.Envelope, cancellationToken)
            ? new(
                newest.Envelope, RuleVerdict.Approve,
                "It is older than what runs: a rule does not go back without somebody's approval.")
            : new(newest.Envelope, RuleVerdict.Deploy, "It is the newest that fits.");
    }

    /// <summary>The newest envelope that fits, whatever runs.</summary>
    /// <exception cref="EnvelopeException">None fits.</exception>
    public async Task<EnvelopeReference> FindAsync(RuleSettings settings, CancellationToken cancellationToken)
    {
        var (newest, claims) = await NewestAsync(new(store, audit, settings), settings, null, cancellationToken);
        return newest?.Envelope ?? throw new EnvelopeException(
            EnvelopeError.NotFound,
            WhyNone(claims) ?? "No envelope fits the rule. Save or tag one that does, and run it again.");
    }

    /// <returns>Null: none looks as if it did.</returns>
    private static string? WhyNone(int claims) => claims == 0 ? null
        : $"No envelope fits: of {claims} that have the tags and metrics, the saves, tags or metrics are not of callers "
            + "whose word counts for the rule. What is written into the store beside the registry is a claim: save and "
            + "tag with ENVELOPE_HOME set to the registry's address.";

    /// <returns>The newest, and how many would fit but for claims.</returns>
    private async Task<(Candidate? Newest, int Claims)> NewestAsync(
        RuleView view, RuleSettings settings, NamePattern? names, CancellationToken cancellationToken)
    {
        var query = new EnvelopeQuery
        {
            Name = settings.Name,
            Tags = settings.Tags.ToDictionary(one => one.Key, string? (one) => one.Value),
            Metrics = [.. settings.Metrics.Select(NumberBound.Parse)],
        };
        var (newest, claims) = ((Candidate?)null, 0);
        while (true)
        {
            var found = await catalog.FindAsync(query, names, Page, cancellationToken);
            foreach (var one in found)
            {
                if (newest is not null && one.Saved < newest.Saved)
                {
                    return (newest, claims); // the saves that count are not later than all saves
                }

                var labels = await TryReadAsync(view, one.Reference, cancellationToken);
                var candidate = labels is not null && view.Fits(labels)
                    ? new Candidate(one.Reference, labels.Saved!.Value)
                    : null;
                claims += candidate is null ? 1 : 0;
                newest = candidate?.IsAfter(newest) == true ? candidate : newest;
            }

            if (found.Count < Page)
            {
                return (newest, claims);
            }

            query = query with { After = found[^1].Cursor };
        }
    }

    /// <returns>Null: it was deleted just now, or is damaged, which the catalog says.</returns>
    private static async Task<EnvelopeLabels?> TryReadAsync(
        RuleView view, EnvelopeReference envelope, CancellationToken cancellationToken)
    {
        try
        {
            return (await view.ReadAsync(envelope, cancellationToken)).Labels;
        }
        catch (EnvelopeException lost) when (lost.Error != EnvelopeError.Unavailable)
        {
            return null;
        }
    }

    private async Task<bool> IsOlderAsync(
        Candidate newest, EnvelopeReference running, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ReadJournalAsync(running, cancellationToken)).Saved > newest.Saved;
        }
        catch (EnvelopeException gone) when (gone.Error == EnvelopeError.NotFound)
        {
            return false; // nobody can say when what runs was saved
        }
    }
}

/// <summary>An envelope that fits, and when it was saved last.</summary>
internal sealed record Candidate(EnvelopeReference Envelope, DateTimeOffset Saved)
{
    public bool IsAfter(Candidate? other) => other is null || Saved > other.Saved
        || (Saved == other.Saved && string.CompareOrdinal(
            Envelope.Digest.ToString(), other.Envelope.Digest.ToString()) > 0);
}
