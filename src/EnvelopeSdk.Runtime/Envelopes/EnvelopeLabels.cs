using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnvelopeSdk.Envelopes;

/// <summary>
/// What an envelope's journal said of it at one moment: the part of what is known of an envelope that can change.
/// </summary>
public sealed record EnvelopeLabels
{
    /// <summary>Those of an envelope of which nothing is known.</summary>
    public static readonly EnvelopeLabels None = new() { Tags = [], Metrics = [] };

    /// <summary>The tags.</summary>
    public required SortedDictionary<string, string> Tags { get; init; }

    /// <summary>
    /// The metrics that are numbers; of one with steps, the last. NaN and the infinities are strings in JSON.
    /// </summary>
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public required SortedDictionary<string, double> Metrics { get; init; }

    /// <summary>
    /// The metrics that are more than a number, as JSON: objects, of which <c>type</c> says what they are.
    /// </summary>
    public SortedDictionary<string, JsonElement> Structures
    {
        get => field ??= new(StringComparer.Ordinal); // absent in what an older version wrote
        init;
    }

    /// <summary>When it was saved last.</summary>
    public DateTimeOffset? Saved { get; init; }
}
