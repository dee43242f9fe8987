using System.Text.Json;

namespace EnvelopeSdk.Schema;

/// <summary>A C# enum or object type that queries name.</summary>
public sealed record NamedTypeSchema
{
    /// <summary>The type's C# name, made unique among the model's types.</summary>
    public required string Name { get; init; }

    /// <summary>The type's documentation summary.</summary>
    public string? Description { get; init; }

    /// <summary>The values of an enum, as JSON writes them: strings, or integers; absent for an object.</summary>
    public IReadOnlyList<JsonElement>? Values { get; init; }

    /// <summary>The members of an object; absent for an enum.</summary>
    public IReadOnlyList<MemberSchema>? Members { get; init; }
}
