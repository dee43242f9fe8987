using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EnvelopeSdk.Binding.Arrays;

/// <summary>The items of an array, list or tensor, seen as the bytes that they are where they lie.</summary>
/// <param name="length">In bytes.</param>
internal abstract class ArrayItems(long length)
{
    /// <summary>In bytes; it may be more than a span can have.</summary>
    public long Length { get; } = length;

    /// <summary>Bytes from an offset on. The collector may move them as soon as the span is gone.</summary>
    /// <exception cref="InvalidOperationException">There are not as many items any more as there were.</exception>
    public Span<byte> At(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, Length);
        return MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref First, (nint)offset), count);
    }

    /// <summary>The first of <see cref="Length"/> bytes.</summary>
    protected abstract ref byte First { get; }

    /// <summary>The first byte of an array of any rank.</summary>
    /// <typeparam name="T">The type of its items, of which its length in bytes is reckoned.</typeparam>
    /// <exception cref="ArrayTypeMismatchException">It is another one.</exception>
    public static ref byte FirstOf<T>(Array array)
    {
        if (array.GetType().GetElementType() != typeof(T))
        {
            throw new ArrayTypeMismatchException($"A {array.GetType()} has no items of {typeof(T)}.");
        }

        return ref MemoryMarshal.GetArrayDataReference(array);
    }
}

/// <summary>Those of an array of any rank, row after row.</summary>
internal sealed class ItemsOfArray<T>(Array array) : ArrayItems(array.LongLength * Unsafe.SizeOf<T>())
    where T : unmanaged
{
    protected override ref byte First => ref FirstOf<T>(array);
}

/// <summary>Those of what gives them as a span, each time anew: a list may have others by then.</summary>
internal sealed class ItemsOfSpan<TOwner, T>(TOwner owner, ItemSpan<TOwner, T> items)
    : ArrayItems((long)items(owner).Length * Unsafe.SizeOf<T>())
    where T : unmanaged
{
    protected override ref byte First
    {
        get
        {
            var now = items(owner);
            if ((long)now.Length * Unsafe.SizeOf<T>() != Length)
            {
                throw new InvalidOperationException(
                    $"A {typeof(TOwner)} of the model's state was changed while it was saved. Save when it is done.");
            }

            return ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(now));
        }
    }
}
