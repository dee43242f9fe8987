using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;

namespace EnvelopeSdk.Service;

/// <summary>
/// A request that takes longer than the application lets it (<c>UseRequestTimeouts</c>). It looks as if its caller had
/// gone away, but the caller waits, and gets the answer of ASP.NET Core: status 504, unless the application says
/// another.
/// </summary>
internal static class PassedTimeout
{
    /// <summary>Whether a request ended because of that, whatever was thrown behind it.</summary>
    public static bool Explains(HttpContext context) =>
        context.Features.Get<IHttpRequestTimeoutFeature>() is { RequestTimeoutToken.IsCancellationRequested: true };

    /// <summary>What leaves the request to ASP.NET Core; of a stream, without its end.</summary>
    public static Exception Leave(HttpContext context, Exception failure) => context.Response.HasStarted
        ? BrokenStreamException.Leave(context, "The request took too long; the response is left without its end.")
        : new OperationCanceledException("The request took too long.", failure, context.RequestAborted);
}
