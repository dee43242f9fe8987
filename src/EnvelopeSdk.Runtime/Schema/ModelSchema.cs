using System.Text.Json;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Schema;

/// <summary>
/// The API of a model: its queries, what they take and answer, and the types they name. The generator derives it from
/// the signatures when the model is built; it is frozen in the envelope, and JSON Schema and OpenAPI are made from it.
/// </summary>
public sealed record ModelSchema
{
    /// <summary>
    /// The number of the vocabulary that this version writes, and the newest that it reads. It reads each before it.
    /// </summary>
    public const int CurrentVocabulary = Agreements.Vocabulary;

    /// <summary>
    /// The number of the vocabulary: the kinds, keywords and members that a schema is written with. A schema in a newer
    /// one may say what an older version does not understand.
    /// </summary>
    public required int Vocabulary { get; init; }

    /// <summary>
    /// SHA-256 of what the signatures say to a caller: everything here but the documentation and the columns of tables.
    /// Two schemas with the same fingerprint and the same columns take and answer the same JSON.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>The model class's documentation summary.</summary>
    public string? Description { get; init; }

    /// <summary>More about the model.</summary>
    public string? Remarks { get; init; }

    /// <summary>The queries, sorted by name.</summary>
    public required IReadOnlyList<QuerySchema> Queries { get; init; }

    /// <summary>The enums and objects that the queries name, sorted by name.</summary>
    public required IReadOnlyList<NamedTypeSchema> Types { get; init; }

    /// <summary>Reads the JSON form.</summary>
    /// <param name="utf8Json">What the generator wrote, in UTF-8.</param>
    /// <exception cref="JsonException">It is not the JSON form of a schema.</exception>
    public static ModelSchema Parse(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, SchemaJsonContext.Default.ModelSchema)
        ?? throw new JsonException("The schema is null.");

    /// <summary>Finds a named type.</summary>
    /// <param name="name">The name that a <see cref="TypeSchema.Ref"/> holds.</param>
    public NamedTypeSchema TypeOf(string name) => Types.Single(type => type.Name == name);
}
