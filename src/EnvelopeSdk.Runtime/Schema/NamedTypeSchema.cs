using System.Text.Json;

namespace EnvelopeSdk.Schema;

/// <summary>A C# enum, object type or union of object types that queries name.</summary>
public sealed record NamedTypeSchema
{
    /// <summary>The type's C# name, made unique among the model's types.</summary>
    public required string Name { get; init; }

    /// <summary>The type's documentation summary.</summary>
    public string? Description { get; init; }

    /// <summary>More about it, which is published as a second paragraph of the description.</summary>
    public string? Remarks { get; init; }

    /// <summary>
    /// A value of the type as its documentation gives it. It is published if it is JSON, and a value of the type.
    /// </summary>
    public string? Example { get; init; }

    /// <summary>The values of an enum, as JSON writes them: strings, or integers; absent for an object.</summary>
    public IReadOnlyList<JsonElement>? Values { get; init; }

    /// <summary>The members of an object; absent for an enum.</summary>
    public IReadOnlyList<MemberSchema>? Members { get; init; }

    /// <summary>The names of the values when those are integers, in the same order.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>
    /// The documentation of an enum's values, in the same order, null for those that have none; absent when no value
    /// has any.
    /// </summary>
    public IReadOnlyList<string?>? ValueDescriptions { get; init; }

    /// <summary>
    /// For a <c>[Flags]</c> enum: the integer type whose values are all allowed, or <see cref="TypeKind.String"/> for
    /// names with a comma and a space between them.
    /// </summary>
    public TypeKind? Flags { get; init; }

    /// <summary>Whether an object may have members beside those declared.</summary>
    public bool Open { get; init; }

    /// <summary>The member that tells an object from the others of its union.</summary>
    public TagSchema? Tag { get; init; }

    /// <summary>The names of the object types that a union stands for.</summary>
    public IReadOnlyList<string>? Union { get; init; }
}

/// <summary>A member that all objects of one type of a union have, with one value.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Value">Its value: a string or an integer.</param>
public sealed record TagSchema(string Name, JsonElement Value);
