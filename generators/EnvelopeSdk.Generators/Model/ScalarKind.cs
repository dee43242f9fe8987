using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Generators.Model;

/// <summary>A type that JSON writes as one value without parts.</summary>
/// <param name="Type">The full name of the C# type.</param>
/// <param name="SchemaKind">What the schema calls it.</param>
/// <param name="Method">
/// The suffix of the methods of <c>JsonInput</c> and <c>JsonOutput</c> that read and write it.
/// </param>
/// <param name="Number">What is known of its numbers; null when JSON does not write it as a number.</param>
internal sealed record ScalarKind(string Type, string SchemaKind, string Method, NumberKind? Number = null)
{
    public static readonly ScalarKind String = new("System.String", KindNames.String, "String");
    public static readonly ScalarKind Node = new("System.Text.Json.Nodes.JsonNode", KindNames.Value, "JsonNode");
    public static readonly ScalarKind Bytes = new("System.Byte[]", KindNames.Bytes, "Bytes");

    private static readonly Dictionary<string, ScalarKind> All =
        NumberKinds.All.Select(number => new ScalarKind("System." + number.Method, number.Name, number.Method, number))
            .Concat(Others()).ToDictionary(kind => kind.Type, StringComparer.Ordinal);

    public bool IsNumber => Number is not null;

    public bool IsInteger => Number is { IsInteger: true };

    /// <summary>Whether strings of it can be the keys of a JSON object.</summary>
    public bool IsKey => IsInteger || SchemaKind is KindNames.String or KindNames.Uuid;

    /// <summary>The kind of the type with that full name; null for a type that has parts.</summary>
    public static ScalarKind? Of(string type) => All.TryGetValue(type, out var kind) ? kind : null;

    /// <summary>Whether it is the name of one of them in generated code.</summary>
    public static bool IsName(string name) => All.Values.Any(kind => kind.Method == name);

    private static IEnumerable<ScalarKind> Others() =>
    [
        new("System.Boolean", KindNames.Boolean, "Boolean"),
        new("System.Char", KindNames.Char, "Char"),
        String,
        new("System.Guid", KindNames.Uuid, "Guid"),
        new("System.Uri", KindNames.Uri, "Uri"),
        new("System.Version", KindNames.Version, "Version"),
        new("System.DateTime", KindNames.DateTime, "DateTime"),
        new("System.DateTimeOffset", KindNames.DateTimeOffset, "DateTimeOffset"),
        new("System.DateOnly", KindNames.Date, "DateOnly"),
        new("System.TimeOnly", KindNames.Time, "TimeOnly"),
        new("System.TimeSpan", KindNames.Duration, "TimeSpan"),
        new("System.ReadOnlyMemory<System.Byte>", KindNames.Bytes, "ByteMemory"),
        new("System.Memory<System.Byte>", KindNames.Bytes, "ByteBuffer"),
        new("System.Text.Json.JsonElement", KindNames.Any, "Element"),
        Node,
        new("System.Text.Json.Nodes.JsonValue", KindNames.Primitive, "JsonValue"),
        Bytes,
    ];
}
