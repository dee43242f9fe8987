using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EnvelopeSdk.Binding.Collections;

/// <summary>
/// Compares the keys of the dictionaries and sets that generated code makes of what a caller sends. The hash codes of
/// integers and UUIDs are known to everybody: a caller could send keys that all have the same one, of which each is
/// then compared with all before it. These have a seed of the process in them, as those of strings have.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Keys
{
    /// <summary>The types, but for enums, whose values are equal when their bits are: of 1, 2, 4, 8 or 16 bytes.</summary>
    private static readonly HashSet<Type> Bitwise =
    [
        typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(Int128), typeof(UInt128), typeof(char), typeof(Guid), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    ];

    /// <summary>The comparer for keys of a type.</summary>
    public static IEqualityComparer<T> Comparer<T>() => Chosen<T>.Comparer;

    private static class Chosen<T>
    {
        public static readonly IEqualityComparer<T> Comparer =
            typeof(T).IsEnum || Bitwise.Contains(typeof(T)) ? Seeded<T>.Instance : EqualityComparer<T>.Default;
    }

    private sealed class Seeded<T> : IEqualityComparer<T>
    {
        public static readonly Seeded<T> Instance = new();

        public bool Equals(T? x, T? y) => EqualityComparer<T>.Default.Equals(x, y);

        // Not of the hash code of the value: values that have the same one would still have the same one.
        public int GetHashCode([DisallowNull] T obj) => Unsafe.SizeOf<T>() switch
        {
            sizeof(byte) => HashCode.Combine(Unsafe.As<T, byte>(ref obj)),
            sizeof(ushort) => HashCode.Combine(Unsafe.As<T, ushort>(ref obj)),
            sizeof(int) => HashCode.Combine(Unsafe.As<T, int>(ref obj)), // for each another one

            // HashCode would mix more bits word by word, and whatever its seed is, a second word can be chosen that
            // undoes what the first one did. The hash of strings is made to withstand that.
            _ => string.GetHashCode(MemoryMarshal.CreateReadOnlySpan(
                ref Unsafe.As<T, char>(ref obj), Unsafe.SizeOf<T>() / sizeof(char))),
        };
    }
}
