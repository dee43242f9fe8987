using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace EnvelopeSdk.Gateway.Forwarding;

/// <summary>
/// What a service is told of its caller. The path stays whole, since the service knows below which name it answers, and
/// so does the host, of which it makes the addresses in its documents. What callers say in such headers does not count.
/// </summary>
internal sealed class ForwardedHeaders : HttpTransformer
{
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
    }
}
