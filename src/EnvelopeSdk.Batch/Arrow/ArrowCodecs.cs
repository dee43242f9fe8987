using Apache.Arrow.Ipc;
using K4os.Compression.LZ4.Streams;
using ZstdSharp;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// How buffers of record batches are compressed ("Arrow Columnar Format", compression). The package that Apache.Arrow
/// has for it needs a newer one than 14.
/// </summary>
internal sealed class ArrowCodecs : ICompressionCodecFactory
{
    public ICompressionCodec CreateCodec(CompressionCodecType compressionCodecType) => compressionCodecType switch
    {
        CompressionCodecType.Lz4Frame => new Lz4(),
        CompressionCodecType.Zstd => new Zstd(),
        _ => throw new InvalidDataException("It is compressed in an unknown way. LZ4 and Zstandard are read."),
    };

    private sealed class Lz4 : ICompressionCodec
    {
        public int Decompress(ReadOnlyMemory<byte> source, Memory<byte> destination)
        {
            using var frame = LZ4Frame.Decode(source);
            return frame.ReadManyBytes(destination.Span);
        }

        public void Dispose()
        {
        }
    }

    private sealed class Zstd : ICompressionCodec
    {
        private readonly Decompressor _decompressor = new();

        public int Decompress(ReadOnlyMemory<byte> source, Memory<byte> destination) =>
            _decompressor.Unwrap(source.Span, destination.Span);

        public void Dispose() => _decompressor.Dispose();
    }
}
