using System.Text.Json.Serialization;

namespace EnvelopeSdk.Deployments;

/// <summary>Which envelopes a configuration takes by itself: the newest one that fits.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RuleSettings
{
    /// <summary>The name of the envelopes; null: any.</summary>
    public string? Name { get; init; }

    /// <summary>The tags that they have, all of them; one at least.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The bounds that their metrics keep, written as <c>r2&gt;0.9</c>.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>
    /// The keys or people, by the names that the registry knows them by, whose saves and tags count; null: of all whom
    /// the registry knows. What is a claim (made elsewhere, and not by a known caller of the registry) never counts.
    /// </summary>
    public IReadOnlyList<string>? By { get; init; }
}

/// <summary>A rule of a configuration.</summary>
/// <param name="Configuration">The configuration.</param>
/// <param name="Name">Its name, among the rules of the configuration.</param>
/// <param name="Settings">What it takes.</param>
/// <param name="Changed">When it was made or changed, in UTC.</param>
/// <param name="ChangedBy">Who did that.</param>
public sealed record DeploymentRule(
    string Configuration, string Name, RuleSettings Settings, DateTimeOffset Changed, string ChangedBy);

/// <summary>What a rule does now, or would do.</summary>
/// <param name="Envelope">The envelope that it takes, as <c>name@sha256:...</c>; null: none fits.</param>
/// <param name="Action">
/// <c>deploy</c>, <c>approve</c> (it asks for approval), <c>keep</c> (that is what runs) or <c>none</c>.
/// </param>
/// <param name="Reason">Why.</param>
public sealed record RuleDecision(string? Envelope, string Action, string Reason);

/// <summary>What a rule takes now, and would have taken.</summary>
/// <param name="Now">What it takes now.</param>
/// <param name="History">What it would have taken, the earliest first.</param>
public sealed record RuleRun(RuleDecision Now, IReadOnlyList<RuleMoment> History);

/// <summary>From when on a rule would have taken an envelope.</summary>
/// <param name="Time">When, in UTC.</param>
/// <param name="Envelope">The envelope, as <c>name@sha256:...</c>.</param>
public sealed record RuleMoment(DateTimeOffset Time, string Envelope);
