using System.Text.Json.Serialization;
using EnvelopeSdk.Binding.Numbers;

namespace EnvelopeSdk.Schema;

/// <summary>What the values of a parameter, member, item or answer are.</summary>
public sealed record TypeSchema
{
    /// <summary>The kind of JSON value.</summary>
    public required TypeKind Kind { get; init; }

    /// <summary>Whether <c>null</c> is a value too.</summary>
    public bool Nullable { get; init; }

    /// <summary>The number of dimensions of a tensor, at least 2; 0 for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Rank { get; init; }

    /// <summary>What an array or tensor holds, or what the members of a map are.</summary>
    public TypeSchema? Items { get; init; }

    /// <summary>What the member names of a map stand for.</summary>
    public TypeSchema? Keys { get; init; }

    /// <summary>
    /// The columns of a table, which the examples tell that the envelope was saved with; absent until then. A column of
    /// vectors is an array whose <see cref="ConstraintsSchema.MinItems"/> and <see cref="ConstraintsSchema.MaxItems"/>
    /// are its width.
    /// </summary>
    public IReadOnlyList<MemberSchema>? Columns { get; init; }

    /// <summary>In which other forms a number may stand.</summary>
    [JsonConverter(typeof(JsonNumberEnumConverter<NumberForms>))]
    public NumberForms NumberHandling { get; init; }

    /// <summary>The name of a type in <see cref="ModelSchema.Types"/>.</summary>
    public string? Ref { get; init; }
}
