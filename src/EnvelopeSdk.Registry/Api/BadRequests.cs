using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Says of a request that cannot be read where it is wrong, and of nothing what is in it.</summary>
internal sealed partial class BadRequests : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return false;
        }

        var pointer = bad.InnerException is JsonException { Path: { } path } ? PointerOf(path) : null;
        var problem = TypedResults.Problem(
            pointer is null ? bad.Message : "The JSON of the request cannot be read there.", statusCode: bad.StatusCode,
            extensions: pointer is null ? null : [new("errors", new[] { new { pointer = "#" + pointer } })]);
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The JSON pointer (RFC 6901) of <c>$.a[0]['b.c']</c>, as System.Text.Json names a place.</summary>
    public static string PointerOf(string path) => string.Concat(Step().Matches(path).Select(step =>
        "/" + step.Groups["name"].Value.Replace("~", "~0", StringComparison.Ordinal)
            .Replace("/", "~1", StringComparison.Ordinal)));

    [GeneratedRegex(@"\['(?<name>.*?)'\]|\[(?<name>[0-9]+)\]|\.(?<name>[^.\[]+)", RegexOptions.Singleline)]
    private static partial Regex Step();
}
