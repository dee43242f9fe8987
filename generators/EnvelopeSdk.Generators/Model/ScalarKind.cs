using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Model;

/// <summary>A type that JSON writes as one value without parts: what the schema calls it, and how generated code reads and writes it.</summary>
/// <param name="Type">The full name of the C# type.</param>
/// <param name="SchemaKind">Its name in the schema's JSON form.</param>
/// <param name="Method">The suffix of the method of <c>JsonInput</c> that reads it.</param>
/// <param name="IsNumber">Whether JSON writes it as a number.</param>
internal sealed record ScalarKind(string Type, string SchemaKind, string Method, bool IsNumber = false)
{
    /// <summary>What the schema calls a value whose form is left open.</summary>
    public const string Any = "any";

    public static readonly ScalarKind String = new("System.String", "string", "String");
    public static readonly ScalarKind Node = new("System.Text.Json.Nodes.JsonNode", "value", "JsonNode");
    public static readonly ScalarKind Bytes = new("System.Byte[]", "bytes", "Bytes");

    private static readonly Dictionary<string, ScalarKind> All = Numbers().Concat(Others()).ToDictionary(kind => kind.Type, StringComparer.Ordinal);

    public bool IsInteger => IsNumber && SchemaKind.Contains("int");

    public bool IsUnsigned => SchemaKind.StartsWith("uint", StringComparison.Ordinal);

    /// <summary>Whether strings of it can be the keys of a JSON object.</summary>
    public bool IsKey => IsInteger || Method is "String" or "Guid";

    /// <summary>Whether it is the name of one of them in generated code.</summary>
    public static bool IsName(string name) => All.Values.Any(kind => kind.Method == name);

    public static ScalarKind? Of(ITypeSymbol type) => All.TryGetValue(FullName(type), out var kind) ? kind : null;

    private static IEnumerable<ScalarKind> Numbers() =>
    [
        new("System.SByte", "int8", "SByte", true),
        new("System.Byte", "uint8", "Byte", true),
        new("System.Int16", "int16", "Int16", true),
        new("System.UInt16", "uint16", "UInt16", true),
        new("System.Int32", "int32", "Int32", true),
        new("System.UInt32", "uint32", "UInt32", true),
        new("System.Int64", "int64", "Int64", true),
        new("System.UInt64", "uint64", "UInt64", true),
        new("System.Int128", "int128", "Int128", true),
        new("System.UInt128", "uint128", "UInt128", true),
        new("System.Half", "half", "Half", true),
        new("System.Single", "float", "Single", true),
        new("System.Double", "double", "Double", true),
        new("System.Decimal", "decimal", "Decimal", true),
    ];

    private static IEnumerable<ScalarKind> Others() =>
    [
        new("System.Boolean", "boolean", "Boolean"),
        new("System.Char", "char", "Char"),
        String,
        new("System.Guid", "uuid", "Guid"),
        new("System.Uri", "uri", "Uri"),
        new("System.Version", "version", "Version"),
        new("System.DateTime", "date-time", "DateTime"),
        new("System.DateTimeOffset", "date-time-offset", "DateTimeOffset"),
        new("System.DateOnly", "date", "DateOnly"),
        new("System.TimeOnly", "time", "TimeOnly"),
        new("System.TimeSpan", "duration", "TimeSpan"),
        new("System.ReadOnlyMemory<System.Byte>", "bytes", "ByteMemory"),
        new("System.Memory<System.Byte>", "bytes", "ByteBuffer"),
        new("System.Text.Json.JsonElement", Any, "Element"),
        Node,
        new("System.Text.Json.Nodes.JsonValue", "primitive", "JsonValue"),
        Bytes,
    ];

    private static string FullName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } => Bytes.Type,
        INamedTypeSymbol { Name: "ReadOnlyMemory" or "Memory", Arity: 1 } memory => $"{memory.ContainingNamespace}.{memory.Name}<{FullName(memory.TypeArguments[0])}>",
        INamedTypeSymbol { Arity: 0, ContainingType: null } named => $"{named.ContainingNamespace}.{named.Name}",
        _ => "",
    };
}
