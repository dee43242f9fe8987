using System;
using System.Collections.Generic;
using System.Linq;

namespace EnvelopeSdk.Generators.Model;

/// <summary>How generated code makes a collection of a list of items, or a dictionary of another, and goes through it.</summary>
/// <param name="Type">The full name of the C# type, without type arguments.</param>
/// <param name="Name">A part of the names of generated methods.</param>
/// <param name="Construct">The expression that makes it of <c>items</c>; <c>{T}</c> stands for the type arguments.</param>
/// <param name="Items">The expression that is gone through, of <c>value</c>.</param>
/// <param name="Missing">The expression that says that <c>value</c> is no collection at all; null when it always is one.</param>
internal sealed record CollectionShape(string Type, string Name, string Construct, string Items = "value", string? Missing = "value is null")
{
    private const string Generic = "System.Collections.Generic.";
    private const string Immutable = "System.Collections.Immutable.";
    private const string Seeded = "global::EnvelopeSdk.Binding.Collections.Keys.Comparer<{T}>()";

    // Those that have an order of their own make it of the hash codes, which a seed would shuffle.
    private const string Usual = "global::System.Collections.Generic.EqualityComparer<{T}>.Default";

    /// <summary>The expression of the comparer by which it finds an item or key by its hash code; null when it does not.</summary>
    public string? HashComparer { get; init; }

    public static readonly CollectionShape Array = new("", "Array", "items.ToArray()");
    public static readonly CollectionShape List = new(Generic + "List", "List", "items");

    public static readonly CollectionShape JsonArray = new("System.Text.Json.Nodes.JsonArray", "JsonArray", "new global::System.Text.Json.Nodes.JsonArray(items.ToArray())");
    public static readonly CollectionShape JsonObject = new("System.Text.Json.Nodes.JsonObject", "JsonObject", "new global::System.Text.Json.Nodes.JsonObject(items)");

    private static readonly Dictionary<string, CollectionShape> Lists = new CollectionShape[]
    {
        List,
        new(Generic + "IList", "IList", "items"),
        new(Generic + "ICollection", "ICollection", "items"),
        new(Generic + "IEnumerable", "IEnumerable", "items"),
        new(Generic + "IReadOnlyList", "IReadOnlyList", "items"),
        new(Generic + "IReadOnlyCollection", "IReadOnlyCollection", "items"),
        new(Generic + "HashSet", "HashSet", Keyed(Generic + "HashSet")) { HashComparer = Seeded },
        new(Generic + "ISet", "ISet", Keyed(Generic + "HashSet")) { HashComparer = Seeded },
        new(Generic + "IReadOnlySet", "IReadOnlySet", Keyed(Generic + "HashSet")) { HashComparer = Seeded },
        new(Generic + "SortedSet", "SortedSet", Sorted("Set")),
        new(Generic + "Queue", "Queue", Made(Generic + "Queue")),
        new(Generic + "LinkedList", "LinkedList", Made(Generic + "LinkedList")),
        new("System.Collections.ObjectModel.Collection", "Collection", Made("System.Collections.ObjectModel.Collection")),
        new("System.Collections.ObjectModel.ReadOnlyCollection", "ReadOnlyCollection", Made("System.Collections.ObjectModel.ReadOnlyCollection")),
        new("System.Collections.ObjectModel.ObservableCollection", "ObservableCollection", Made("System.Collections.ObjectModel.ObservableCollection")),
        new("System.Collections.Concurrent.ConcurrentQueue", "ConcurrentQueue", Made("System.Collections.Concurrent.ConcurrentQueue")),
        new("System.Collections.Frozen.FrozenSet", "FrozenSet", $"global::System.Collections.Frozen.FrozenSet.ToFrozenSet(items, {Seeded})") { HashComparer = Seeded },
        new("System.ArraySegment", "ArraySegment", "new global::System.ArraySegment<{T}>(items.ToArray())", Missing: "value.Array is null"),
        new(Immutable + "ImmutableArray", "ImmutableArray", Range("ImmutableArray"), Missing: "value.IsDefault"),
        new(Immutable + "ImmutableList", "ImmutableList", Range("ImmutableList")),
        new(Immutable + "IImmutableList", "IImmutableList", Range("ImmutableList")),
        new(Immutable + "ImmutableHashSet", "ImmutableHashSet", Range("ImmutableHashSet")) { HashComparer = Usual },
        new(Immutable + "IImmutableSet", "IImmutableSet", Range("ImmutableHashSet")) { HashComparer = Usual },
        new(Immutable + "ImmutableSortedSet", "ImmutableSortedSet", Sorted("ImmutableSet")),
        new(Immutable + "ImmutableQueue", "ImmutableQueue", Range("ImmutableQueue")),
        new(Immutable + "IImmutableQueue", "IImmutableQueue", Range("ImmutableQueue")),
        new("System.ReadOnlyMemory", "ReadOnlyMemory", "items.ToArray()", "value.Span", null),
        new("System.Memory", "Memory", "items.ToArray()", "value.Span", null),
    }.ToDictionary(shape => shape.Type, StringComparer.Ordinal);

    private static readonly Dictionary<string, CollectionShape> Dictionaries = new CollectionShape[]
    {
        new(Generic + "Dictionary", "Dictionary", "items"),
        new(Generic + "IDictionary", "IDictionary", "items"),
        new(Generic + "IReadOnlyDictionary", "IReadOnlyDictionary", "items"),
        new(Generic + "SortedDictionary", "SortedDictionary", Sorted("Dictionary")),
        new(Generic + "SortedList", "SortedList", Sorted("List")),
        new("System.Collections.ObjectModel.ReadOnlyDictionary", "ReadOnlyDictionary", Made("System.Collections.ObjectModel.ReadOnlyDictionary")),
        new("System.Collections.Concurrent.ConcurrentDictionary", "ConcurrentDictionary", "new global::System.Collections.Concurrent.ConcurrentDictionary<{T}>(items, items.Comparer)"),
        new("System.Collections.Frozen.FrozenDictionary", "FrozenDictionary", "global::System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(items, items.Comparer)"),
        new(Immutable + "ImmutableDictionary", "ImmutableDictionary", Range("ImmutableDictionary")) { HashComparer = Usual },
        new(Immutable + "IImmutableDictionary", "IImmutableDictionary", Range("ImmutableDictionary")) { HashComparer = Usual },
        new(Immutable + "ImmutableSortedDictionary", "ImmutableSortedDictionary", Sorted("ImmutableDictionary")),
    }.ToDictionary(shape => shape.Type, StringComparer.Ordinal);

    /// <summary>The collection with that full name.</summary>
    public static CollectionShape? Collection(string type) => Lists.TryGetValue(type, out var shape) ? shape : null;

    /// <summary>The dictionary with that full name.</summary>
    public static CollectionShape? Map(string type) => Dictionaries.TryGetValue(type, out var shape) ? shape : null;

    /// <summary>Whether it is the name of one of them in generated code.</summary>
    public static bool IsName(string name) => Lists.Values.Concat(Dictionaries.Values).Concat([Array, JsonArray, JsonObject]).Any(shape => shape.Name == name) || name == TensorShape.Tensor.Name;

    private static string Made(string type) => $"new global::{type}<{{T}}>(items)";

    private static string Keyed(string type) => $"new global::{type}<{{T}}>(items, {Seeded})";

    private static string Sorted(string kind) => $"global::EnvelopeSdk.Binding.Collections.Sorted.{kind}(items)";

    private static string Range(string type) => $"global::{Immutable}{type}.CreateRange(items)";
}
