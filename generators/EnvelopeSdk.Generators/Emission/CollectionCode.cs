using System;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits how a collection or dictionary is made of <c>items</c>, and gone through.</summary>
internal static class CollectionCode
{
    /// <summary>The expression that makes it.</summary>
    /// <param name="shape">The collection or dictionary.</param>
    /// <param name="arguments">Its type arguments.</param>
    public static string Construct(CollectionShape shape, string arguments)
    {
        var type = $"global::{shape.Made ?? shape.Type}";
        return shape.Making switch
        {
            Making.Read => "items",
            Making.Array or Making.Memory => "items.ToArray()",
            Making.Constructor => $"new {type}<{arguments}>(items)",
            Making.SeededConstructor => $"new {type}<{arguments}>(items, {Seeded(arguments)})",
            Making.KeptComparer => $"new {type}<{arguments}>(items, items.Comparer)",
            Making.Sorted => $"global::EnvelopeSdk.Binding.Collections.Sorted.{shape.Made}(items)",
            Making.Range => $"{type}.CreateRange(items)",
            Making.FrozenSet => $"{type}.ToFrozenSet(items, {Seeded(arguments)})",
            Making.FrozenDictionary => $"{type}.ToFrozenDictionary(items, items.Comparer)",
            Making.ArraySegment => $"new {type}<{arguments}>(items.ToArray())",
            Making.JsonArray => $"new {type}(items.ToArray())",
            Making.JsonObject => $"new {type}(items)",
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };
    }

    /// <summary>
    /// The expression of the comparer by which it finds an item or key by its hash code; null when it does not.
    /// </summary>
    public static string? HashComparer(CollectionShape shape, string key) => shape switch
    {
        { Making: Making.SeededConstructor or Making.FrozenSet } => Seeded(key),

        // Those that have an order of their own make it of the hash codes, which a seed would shuffle.
        { Name: "ImmutableHashSet" or "IImmutableSet" or "ImmutableDictionary" or "IImmutableDictionary" } =>
            $"global::System.Collections.Generic.EqualityComparer<{key}>.Default",
        _ => null,
    };

    /// <summary>The expression that is gone through, of <c>value</c>.</summary>
    public static string Items(CollectionShape shape) => shape.Making == Making.Memory ? "value.Span" : "value";

    /// <summary>
    /// The expression that says that <c>value</c> is no collection at all; null when it always is one.
    /// </summary>
    public static string? Missing(CollectionShape shape) => shape switch
    {
        { Making: Making.Memory } => null,
        { Making: Making.ArraySegment } => "value.Array is null",
        { Name: "ImmutableArray" } => "value.IsDefault",
        _ => "value is null",
    };

    private static string Seeded(string key) => $"global::EnvelopeSdk.Binding.Collections.Keys.Comparer<{key}>()";
}
