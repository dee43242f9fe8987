using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace EnvelopeSdk.Service;

/// <summary>Blocks of memory for sockets, of which there are only so many. One is made when none is free.</summary>
internal sealed class WideBlocks(int count)
{
    /// <summary>Bytes of a block.</summary>
    public const int Size = 1 << 16;

    private readonly ConcurrentQueue<Block> _free = new();
    private int _made;

    /// <returns>A block; null if all are in use.</returns>
    public IMemoryOwner<byte>? TryRent()
    {
        if (_free.TryDequeue(out var block))
        {
            return block;
        }

        if (Volatile.Read(ref _made) >= count)
        {
            return null; // without counting on
        }

        return Interlocked.Increment(ref _made) <= count ? new Block(this) : null;
    }

    private sealed class Block(WideBlocks pool) : IMemoryOwner<byte>
    {
        // Pinned, since the system writes into it while the collector may run.
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Size, pinned: true);

        public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(_bytes, 0, Size);

        public void Dispose() => pool._free.Enqueue(this);
    }
}
