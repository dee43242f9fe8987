using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EnvelopeSdk.Service;

/// <summary>
/// A response that goes out item by item. Its status is sent with the first one, so a failure before it has a status of
/// its own.
/// </summary>
internal sealed class ItemStream(HttpResponse response, StreamFormat format)
{
    public bool HasBegun { get; private set; }

    public void Begin()
    {
        if (!HasBegun)
        {
            HasBegun = true;
            response.StatusCode = StatusCodes.Status200OK;
            response.ContentType = format.MediaType;
            response.Headers.CacheControl = "no-cache, no-store"; // a proxy has nothing to gather it for
            response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        }
    }

    /// <summary>Sends an item, and waits while the caller is slow to take it.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> item, CancellationToken cancellation)
    {
        Begin();
        return WriteAsync(format.ItemPrefix, item, format.Suffix, cancellation);
    }

    /// <summary>Ends a stream that has begun so that the caller can tell it from a whole one.</summary>
    /// <param name="problem">The problem details, which are sent where the format has a place for them.</param>
    /// <param name="cancellation">Is cancelled when the caller goes away.</param>
    /// <exception cref="BrokenStreamException">
    /// The format has none, so the response must not come to its proper end.
    /// </exception>
    public ValueTask FailAsync(ReadOnlyMemory<byte> problem, CancellationToken cancellation) =>
        format.FailurePrefix is { } prefix
            ? WriteAsync(prefix, problem, format.Suffix, cancellation)
            : throw BrokenStreamException.Leave(response.HttpContext);

    private async ValueTask WriteAsync(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> suffix,
        CancellationToken cancellation)
    {
        var body = response.BodyWriter;
        body.Write(prefix.Span);
        body.Write(json.Span);
        body.Write(suffix.Span);
        await body.FlushAsync(cancellation);
    }
}

/// <summary>
/// Leaves a request whose response has begun. The server then sends what was written and closes the connection without
/// the last chunk (in HTTP/2, resets the stream); to abort the connection itself could lose items that are on their
/// way.
/// </summary>
internal sealed class BrokenStreamException : Exception
{
    private BrokenStreamException(string message)
        : base(message)
    {
    }

    /// <summary>What is to be thrown for the model's sake.</summary>
    public static BrokenStreamException Leave(HttpContext context) => Leave(
        context,
        "The model failed or refused within a stream; the response is left without its end. Event 10 or 13 says why.");

    /// <summary>What is to be thrown for another reason.</summary>
    public static BrokenStreamException Leave(HttpContext context, string reason)
    {
        // Without chunks an end is an end: only a connection that is reset is none, at the price of items on their way.
        if (HttpProtocol.IsHttp10(context.Request.Protocol))
        {
            context.Abort();
        }

        return new(reason);
    }
}
