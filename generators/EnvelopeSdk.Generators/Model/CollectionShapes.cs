using System;
using System.Collections.Generic;
using System.Linq;

namespace EnvelopeSdk.Generators.Model;

/// <summary>The collections and dictionaries of .NET that JSON has a form for.</summary>
internal static class CollectionShapes
{
    private const string Generic = "System.Collections.Generic.";
    private const string Immutable = "System.Collections.Immutable.";
    private const string Model = "System.Collections.ObjectModel.";
    private const string Concurrent = "System.Collections.Concurrent.";
    private const string Frozen = "System.Collections.Frozen.";

    private static readonly CollectionShape[] Lists =
    [
        CollectionShape.List,
        new(Generic + "IList", "IList"),
        new(Generic + "ICollection", "ICollection"),
        new(Generic + "IEnumerable", "IEnumerable"),
        new(Generic + "IReadOnlyList", "IReadOnlyList"),
        new(Generic + "IReadOnlyCollection", "IReadOnlyCollection"),
        new(Generic + "HashSet", "HashSet", Making.SeededConstructor),
        new(Generic + "ISet", "ISet", Making.SeededConstructor, Generic + "HashSet"),
        new(Generic + "IReadOnlySet", "IReadOnlySet", Making.SeededConstructor, Generic + "HashSet"),
        new(Generic + "SortedSet", "SortedSet", Making.Sorted, "Set"),
        new(Generic + "Queue", "Queue", Making.Constructor),
        new(Generic + "LinkedList", "LinkedList", Making.Constructor),
        new(Model + "Collection", "Collection", Making.Constructor),
        new(Model + "ReadOnlyCollection", "ReadOnlyCollection", Making.Constructor),
        new(Model + "ObservableCollection", "ObservableCollection", Making.Constructor),
        new(Concurrent + "ConcurrentQueue", "ConcurrentQueue", Making.Constructor),
        new(Frozen + "FrozenSet", "FrozenSet", Making.FrozenSet),
        new("System.ArraySegment", "ArraySegment", Making.ArraySegment),
        new(Immutable + "ImmutableArray", "ImmutableArray", Making.Range),
        new(Immutable + "ImmutableList", "ImmutableList", Making.Range),
        new(Immutable + "IImmutableList", "IImmutableList", Making.Range, Immutable + "ImmutableList"),
        new(Immutable + "ImmutableHashSet", "ImmutableHashSet", Making.Range),
        new(Immutable + "IImmutableSet", "IImmutableSet", Making.Range, Immutable + "ImmutableHashSet"),
        new(Immutable + "ImmutableSortedSet", "ImmutableSortedSet", Making.Sorted, "ImmutableSet"),
        new(Immutable + "ImmutableQueue", "ImmutableQueue", Making.Range),
        new(Immutable + "IImmutableQueue", "IImmutableQueue", Making.Range, Immutable + "ImmutableQueue"),
        new("System.ReadOnlyMemory", "ReadOnlyMemory", Making.Memory),
        new("System.Memory", "Memory", Making.Memory),
    ];

    private static readonly CollectionShape[] Maps =
    [
        new(Generic + "Dictionary", "Dictionary"),
        new(Generic + "IDictionary", "IDictionary"),
        new(Generic + "IReadOnlyDictionary", "IReadOnlyDictionary"),
        new(Generic + "SortedDictionary", "SortedDictionary", Making.Sorted, "Dictionary"),
        new(Generic + "SortedList", "SortedList", Making.Sorted, "List"),
        new(Model + "ReadOnlyDictionary", "ReadOnlyDictionary", Making.Constructor),
        new(Concurrent + "ConcurrentDictionary", "ConcurrentDictionary", Making.KeptComparer),
        new(Frozen + "FrozenDictionary", "FrozenDictionary", Making.FrozenDictionary),
        new(Immutable + "ImmutableDictionary", "ImmutableDictionary", Making.Range),
        new(
            Immutable + "IImmutableDictionary", "IImmutableDictionary",
            Making.Range, Immutable + "ImmutableDictionary"),
        new(Immutable + "ImmutableSortedDictionary", "ImmutableSortedDictionary", Making.Sorted, "ImmutableDictionary"),
    ];

    private static readonly Dictionary<string, CollectionShape> ListsByType =
        Lists.ToDictionary(shape => shape.Type, StringComparer.Ordinal);

    private static readonly Dictionary<string, CollectionShape> MapsByType =
        Maps.ToDictionary(shape => shape.Type, StringComparer.Ordinal);

    /// <summary>The collection with that full name.</summary>
    public static CollectionShape? Collection(string type) =>
        ListsByType.TryGetValue(type, out var shape) ? shape : null;

    /// <summary>The dictionary with that full name.</summary>
    public static CollectionShape? Map(string type) => MapsByType.TryGetValue(type, out var shape) ? shape : null;

    /// <summary>Whether it is the name of one of them in generated code.</summary>
    public static bool IsName(string name) =>
        Lists.Concat(Maps).Concat([CollectionShape.Array, CollectionShape.JsonArray, CollectionShape.JsonObject])
            .Any(shape => shape.Name == name)
        || name == TensorShape.Tensor.Name;
}
