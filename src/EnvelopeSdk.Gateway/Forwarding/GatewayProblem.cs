using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Gateway.Forwarding;

/// <summary>What callers are told whose request no service answers, as problem details (RFC 9457).</summary>
internal static class GatewayProblem
{
    /// <summary>When to try again, in seconds: a service starts in about that time.</summary>
    private const string Later = "5";

    private const int LongestName = 64;

    public static Task NoRouteAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status404NotFound,
        NameOf(context.Request.Path) is { Length: > 0 } name
            ? $"There is no service '{name}' here. The first part of the path is the name of a configuration."
            : "A service is named by the first part of the path, as in /NAME/predict, and there is none.");

    public static Task NothingLiveAsync(HttpContext context, string route) => WriteAsync(
        context, StatusCodes.Status503ServiceUnavailable, $"Nothing is live for '{route}' now. Try again later.");

    public static Task UnreachableAsync(HttpContext context, string route) => WriteAsync(
        context, StatusCodes.Status503ServiceUnavailable,
        $"The service of '{route}' cannot be reached now. Try again later.");

    public static Task BrokenAsync(HttpContext context, string route) => WriteAsync(
        context, StatusCodes.Status502BadGateway,
        $"The service of '{route}' ended before it answered. What it did until then is not known.");

    public static Task SilentAsync(HttpContext context, string route) => WriteAsync(
        context, StatusCodes.Status504GatewayTimeout, $"The service of '{route}' does not answer.");

    public static Task BadBodyAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status400BadRequest, "The body of the request cannot be read to its end.");

    public static Task NoTunnelAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status405MethodNotAllowed, "Nothing is connected through here: services are asked by path.");

    /// <summary>The first part of a path, as far as one would read it.</summary>
    private static string NameOf(PathString path)
    {
        var name = path.Value!.Split('/').ElementAtOrDefault(1) ?? "";
        return name.Length <= LongestName ? name : name[..LongestName] + "...";
    }

    private static Task WriteAsync(HttpContext context, int status, string detail)
    {
        if (context.Response.HasStarted)
        {
            context.Abort(); // half an answer must not look like a whole one
            return Task.CompletedTask;
        }

        context.Response.Clear();
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = Later;
        }

        return Results.Problem(detail, statusCode: status).ExecuteAsync(context);
    }
}
