using System.Formats.Tar;
using System.Text;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>Files of which the length has no room in a POSIX header, in tars that have holes for their zeros.</summary>
public sealed class LargeEntryTests : IDisposable
{
    private const long EightGibibytes = 1L << 33;

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [ProgramsTheory("tar", "bsdtar", "python3")]
    [InlineData(EightGibibytes - 1)]
    [InlineData(EightGibibytes)]
    public async Task A_length_of_8_GiB_is_written_as_all_tools_read_it(long length)
    {
        var path = _directory.At("large.tar");
        await WriteAsync(path, length);

        Assert.Contains($" {length} ", await RunAsync("tar", "-tvf", path), StringComparison.Ordinal);
        Assert.Contains($" {length} ", await RunAsync("bsdtar", "-tvf", path), StringComparison.Ordinal);
        Assert.Contains($" {length} ", await RunAsync("python3", "-c", "import sys, tarfile; [print(\"\", one.size, \"\") for one in tarfile.open(sys.argv[1])]", path), StringComparison.Ordinal);
        await using var file = File.OpenRead(path);
        Assert.Equal(
            [("blobs/large", 512, length)], await new TarEntries(file).ReadAsync(CancellationToken.None).ToListAsync());
    }

    private static async Task WriteAsync(string path, long length)
    {
        await using var file = new FileStream(path, FileMode.CreateNew);
        await using var target = new HoledStream(file);
        await using var tar = new TarWriter(target, TarEntryFormat.Ustar);
        await tar.WriteEntryAsync(EnvelopeArchive.Entry("blobs/large", new ZeroStream(length)));
    }

    private static async Task<string> RunAsync(string program, params string[] arguments) =>
        Encoding.UTF8.GetString(await Programs.RunAsync(program, arguments));

    /// <summary>Makes holes where zeros are written, but at the end.</summary>
    private sealed class HoledStream(FileStream file) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (buffer.ContainsAnyExcept((byte)0))
            {
                file.Write(buffer);
            }
            else
            {
                file.Seek(buffer.Length, SeekOrigin.Current);
                file.SetLength(file.Position);
            }
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override void Flush() => file.Flush();
    }

    private sealed class ZeroStream(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = (int)Math.Min(buffer.Length, length - Position);
            buffer[..read].Clear();
            Position += read;
            return read;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        public override long Seek(long offset, SeekOrigin origin) => Position = offset;

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
