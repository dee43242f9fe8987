using System.Text;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace EnvelopeSdk.Gateway.Forwarding;

/// <summary>
/// What a service is told of its caller. The path stays whole, since the service knows below which name it answers, and
/// so does the host, of which it makes the addresses in its documents. What callers say in such headers does not count.
/// </summary>
internal sealed class ForwardedHeaders : HttpTransformer
{
    /// <summary>Has a character for each byte, so that headers pass as they were sent, whatever they are written in.</summary>
    public static readonly Encoding Encoding = Encoding.Latin1;

    /// <summary>
    /// A body that is longer, or of which nobody knows how long it is, waits until the service begins to read: one that
    /// refuses it without, since it is too large or has no time, is heard only by who is not busy with sending.
    /// </summary>
    private const long LongestUnasked = 1 << 20;

    private const string For = "X-Forwarded-For";
    private const string Proto = "X-Forwarded-Proto";

    private static readonly string[] Said = [For, Proto, "X-Forwarded-Host", "X-Forwarded-Prefix", "Forwarded"];

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix,
        CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        foreach (var name in Said)
        {
            proxyRequest.Headers.Remove(name);
        }

        if (httpContext.Connection.RemoteIpAddress is { } address)
        {
            proxyRequest.Headers.TryAddWithoutValidation(For, address.ToString());
        }

        proxyRequest.Headers.TryAddWithoutValidation(Proto, httpContext.Request.Scheme);
        if (proxyRequest.Content is not null && !(httpContext.Request.ContentLength <= LongestUnasked))
        {
            proxyRequest.Headers.ExpectContinue = true;
        }
    }
}
