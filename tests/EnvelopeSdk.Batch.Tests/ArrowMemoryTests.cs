using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using EnvelopeSdk.Batch.Arrow;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Memory of Arrow batches: none is read that is another's, and none is held that another needs.</summary>
public sealed class ArrowMemoryTests
{
    private static readonly ArrowBuffer Byte = new(new byte[] { 1 });
    private static readonly ArrayData OneWord = new(StringType.Default, 1, 0, 0, [ArrowBuffer.Empty, Of<int>(0, 1), Byte]);
    private static readonly DictionaryType Words = new(Int32Type.Default, StringType.Default, false);

    public static TheoryData<string> Short => ["flags", "places", "structure", "map", "halves", "times"];

    [Theory]
    [MemberData(nameof(Short))]
    public void An_array_that_is_longer_than_its_buffers_or_parts_is_refused_before_memory_is_taken_for_it(string name)
    {
        var number = new ArrayData(Int32Type.Default, 1, 0, 0, [ArrowBuffer.Empty, Of(7)]);
        var pairs = new StructType([new Field("key", StringType.Default, false), new Field("value", Int32Type.Default, true)]);
        var array = name switch
        {
            "flags" => new ArrayData(BooleanType.Default, int.MaxValue - 100, 0, 0, [ArrowBuffer.Empty, Byte]),
            "places" => new ArrayData(Words, 500_000_000, 0, 0, [ArrowBuffer.Empty, Of(0)], null, OneWord),
            "halves" => new ArrayData(HalfFloatType.Default, 500_000_000, 0, 0, [ArrowBuffer.Empty, Byte]),
            "times" => new ArrayData(Time32Type.Default, 250_000_000, 0, 0, [ArrowBuffer.Empty, Of(0)]),
            "structure" => new ArrayData(new StructType([new Field("a", Int32Type.Default, true)]), 2, 0, 0, [ArrowBuffer.Empty], [number]),
            _ => new ArrayData(
                new MapType(pairs.Fields[0], pairs.Fields[1]), 1, 0, 0, [ArrowBuffer.Empty, Of(0, 2)],
                [new ArrayData(pairs, 2, 0, 0, [ArrowBuffer.Empty], [OneWord, number])]),
        };

        var type = ArrowTypes.Of(array.DataType);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => ArrowVector.Of(array, type));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void An_array_that_is_as_long_is_read()
    {
        var number = new ArrayData(Int32Type.Default, 2, 0, 0, [ArrowBuffer.Empty, Of(7, 8)]);
        var array = new ArrayData(new StructType([new Field("a", Int32Type.Default, true)]), 2, 0, 0, [ArrowBuffer.Empty], [number]);

        using var vector = ArrowVector.Of(array, ArrowTypes.Of(array.DataType));

        Assert.Equal([7, 8], Enumerable.Range(0, 2).Select(vector.Parts[0].Read<int>));
    }

    [Fact]
    public void A_dictionary_does_not_take_the_memory_of_a_batch()
    {
        const byte mark = 0xA5;
        using var memory = new BatchMemory();
        memory.Allocate(1 << 20).Memory.Span.Fill(mark);
        memory.Free();

        var small = memory.Allocate(100);
        var large = memory.Allocate((1 << 20) - 100);

        Assert.True(small.Memory.Span.ContainsAnyExcept(mark));
        Assert.False(large.Memory.Span.ContainsAnyExcept(mark)); // the next batch does
    }

    [Theory]
    [InlineData(true, 0, new long[] { 0, 1, 3 }), InlineData(true, 0, new long[] { 0, 0, 1 }), InlineData(true, 0, new long[] { 0, 0 })]
    [InlineData(true, 1, new long[] { 0, 0, 0 }), InlineData(false, 0, new long[] { 0, 0, 0 }), InlineData(false, 1, new long[] { 0, 0, 0, 0 })]
    public void A_dictionary_with_long_offsets_that_was_put_together_as_one_with_usual_ones_is_refused(bool isWhole, int nulls, long[] offsets)
    {
        using var memory = new BatchMemory();
        var words = new ArrayData(StringType.Default, offsets.Length - 1, nulls, 0, [Byte, Of(offsets), new("abc"u8.ToArray())]);
        var column = ArrowArrayFactory.BuildArray(new ArrayData(Words, 1, 0, 0, [ArrowBuffer.Empty, Of(0)], null, words));
        var rows = new RecordBatch(new Apache.Arrow.Schema([new Field("word", Words, true)], null), [column], 1);

        if (isWhole)
        {
            var shortened = LongOffsets.Shortened([new(true, [])], rows, memory).Column(0).Data.Dictionary;
            Assert.Equal(offsets, MemoryMarshal.Cast<byte, int>(shortened.Buffers[1].Span)[..offsets.Length].ToArray().Select(one => (long)one));
        }
        else
        {
            Assert.Throws<InvalidDataException>(() => LongOffsets.Shortened([new(true, [])], rows, memory));
        }
    }

    private static ArrowBuffer Of<T>(params T[] values)
        where T : unmanaged => new(MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}
