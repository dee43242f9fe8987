using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>
/// Emits how arrays of state are stored in binary form beside the JSON, and read from there. The items are numbers,
/// booleans or characters of a fixed size; all else, and what is short, stays JSON.
/// </summary>
internal static class StoredArrayCode
{
    private const string Marshal = "global::System.Runtime.InteropServices.ImmutableCollectionsMarshal";

    private const string Span =
        "global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan("
        + "in tensor.AsReadOnlyTensorSpan().GetPinnableReference(), checked((int)tensor.FlattenedLength))";

    private static readonly HashSet<string> Items =
    [
        "Boolean", "Char", "SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Half", "Single",
        "Double",
    ];

    /// <summary>
    /// The statement with which a method that writes <c>value</c> ends when that is stored; nothing for a type that is
    /// JSON only.
    /// </summary>
    public static string Write(TypeSpec type) => WriteCall(type) is { } call ? $"if (output.{call}) return;\n" : "";

    /// <summary>The statement with which a method that reads one ends when an array is stored there.</summary>
    public static string Read(TypeSpec type) =>
        ReadCall(type) is { } call ? $"if (input.HoldsArray) return {call};\n    " : "";

    private static string? WriteCall(TypeSpec type) => type switch
    {
        TensorSpec { Element: var item, Shape.HasRank: true } when IsItem(item) =>
            $"TryStoreArray<{item.CSharp}>(value)",
        TensorSpec { Element: var item } when IsItem(item) =>
            $"TryStoreTensor<{type.NonNull}, {item.CSharp}>(value, value.Lengths, value.Strides, "
            + $"static tensor => {Span}, static tensor => {Copy(item.CSharp)})",
        CollectionSpec { Element: var item, Shape: var shape } when IsItem(item) => WriteCall(shape, item.CSharp),
        CollectionSpec when Levels(type) is (var levels, var nulls, var item) =>
            $"TryStoreRows<{item}>(value, {levels}, {nulls})",
        _ => null,
    };

    private static string? WriteCall(CollectionShape shape, string item) => shape switch
    {
        { Making: Making.Array } => $"TryStoreArray<{item}>(value)",
        { Making: Making.Memory or Making.ArraySegment } => $"TryStoreMemory<{item}>(value)",
        { Making: Making.Read } => $"TryStoreList<{item}>(value)",
        { Name: "ImmutableArray" } => $"TryStoreArray<{item}>({Marshal}.AsArray(value)!)",
        _ => null,
    };

    private static string? ReadCall(TypeSpec type) => type switch
    {
        TensorSpec { Element: var item, Shape.HasRank: true } tensor when IsItem(item) =>
            $"input.TakeArray<{item.CSharp}, {type.NonNull}>({tensor.Rank}, "
            + $"static lengths => new {item.CSharp}[{Lengths(tensor.Rank)}])!",
        TensorSpec { Element: var item } tensor when IsItem(item) =>
            $"input.TakeTensor<{type.NonNull}, {item.CSharp}>({tensor.Rank}, static (items, lengths) => "
            + "global::System.Numerics.Tensors.Tensor.Create(items, lengths))!",
        CollectionSpec { Element: var item, Shape: var shape } when IsItem(item) => ReadCall(shape, item.CSharp),
        CollectionSpec when Levels(type) is (var levels, var nulls, var item) =>
            $"input.TakeRows<{Made(type)}, {item}>({levels}, {nulls}, static rows => {Rows(type)})!",
        _ => null,
    };

    private static string? ReadCall(CollectionShape shape, string item) => shape switch
    {
        { Making: Making.Array or Making.Memory } => $"input.TakeArray<{item}>()",
        { Making: Making.ArraySegment } => $"new global::System.ArraySegment<{item}>(input.TakeArray<{item}>())",
        { Making: Making.Read } => $"input.TakeList<{item}>()",
        { Name: "ImmutableArray" } => $"{Marshal}.AsImmutableArray(input.TakeArray<{item}>())",
        _ => null,
    };

    private static bool IsItem(TypeSpec type) =>
        type is ScalarSpec { Nullable: false, Kind: var kind } && Items.Contains(kind.Method);

    /// <summary>Of arrays or lists of arrays: their levels, which of them may have null, and the items' type.</summary>
    private static (int Levels, int Nulls, string Item)? Levels(TypeSpec type) => type switch
    {
        CollectionSpec { Shape.Making: Making.Array, Element: var item } when IsItem(item) => (1, 0, item.CSharp),
        CollectionSpec { Shape: { Making: Making.Array or Making.Read, Name: not "IEnumerable" }, Element: CollectionSpec rows }
            when Levels(rows) is (var levels, var nulls, var item) =>
            (levels + 1, (nulls << 1) | (rows.Nullable ? 2 : 0), item),
        _ => null,
    };

    /// <summary>The type that is made: a list for an interface of one.</summary>
    private static string Made(TypeSpec type) => type switch
    {
        CollectionSpec { Shape.Making: Making.Read } list =>
            $"global::{CollectionShape.List.Type}<{list.Element.CSharp}>",
        _ => type.NonNull,
    };

    private static string Rows(TypeSpec type) =>
        type is CollectionSpec { Element: CollectionSpec rows, Shape: var shape }
        ? $"rows.{(shape.Making == Making.Array ? "Array" : "List")}<{rows.CSharp}>(static rows => {Rows(rows)})"
        : "rows.Items()";

    private static string Lengths(int rank) => Enumerable.Range(0, rank).Commas(level => $"lengths[{level}]");

    private static string Copy(string item) =>
        $"{{ var items = new {item}[tensor.FlattenedLength]; tensor.FlattenTo(items); return items; }}";
}
