namespace EnvelopeSdk.Binding.Arrays;

/// <summary>An array of a model's state that is stored in binary form. Its items are not copied for that.</summary>
/// <param name="Value">What the model's constructor was given: the array, list, tensor or rows.</param>
/// <param name="Kind">The type of the items, as <see cref="ArrayKind"/> names it.</param>
/// <param name="Shape">The length of each dimension, the outermost first.</param>
/// <param name="Parts">The items one after the other, in one piece or a piece for each row.</param>
internal sealed record StoredArray(object Value, string Kind, IReadOnlyList<long> Shape, IEnumerable<ArrayItems> Parts)
{
    /// <summary>In bytes.</summary>
    public required long Length { get; init; }

    public static StoredArray Of<T>(Array array)
        where T : unmanaged =>
        Of<T>(array, [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)], new ItemsOfArray<T>(array));

    public static StoredArray Of<T>(object value, IReadOnlyList<long> shape, ArrayItems items) =>
        new(value, ArrayKind.Of<T>(), shape, [items]) { Length = items.Length };
}
