namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// A stream that knows the last bytes that were read of it. An Arrow stream ends with a mark ("Arrow Columnar Format",
/// IPC streaming format): one that ends without it was cut.
/// </summary>
/// <param name="inner">The stream.</param>
/// <param name="begun">What was read of it before, and is read again.</param>
internal sealed class EndedStream(Stream inner, ReadOnlyMemory<byte> begun) : Stream
{
    private static ReadOnlySpan<byte> Mark => [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

    private readonly byte[] _last = new byte[8];
    private ReadOnlyMemory<byte> _begun = begun;
    private bool _isAtEnd;

    /// <summary>
    /// Whether what was read last is the mark. Who has read it asks for no more; who has found the end of what there is
    /// may have values before it that are as the mark.
    /// </summary>
    public bool IsAtMark => !_isAtEnd && Mark.SequenceEqual(_last);

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

    public override int Read(Span<byte> buffer) =>
        Keep(buffer, _begun.IsEmpty ? inner.Read(buffer) : ReadBegun(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = _begun.IsEmpty ? await inner.ReadAsync(buffer, cancellationToken) : ReadBegun(buffer.Span);
        return Keep(buffer.Span, count);
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int ReadBegun(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _begun.Length);
        _begun.Span[..count].CopyTo(buffer);
        _begun = _begun[count..];
        return count;
    }

    private int Keep(ReadOnlySpan<byte> buffer, int count)
    {
        _isAtEnd = count == 0 && buffer.Length > 0;
        var taken = Math.Min(count, _last.Length);
        _last.AsSpan(taken).CopyTo(_last);
        buffer[(count - taken)..count].CopyTo(_last.AsSpan(_last.Length - taken));
        return count;
    }
}
