using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Service;

/// <summary>
/// A caller that goes away before it has its answer: nobody's failure, and nobody is there to answer.
/// </summary>
internal static partial class LeavingCaller
{
    /// <summary>
    /// Whether a request ended because its caller went away. Whatever is thrown behind that, by the model too, is a
    /// consequence. A connection that is reset breaks the reading of the body before the request counts as aborted.
    /// </summary>
    public static bool Explains(Exception failure, HttpContext context) =>
        context.RequestAborted.IsCancellationRequested || failure is IOException and not BadHttpRequestException;

    /// <summary>Ends a request with a status that nobody gets, for logs and metrics of requests.</summary>
    public static void Note(HttpContext context, ILogger logger, string query, Exception failure)
    {
        LogLeft(logger, query, failure);
        if (!context.Response.HasStarted)
        {
            context.Response.ContentLength = null; // of an answer that could not be sent any more
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        }
    }

    [LoggerMessage(12, LogLevel.Debug, "The caller of the query {Query} went away before it had its answer.")]
    private static partial void LogLeft(ILogger logger, string query, Exception failure);
}
