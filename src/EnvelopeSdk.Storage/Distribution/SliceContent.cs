using System.Net;

namespace EnvelopeSdk.Distribution;

/// <summary>A part of a stream that can be sought, as the body of a request. It leaves the stream open.</summary>
internal sealed class SliceContent : HttpContent
{
    private readonly Stream _source;
    private readonly long _offset;
    private readonly long _length;

    public SliceContent(Stream source, long offset, long length)
    {
        (_source, _offset, _length) = (source, offset, length);
        Headers.ContentType = new("application/octet-stream");
    }

    /// <summary>Is called whenever some of it went out.</summary>
    public Action? Progressed { get; set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _source.Position = _offset;
        var buffer = new byte[128 << 10];
        for (var left = _length; left > 0;)
        {
            var wanted = (int)Math.Min(left, buffer.Length);
            await _source.ReadExactlyAsync(buffer.AsMemory(0, wanted), cancellationToken);
            await stream.WriteAsync(buffer.AsMemory(0, wanted), cancellationToken);
            left -= wanted;
            Progressed?.Invoke();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
