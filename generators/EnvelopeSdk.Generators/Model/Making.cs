namespace EnvelopeSdk.Generators.Model;

/// <summary>How a collection or dictionary is made of the list or dictionary of what was read.</summary>
internal enum Making
{
    /// <summary>It is that itself.</summary>
    Read,

    /// <summary>It is made of the array of the items.</summary>
    Array,

    /// <summary>By a constructor.</summary>
    Constructor,

    /// <summary>By a constructor that takes a seeded comparer too.</summary>
    SeededConstructor,

    /// <summary>By a constructor that takes the dictionary's comparer too.</summary>
    KeptComparer,

    /// <summary>In the order of the items or keys.</summary>
    Sorted,

    /// <summary>By <c>CreateRange</c>.</summary>
    Range,

    /// <summary>By <c>ToFrozenSet</c> with a seeded comparer.</summary>
    FrozenSet,

    /// <summary>By <c>ToFrozenDictionary</c> with the dictionary's comparer.</summary>
    FrozenDictionary,

    /// <summary>A part of an array.</summary>
    ArraySegment,

    /// <summary>Memory, which is gone through as a span.</summary>
    Memory,

    /// <summary>A <c>JsonArray</c>.</summary>
    JsonArray,

    /// <summary>A <c>JsonObject</c>.</summary>
    JsonObject,
}
