using System.Net;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// Content as it comes from a registry. When the connection breaks, it is asked for from there on, so that nobody who
/// reads it notices.
/// </summary>
/// <param name="channel">Where it comes from.</param>
/// <param name="asked">What is asked for, for people.</param>
/// <param name="answer">The first answer, a success.</param>
/// <param name="request">Asks for the content from an offset on.</param>
internal sealed class ResumingStream(
    RegistryChannel channel, string asked, HttpResponseMessage answer, Func<long, HttpRequestMessage> request) : Stream
{
    private readonly Patience _patience = new(channel.Registry, channel.Options, asked);
    private HttpResponseMessage? _answer = answer;
    private Stream? _body;
    private long _position;

    public override bool CanRead => _answer is not null;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var body = _body ??= await OpenAsync(cancellationToken);
                var read = await ReadWatchedAsync(body, buffer, cancellationToken);
                _position += read;
                _patience.Progress();
                return read;
            }
            catch (Exception failure) when (RegistryChannel.IsTransient(failure, cancellationToken))
            {
                Drop();
                await _patience.WaitAsync(failure, cancellationToken);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Drop();
        }

        base.Dispose(disposing);
    }

    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        if (_answer is null)
        {
            _answer = await channel.SendOnceAsync(() => request(_position), asked, cancellationToken);
            if (!_answer.IsSuccessStatusCode)
            {
                throw await RegistryFailure.OfAsync(channel.Registry, asked, _answer, cancellationToken);
            }
        }

        var body = await _answer.Content.ReadAsStreamAsync(cancellationToken);
        var isPart = _answer.StatusCode == HttpStatusCode.PartialContent;
        var start = isPart ? _answer.Content.Headers.ContentRange?.From ?? 0 : 0;
        return start <= _position
            ? await SkippedAsync(body, _position - start, cancellationToken)
            : throw RegistryFailure.Damaged(
                channel.Registry, asked, $"it gave the bytes from {start} on, not {_position}");
    }

    /// <summary>A registry that knows no ranges gives all of it again.</summary>
    private async Task<Stream> SkippedAsync(Stream body, long count, CancellationToken cancellationToken)
    {
        var buffer = new byte[count == 0 ? 0 : 64 << 10];
        while (count > 0)
        {
            var wanted = buffer.AsMemory(0, (int)Math.Min(count, buffer.Length));
            var read = await ReadWatchedAsync(body, wanted, cancellationToken);
            count -= read > 0 ? read : throw new EndOfStreamException();
        }

        return body;
    }

    private async ValueTask<int> ReadWatchedAsync(
        Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(channel.Options.IdleTimeout);
        return await body.ReadAsync(buffer, idle.Token);
    }

    private void Drop()
    {
        _answer?.Dispose();
        (_answer, _body) = (null, null);
    }
}
