using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Schema;

/// <summary>
/// What a value must fulfil beside its type: the keywords of JSON Schema 2020-12, of which each holds that is there.
/// </summary>
public sealed record ConstraintsSchema
{
    /// <summary>The smallest number.</summary>
    [JsonPropertyName(Keywords.Minimum)]
    public JsonElement? Minimum { get; init; }

    /// <summary>The largest number.</summary>
    [JsonPropertyName(Keywords.Maximum)]
    public JsonElement? Maximum { get; init; }

    /// <summary>The number that all are above.</summary>
    [JsonPropertyName(Keywords.ExclusiveMinimum)]
    public JsonElement? ExclusiveMinimum { get; init; }

    /// <summary>The number that all are below.</summary>
    [JsonPropertyName(Keywords.ExclusiveMaximum)]
    public JsonElement? ExclusiveMaximum { get; init; }

    /// <summary>The fewest Unicode code points of a string.</summary>
    [JsonPropertyName(Keywords.MinLength)]
    public int? MinLength { get; init; }

    /// <summary>The most Unicode code points of a string.</summary>
    [JsonPropertyName(Keywords.MaxLength)]
    public int? MaxLength { get; init; }

    /// <summary>The fewest items of an array.</summary>
    [JsonPropertyName(Keywords.MinItems)]
    public int? MinItems { get; init; }

    /// <summary>The most items of an array.</summary>
    [JsonPropertyName(Keywords.MaxItems)]
    public int? MaxItems { get; init; }

    /// <summary>The fewest members of a map.</summary>
    [JsonPropertyName(Keywords.MinProperties)]
    public int? MinProperties { get; init; }

    /// <summary>The most members of a map.</summary>
    [JsonPropertyName(Keywords.MaxProperties)]
    public int? MaxProperties { get; init; }

    /// <summary>The patterns that a string matches, all of them.</summary>
    [JsonPropertyName(Keywords.Pattern)]
    public IReadOnlyList<string>? Pattern { get; init; }

    /// <summary>The only values.</summary>
    [JsonPropertyName(Keywords.Allowed)]
    public IReadOnlyList<JsonElement>? Allowed { get; init; }

    /// <summary>Values that it does not have.</summary>
    [JsonPropertyName(Keywords.Denied)]
    public IReadOnlyList<JsonElement>? Denied { get; init; }
}
