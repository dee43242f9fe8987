using CsCheck;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

public sealed class FileSliceTests : IDisposable
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 7))];

    private readonly TempDirectory _directory = new();

    public FileSliceTests() => File.WriteAllBytes(_directory.At("file"), Bytes);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void It_is_read_and_sought_like_a_stream_of_its_bytes() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300], Gen.Select(Gen.Int[0, 5], Gen.Int[-20, 320]).Array[0, 30]).Sample(
            (one, other, steps) =>
            {
                var (start, length) = (Math.Min(one, other), Math.Abs(one - other));
                using var slice = new FileSlice(File.OpenRead(_directory.At("file")), start, length);
                using var model = new MemoryStream(Bytes, start, length, writable: false);
                foreach (var (kind, number) in steps)
                {
                    Assert.Equal(Do(model, kind, number), Do(slice, kind, number));
                    Assert.Equal((model.Position, model.Length), (slice.Position, slice.Length));
                }
            },
            iter: 300);

    [Fact]
    public async Task The_whole_of_it_is_copied()
    {
        await using var slice = new FileSlice(File.OpenRead(_directory.At("file")), 10, 200);
        using var copy = new MemoryStream();
        await slice.CopyToAsync(copy);

        Assert.Equal(Bytes.AsSpan(10, 200).ToArray(), copy.ToArray());
    }

    [Fact]
    public void It_is_only_read_and_closes_its_file()
    {
        var file = File.OpenRead(_directory.At("file"));
        var slice = new FileSlice(file, 0, 10);
        Assert.Equal((true, true, false), (slice.CanRead, slice.CanSeek, slice.CanWrite));
        Assert.Throws<NotSupportedException>(() => slice.Write([1], 0, 1));
        Assert.Throws<NotSupportedException>(() => slice.SetLength(1));

        slice.Dispose();
        Assert.False(file.CanRead);
    }

    /// <returns>What is read, or where it is now; null for what is refused.</returns>
    private static byte[]? Do(Stream stream, int kind, int number)
    {
        var buffer = new byte[Math.Abs(number)];
        try
        {
            switch (kind)
            {
                case 0:
                    return buffer[..stream.Read(buffer, 0, buffer.Length)];
                case 1:
                    return buffer[..stream.ReadAsync(buffer).AsTask().GetAwaiter().GetResult()];
                case 2:
                    return [(byte)stream.ReadByte()];
                case 3:
                    stream.Position = number;
                    return [];
                default:
                    return BitConverter.GetBytes(stream.Seek(number, kind == 4 ? SeekOrigin.Current : SeekOrigin.End));
            }
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            return null;
        }
    }
}
