using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// The memory of the batch that is looked at, and of the dictionaries that it has. Apache.Arrow 14 keeps a dictionary
/// for the batches that follow, and would free it with the first that has it: here a batch frees nothing. The memory of
/// one is that of the next: they are large and alike, and new memory for each would be hundreds of megabytes before
/// anybody collects it, or as many holes with the allocator of C.
/// </summary>
internal sealed class BatchMemory : MemoryAllocator, IDisposable
{
    private const int Little = 1 << 12; // what is much too large is wanted by others, and may be kept for long

    private HashSet<Block> _kept = [];
    private List<Block> _blocks = [];
    private List<byte[]> _spare = [];

    /// <summary>Keeps the dictionaries of a batch, which those that follow may have too, and no others.</summary>
    public void KeepDictionaries(RecordBatch rows) =>
        _kept = [.. rows.Arrays.SelectMany(one => DictionariesOf(one.Data)).SelectMany(BlocksOf)];

    /// <summary>Frees all but what is kept.</summary>
    public void Free()
    {
        _spare = [.. _blocks.Where(one => !_kept.Contains(one)).Select(one => one.Free())];
        _blocks = [.. _kept];
    }

    public void Dispose()
    {
        _kept = [];
        Free();
        _spare = [];
    }

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        bytesAllocated = length;
        var bytes = _spare.Where(one => one.Length >= length && one.Length - length <= length + Little)
            .MinBy(one => one.Length);
        if (bytes is not null)
        {
            _spare.Remove(bytes);
        }

        var block = new Block(bytes ?? GC.AllocateUninitializedArray<byte>(length), length);
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
    private sealed class Block(byte[] bytes, int length) : MemoryManager<byte>
    {
        private byte[]? _bytes = bytes;

        public byte[] Bytes => _bytes ?? throw new ObjectDisposedException(nameof(Block));

        public override Span<byte> GetSpan() => Bytes.AsSpan(0, length);

        public override MemoryHandle Pin(int elementIndex = 0) => Bytes.AsMemory(elementIndex).Pin();

        public override void Unpin()
        {
            // what is pinned is the array
        }

        /// <returns>What is free now.</returns>
        public byte[] Free()
        {
            var bytes = Bytes;
            _bytes = null;
            return bytes;
        }

        protected override void Dispose(bool disposing)
        {
            // a batch that is disposed has dictionaries of the next
        }
    }
}
