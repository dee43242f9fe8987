namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// A stream that knows the last bytes that were read of it. An Arrow stream ends with a mark ("Arrow Columnar Format",
/// IPC streaming format): one that ends without it was cut.
/// </summary>
/// <param name="inner">The stream.</param>
internal sealed class EndedStream(Stream inner) : Stream
{
    private static ReadOnlySpan<byte> Mark => [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

    private readonly byte[] _last = new byte[8];

    /// <summary>Whether what was read last is the mark.</summary>
    public bool IsAtMark => Mark.SequenceEqual(_last);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Keep(buffer, inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        return Keep(buffer.Span, count);
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Keep(ReadOnlySpan<byte> buffer, int count)
    {
        var taken = Math.Min(count, _last.Length);
        _last.AsSpan(taken).CopyTo(_last);
        buffer[(count - taken)..count].CopyTo(_last.AsSpan(_last.Length - taken));
        return count;
    }
}
