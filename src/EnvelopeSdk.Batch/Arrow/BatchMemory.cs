using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// The memory of the batch that is looked at, and of the dictionaries that it has. Apache.Arrow 14 keeps a dictionary
/// for the batches that follow, and would free it with the first that has it: here a batch frees nothing.
/// </summary>
internal sealed class BatchMemory : MemoryAllocator, IDisposable
{
    private HashSet<Block> _kept = [];
    private List<Block> _blocks = [];

    /// <summary>Keeps the dictionaries of a batch, which those that follow may have too, and no others.</summary>
    public void KeepDictionaries(RecordBatch rows) =>
        _kept = [.. rows.Arrays.SelectMany(one => DictionariesOf(one.Data)).SelectMany(BlocksOf)];

    /// <summary>Frees all but what is kept.</summary>
    public void Free()
    {
        foreach (var block in _blocks.Where(one => !_kept.Contains(one)))
        {
            block.Free();
        }

        _blocks = [.. _kept];
    }

    public void Dispose()
    {
        _kept = [];
        Free();
    }

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        bytesAllocated = length;
        var block = new Block(length);
        _blocks.Add(block);
        return block;
    }

    private static IEnumerable<ArrayData> DictionariesOf(ArrayData array) =>
        (array.Dictionary is { } values ? [values] : Enumerable.Empty<ArrayData>())
            .Concat((array.Children ?? []).SelectMany(DictionariesOf));

    private static IEnumerable<Block> BlocksOf(ArrayData array) =>
        array.Buffers.Select(BlockOf).OfType<Block>().Concat((array.Children ?? []).SelectMany(BlocksOf))
            .Concat(array.Dictionary is { } values ? BlocksOf(values) : []);

    private static Block? BlockOf(ArrowBuffer buffer) =>
        MemoryMarshal.TryGetMemoryManager<byte, Block>(buffer.Memory, out var block) ? block : null;

    /// <summary>Memory that is freed when it is said, and not by those that have a part of it.</summary>
    private sealed unsafe class Block(int length) : MemoryManager<byte>
    {
        private void* _bytes = NativeMemory.AlignedAlloc((nuint)Math.Max(length, 1), 64);

        public override Span<byte> GetSpan() =>
            _bytes is not null ? new(_bytes, length) : throw new ObjectDisposedException(nameof(Block));

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            ObjectDisposedException.ThrowIf(_bytes is null, this);
            return new((byte*)_bytes + elementIndex, pinnable: this);
        }

        public override void Unpin()
        {
            // it never moves
        }

        public void Free()
        {
            NativeMemory.AlignedFree(_bytes);
            _bytes = null;
        }

        protected override void Dispose(bool disposing)
        {
            // a batch that is disposed has dictionaries of the next
        }
    }
}
