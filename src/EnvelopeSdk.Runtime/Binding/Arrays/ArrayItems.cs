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
    public Span<byte> At(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, Length);
        return MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref First, (nint)offset), count);
    }

    protected abstract ref byte First { get; }
}

/// <summary>Those of an array of any rank, row after row.</summary>
internal sealed class ItemsOfArray<T>(Array array) : ArrayItems(array.LongLength * Unsafe.SizeOf<T>())
    where T : unmanaged
{
    protected override ref byte First => ref MemoryMarshal.GetArrayDataReference(array);
}

/// <summary>Those of what gives them as a span.</summary>
internal sealed class ItemsOfSpan<TOwner, T>(TOwner owner, ItemSpan<TOwner, T> items)
    : ArrayItems((long)items(owner).Length * Unsafe.SizeOf<T>())
    where T : unmanaged
{
    protected override ref byte First => ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(items(owner)));
}
