using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnvelopeSdk.Schema;

/// <summary>What a value must fulfil beside its type: the keywords of JSON Schema 2020-12, of which each holds that is there.</summary>
public sealed record ConstraintsSchema
{
    /// <summary>The smallest number.</summary>
    public JsonElement? Minimum { get; init; }

    /// <summary>The largest number.</summary>
    public JsonElement? Maximum { get; init; }

    /// <summary>The number that all are above.</summary>
    public JsonElement? ExclusiveMinimum { get; init; }

    /// <summary>The number that all are below.</summary>
    public JsonElement? ExclusiveMaximum { get; init; }

    /// <summary>The fewest Unicode code points of a string.</summary>
    public int? MinLength { get; init; }

    /// <summary>The most Unicode code points of a string.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The fewest items of an array.</summary>
    public int? MinItems { get; init; }

    /// <summary>The most items of an array.</summary>
    public int? MaxItems { get; init; }

    /// <summary>The fewest members of a map.</summary>
    public int? MinProperties { get; init; }

    /// <summary>The most members of a map.</summary>
    public int? MaxProperties { get; init; }

    /// <summary>The patterns that a string matches, all of them.</summary>
    public IReadOnlyList<string>? Pattern { get; init; }

    /// <summary>The only values.</summary>
    [JsonPropertyName("enum")]
    public IReadOnlyList<JsonElement>? Allowed { get; init; }

    /// <summary>Values that it does not have.</summary>
    public IReadOnlyList<JsonElement>? Denied { get; init; }
}
