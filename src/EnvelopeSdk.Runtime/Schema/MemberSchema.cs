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
    /// The value that is used when a caller does not give it, which may be null; of kind
    /// <see cref="JsonValueKind.Undefined"/>
    /// when it is required, or when the type itself sets it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Default { get; init; }

    /// <summary>Whether the object says it itself: a caller may send it back, but it has no effect.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>What its values must fulfil beside their type.</summary>
    public ConstraintsSchema? Constraints { get; init; }

    /// <summary>
    /// For a column of strings of few different values: those that it had in the examples, sorted. They do not bind
    /// callers.
    /// </summary>
    public IReadOnlyList<string>? Seen { get; init; }

    /// <summary>The documentation of the parameter or member.</summary>
    public string? Description { get; init; }

    /// <summary>More about it, which is published as a second paragraph of the description.</summary>
    public string? Remarks { get; init; }

    /// <summary>The unit of its numbers, such as <c>ct</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>
    /// A value of it as its documentation gives it. It is published if it is JSON, and a value of the type.
    /// </summary>
    public string? Example { get; init; }
}
