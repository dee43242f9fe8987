using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace EnvelopeSdk.Batch.Parquet;

/// <summary>Bytes of a file, by their place.</summary>
internal static class FileBytes
{
    private const int Block = 1 << 20;

    /// <summary>Some of them.</summary>
    /// <exception cref="InvalidDataException">It has fewer.</exception>
    public static byte[] Read(SafeFileHandle file, long begin, int count)
    {
        var bytes = new byte[count];
        ReadWhole(file, begin, bytes);
        return bytes;
    }

    /// <summary>Copies some of them.</summary>
    /// <exception cref="InvalidDataException">It has fewer.</exception>
    public static void Copy(SafeFileHandle file, long begin, long count, Stream to)
    {
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            for (var end = begin + count; begin < end;)
            {
                var next = block.AsSpan(0, (int)Math.Min(block.Length, end - begin));
                ReadWhole(file, begin, next);
                to.Write(next);
                begin += next.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static void ReadWhole(SafeFileHandle file, long begin, Span<byte> bytes)
    {
        for (var read = 0; read < bytes.Length;)
        {
            var more = begin < 0 ? 0 : RandomAccess.Read(file, bytes[read..], begin + read);
            read += more > 0 ? more : throw new InvalidDataException("It ends too early.");
        }
    }
}
