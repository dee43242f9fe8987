using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>
/// Emits the methods that read the arguments of queries from the columns of a row: objects whose members have columns,
/// enums and scalars. All else is read from the JSON of its cell, by the methods that read requests.
/// </summary>
internal static class RowReaderEmitter
{
    public const string Input = "ref global::EnvelopeSdk.Batch.Rows.RowInput input";

    private const string ReadJson = "input.ReadJson";

    /// <summary>The scalars that are read as columns have them.</summary>
    private static readonly HashSet<string> Columns =
    [
        "Boolean", "Byte", "SByte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Single", "Double",
        "String", "DateTime", "DateOnly",
    ];

    /// <summary>Whether the arguments of a query are those of one row: a table has many.</summary>
    public static bool IsOfRow(QuerySpec query) => !query.Parameters.Any(one => one.Type is TableSpec);

    /// <summary>The class of the methods; the methods that read JSON are around it.</summary>
    /// <param name="types">What the queries take.</param>
    /// <param name="arguments">The methods that read their arguments.</param>
    public static string Class(TypeClosure types, IEnumerable<string> arguments) =>
        $$"""
        public static class Rows
        {
            {{arguments.Concat(types.Named.Select(Method)).Blocks().Indent(4)}}
        }
        """;

    /// <summary>The expression that reads a value.</summary>
    public static string Read(TypeSpec type) =>
        type.Nullable ? $"input.ReadNull() ? default({type.Bound}) : {Present(type)}" : Present(type);

    private static string Present(TypeSpec type) => type switch
    {
        ScalarSpec { Forms: 0 } scalar when Columns.Contains(scalar.Kind.Method) => JsonReaderEmitter.Present(type),
        ScalarSpec => $"{ReadJson}(static ({JsonReaderEmitter.Input}) => {JsonReaderEmitter.Present(type)})",
        NamedSpec => $"Read{type.Id}(ref input)",
        _ => $"{ReadJson}<{type.NonNull}>(Json.Read{type.Id})",
    };

    private static string Method(NamedTypeSpec type) => type switch
    {
        EnumSpec { IsFlags: true, ByName: true } => Of(type, Cell(type)),
        EnumSpec declared => EnumReader.Method(declared, Input),
        ObjectSpec { Tag: null } one when !one.Members.Any(member => member.Kind == MemberKind.Extension) =>
            $"""
            {Of(type, $"input.HasMembers ? Members{type.Name}(ref input) : {Cell(type)}")}

            {ObjectReader.Method(one, ReaderForm.Row)}
            """,
        _ => Of(type, Cell(type)),
    };

    private static string Of(NamedTypeSpec type, string read) =>
        $"private static {type.CSharp} Read{type.Name}({Input}) => {read};";

    private static string Cell(NamedTypeSpec type) => $"{ReadJson}<{type.CSharp}>(Json.Read{type.Name})";
}
