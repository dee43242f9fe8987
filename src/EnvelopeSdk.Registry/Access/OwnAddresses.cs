using System.Net;
using EnvelopeSdk.Gateway;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace EnvelopeSdk.Registry.Access;

/// <summary>
/// Lets in what was sent to this registry alone, by its own name. A web page that has its own name point to loopback
/// (DNS rebinding) sends that name as the host, and one that posts here says from where. Of a registry that others
/// reach nobody knows all names, and what lets in there no browser sends by itself to another name.
/// </summary>
internal sealed class OwnAddresses(Reach reach)
{
    /// <summary>Whether a server listens where no other machine reaches it.</summary>
    public static bool IsLoopback(string url) => ListenAddresses.Parse(url)?.IsLoopback == true;

    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (!reach.IsOpen && !IsOwnHost(context.Request.Host))
        {
            return RefuseAsync(context, "The host is none that this registry is called by on this machine.");
        }

        return IsFromElsewhere(context.Request)
            ? RefuseAsync(
                context,
                "The request was sent by a page of another site. If it was not, a proxy stands before the registry: "
                + "start it with --behind-proxy.")
            : next(context);
    }

    private static bool IsOwnHost(HostString host) =>
        host.Host is "localhost" || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Browsers say where a request comes from; other clients say nothing.</summary>
    private static bool IsFromElsewhere(HttpRequest request)
    {
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var origin = request.Headers.Origin.ToString();
        var own = UriHelper.BuildAbsolute(request.Scheme, request.Host).TrimEnd('/');
        return (origin.Length > 0 && !string.Equals(origin, own, StringComparison.OrdinalIgnoreCase))
            || (!isSafe && request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site");
    }

    private static Task RefuseAsync(HttpContext context, string reason) =>
        TypedResults.Problem(reason, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
}
