using System.Buffers;
using Apache.Arrow.Memory;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// Memory that stays as long as something refers to it. Apache.Arrow 14 keeps a dictionary for the batches that follow,
/// and frees it with the first batch that has it.
/// </summary>
internal sealed class KeptMemory : MemoryAllocator
{
    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        bytesAllocated = length;
        return new Owner(new byte[length]);
    }

    private sealed class Owner(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        public void Dispose()
        {
            // whoever refers to it may go on
        }
    }
}
