using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Model;

/// <summary>A scalar type: what the schema calls it, and how generated code reads and writes it.</summary>
/// <param name="SpecialType">The C# type.</param>
/// <param name="SchemaKind">Its name in the schema's JSON form.</param>
/// <param name="Reader">The suffix of the method of <c>JsonInput</c> that reads it.</param>
/// <param name="Writer">The call that writes <c>{0}</c>.</param>
internal sealed record ScalarKind(SpecialType SpecialType, string SchemaKind, string Reader, string Writer)
{
    private const string Number = "writer.WriteNumberValue({0})";
    private const string FiniteNumber = "global::EnvelopeSdk.Binding.JsonOutput.WriteNumber(writer, {0})";

    private static readonly Dictionary<SpecialType, ScalarKind> All = new ScalarKind[]
    {
        new(SpecialType.System_Boolean, "boolean", "Boolean", "writer.WriteBooleanValue({0})"),
        new(SpecialType.System_SByte, "int8", "SByte", Number),
        new(SpecialType.System_Byte, "uint8", "Byte", Number),
        new(SpecialType.System_Int16, "int16", "Int16", Number),
        new(SpecialType.System_UInt16, "uint16", "UInt16", Number),
        new(SpecialType.System_Int32, "int32", "Int32", Number),
        new(SpecialType.System_UInt32, "uint32", "UInt32", Number),
        new(SpecialType.System_Int64, "int64", "Int64", Number),
        new(SpecialType.System_UInt64, "uint64", "UInt64", Number),
        new(SpecialType.System_Single, "float", "Single", FiniteNumber),
        new(SpecialType.System_Double, "double", "Double", FiniteNumber),
        new(SpecialType.System_Decimal, "decimal", "Decimal", Number),
        new(SpecialType.System_String, "string", "String", "global::EnvelopeSdk.Binding.JsonOutput.WriteString(writer, {0})"),
    }.ToDictionary(kind => kind.SpecialType);

    public static ScalarKind? Of(SpecialType type) => All.TryGetValue(type, out var kind) ? kind : null;
}
