using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnvelopeSdk.Schema;

/// <summary>A parameter of a query, or a member of an object type.</summary>
public sealed record MemberSchema
{
    /// <summary>The name in JSON.</summary>
    public required string Name { get; init; }

    /// <summary>What its values are.</summary>
    public required TypeSchema Type { get; init; }

    /// <summary>Whether a caller must give it.</summary>
    public required bool Required { get; init; }

    /// <summary>
    /// The value that is used when a caller does not give it, which may be null; of kind <see cref="JsonValueKind.Undefined"/>
    /// when it is required, or when the type itself sets it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Default { get; init; }

    /// <summary>Whether the object says it itself: a caller may send it back, but it has no effect.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>What its values must fulfil beside their type.</summary>
    public ConstraintsSchema? Constraints { get; init; }

    /// <summary>The documentation of the parameter or member.</summary>
    public string? Description { get; init; }
}
