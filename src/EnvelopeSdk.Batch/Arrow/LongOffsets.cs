using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// Columns of large strings, bytes and lists ("Arrow Columnar Format", variable-size layouts): what others have, but
/// for offsets of 64 bits, which Apache.Arrow 14 has no types for. A batch of it is at most 2 GB: 32 are enough.
/// </summary>
/// <param name="IsLong">Whether the column itself has such offsets.</param>
/// <param name="Parts">What is in it, as the schema has it.</param>
internal sealed record LongOffsets(bool IsLong, IReadOnlyList<LongOffsets> Parts)
{
    /// <summary>Whether it or a part of it has such offsets.</summary>
    public bool AreThere => IsLong || Parts.Any(one => one.AreThere);

    /// <summary>Rows with offsets of 32 bits, with the values of those that are given.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">Their rows.</param>
    /// <param name="memory">What has the offsets.</param>
    /// <exception cref="OverflowException">An offset is none of a batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than the rows need.</exception>
    public static RecordBatch Shortened(
        IReadOnlyList<LongOffsets> columns, RecordBatch rows, MemoryAllocator memory) => new(
        rows.Schema,
        columns.Select((one, i) => ArrowArrayFactory.BuildArray(one.Shortened(rows.Column(i).Data, memory))),
        rows.Length);

    private ArrayData Shortened(ArrayData array, MemoryAllocator memory) => !AreThere ? array : new(
        array.DataType, array.Length, array.NullCount, array.Offset,
        IsLong && array.Dictionary is null ? WithShort(array.Buffers, array.Offset + array.Length, memory)
            : array.Buffers,
        array.Children?.Select((one, i) => Parts[i].Shortened(one, memory)),
        array.Dictionary is { } values ? Whole(Shortened(values, memory)) : null);

    /// <summary>
    /// A dictionary that was sent as a whole. What one grows by ("Arrow Columnar Format", dictionary messages, isDelta)
    /// Apache.Arrow puts behind it as if offsets had 32 bits: what comes of it fits into no array, or has nothing but
    /// empty values, of which a dictionary has one.
    /// </summary>
    /// <exception cref="InvalidDataException">It was not.</exception>
    private ArrayData Whole(ArrayData dictionary)
    {
        var hasMany = IsLong && dictionary.Length - dictionary.NullCount > 1;
        return !hasMany || MemoryMarshal.Cast<byte, int>(dictionary.Buffers[1].Span)[dictionary.Length] > 0 ? dictionary
            : throw new InvalidDataException(
                "A dictionary with long offsets has grown, or has several empty values: each batch needs a whole one.");
    }

    private static ArrowBuffer[] WithShort(ArrowBuffer[] buffers, int length, MemoryAllocator memory)
    {
        if (length == 0)
        {
            return [buffers[0], ArrowBuffer.Empty, .. buffers[2..]];
        }

        var shortened = memory.Allocate((length + 1) * sizeof(int)).Memory;
        var offsets = MemoryMarshal.Cast<byte, int>(shortened.Span);
        var all = MemoryMarshal.Cast<byte, long>(buffers[1].Span)[..offsets.Length];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = checked((int)all[i]);
        }

        return [buffers[0], new(shortened), .. buffers[2..]];
    }
}
