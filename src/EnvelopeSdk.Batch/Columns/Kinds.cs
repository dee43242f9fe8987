using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>Kinds of values in groups, and in words.</summary>
internal static class Kinds
{
    public static bool IsInteger(TypeKind kind) => kind is >= TypeKind.Int8 and <= TypeKind.UInt128;

    public static bool IsFloating(TypeKind kind) => kind is TypeKind.Half or TypeKind.Float or TypeKind.Double;

    public static bool IsNumber(TypeKind kind) => IsInteger(kind) || IsFloating(kind) || kind == TypeKind.Decimal;

    /// <summary>Whether JSON has the values as strings.</summary>
    public static bool IsText(TypeKind kind) => kind is >= TypeKind.String and <= TypeKind.Bytes;

    /// <summary>Whether any string is a value, among others.</summary>
    public static bool IsOpen(TypeKind kind) => kind is TypeKind.Any or TypeKind.Value or TypeKind.Primitive;

    /// <summary>A type as a message names it.</summary>
    public static string Named(TypeSchema type, ModelSchema model) => type.Kind switch
    {
        TypeKind.Ref => model.TypeOf(type.Ref!).Values is null ? $"an object {type.Ref}" : $"an enum {type.Ref}",
        TypeKind.Array or TypeKind.Tensor => "an array",
        TypeKind.Map => "a map",
        TypeKind.Table => "a table",
        _ => type.Kind.ToString().ToLowerInvariant(),
    };
}
