using System.Text.Json.Nodes;

namespace EnvelopeSdk.Schema;

/// <summary>
/// Makes JSON Schema 2020-12 of a <see cref="ModelSchema"/>, as it stands in an OpenAPI 3.1 document.
/// </summary>
/// <param name="schema">The schema.</param>
/// <param name="refPrefix">Where the named types lie, for example <c>#/components/schemas/</c>.</param>
public sealed class JsonSchemaWriter(ModelSchema schema, string refPrefix)
{
    private readonly TypeSides _sides = new(schema);

    /// <summary>What the model is, for people; <see langword="null"/> when its documentation says nothing.</summary>
    public string? Description => Documentation.Describe(schema.Description, schema.Remarks);

    private TypeKeywords Taken => new(schema, refPrefix, _sides, isAnswer: false);

    private TypeKeywords Answered => new(schema, refPrefix, _sides, isAnswer: true);

    /// <summary>
    /// A name as that of a component. It has ASCII letters and digits only (OpenAPI 3.1, section 4.8.7), a C# name
    /// more.
    /// </summary>
    /// <param name="name">A C# name.</param>
    public static string ComponentName(string name) => string.Concat(
        name.Select(character => char.IsAsciiLetterOrDigit(character) || character == '_'
            ? $"{character}"
            : $"-u{(int)character:x4}"));

    /// <summary>The object that a caller of a query sends.</summary>
    /// <param name="query">A query of the schema.</param>
    public JsonObject Arguments(QuerySchema query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Taken.Object(query.Parameters);
    }

    /// <summary>The value that a query answers.</summary>
    /// <param name="query">A query of the schema.</param>
    public JsonObject Answer(QuerySchema query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Documentation.AddUnit(Answered.Type(query.Returns), query.ReturnsUnit);
    }

    /// <summary>A named type, as callers send it.</summary>
    /// <param name="type">A type of the schema.</param>
    public JsonObject Named(NamedTypeSchema type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Taken.Named(type);
    }

    /// <summary>The values of a parameter, member or item, as callers send them.</summary>
    /// <param name="type">A type that the schema uses.</param>
    public JsonObject Type(TypeSchema type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Taken.Type(type);
    }

    /// <summary>
    /// All named types. One that is answered in another form than it is taken, since its numbers are strings in one of
    /// them, is there twice.
    /// </summary>
    public IEnumerable<(string Name, JsonObject Schema)> NamedTypes() => schema.Types.SelectMany(
        type => _sides.Of(type.Name).Select(
            isAnswer => (_sides.ComponentName(type.Name, isAnswer), (isAnswer ? Answered : Taken).Named(type))));
}
