namespace EnvelopeSdk.Queries;

/// <summary>
/// Which envelopes are asked for. Of what is given all has to hold; what is not given is not asked.
/// </summary>
public sealed record EnvelopeQuery
{
    /// <summary>Their name; null: any.</summary>
    public string? Name { get; init; }

    /// <summary>The tags that they all have; null as a value: that have no such tag.</summary>
    public IReadOnlyDictionary<string, string?> Tags { get; init; } = new Dictionary<string, string?>();

    /// <summary>Tags of which they have one at least; a name may come several times. Empty: not asked.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AnyTags { get; init; } = [];

    /// <summary>Bounds of their metrics; of a metric with steps, of the last.</summary>
    public IReadOnlyList<NumberBound> Metrics { get; init; } = [];

    /// <summary>
    /// Bounds of their hyperparameters that are numbers. The name of one in another one has dots: <c>tree.depth</c>.
    /// </summary>
    public IReadOnlyList<NumberBound> Hyperparameters { get; init; } = [];

    /// <summary>When they were saved last, at the earliest. Those of which that is not known are left out.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When they were saved last, at the latest. Those of which that is not known are left out.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The git commit that they were trained from, or its first digits.</summary>
    public string? Commit { get; init; }

    /// <summary>The fingerprint of their schema: those take and answer the same JSON.</summary>
    public string? SchemaFingerprint { get; init; }

    /// <summary>
    /// The metric by which they are ordered, those without it left out; null: the one that was saved last comes first.
    /// </summary>
    public string? OrderBy { get; init; }

    /// <summary>Whether the greatest metric comes first and not the least.</summary>
    public bool Descending { get; init; }

    /// <summary>The <see cref="FoundEnvelope.Cursor"/> behind which to go on; null: from the beginning.</summary>
    public string? After { get; init; }

    /// <summary>
    /// Is told of an envelope that cannot be read, which is passed over then; null: the query ends with that error.
    /// </summary>
    public Action<EnvelopeReference, EnvelopeException>? OnDamage { get; init; }
}
