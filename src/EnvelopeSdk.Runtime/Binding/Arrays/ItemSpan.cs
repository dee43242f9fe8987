using System.ComponentModel;

namespace EnvelopeSdk.Binding.Arrays;

/// <summary>Gives the items of a tensor or list where they lie, without copying them.</summary>
/// <typeparam name="TOwner">The type that holds them.</typeparam>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="owner">What holds them.</param>
/// <returns>All of them, row after row.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ReadOnlySpan<T> ItemSpan<TOwner, T>(TOwner owner);
