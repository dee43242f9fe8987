using System.Text.Json.Nodes;
using EnvelopeSdk.Registry.Access;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>Answers with the specification's errors, and never with one of the server for what a client sent.</summary>
internal static class ErrorAnswers
{
    /// <summary>Does what a request asks for.</summary>
    public static async Task RunAsync(HttpContext context, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort(); // nobody listens any more
        }
        catch (Exception failure) when (!context.Response.HasStarted && Of(failure) is { } refused)
        {
            await WriteAsync(context, refused);
        }
    }

    private static RefusedException? Of(Exception failure) => failure switch
    {
        RefusedException refused => refused,
        DeniedException denied => new(StatusCodes.Status403Forbidden, "DENIED", denied.Message),
        BadHttpRequestException broken => new(broken.StatusCode, "SIZE_INVALID", broken.Message),
        EnvelopeException { Error: EnvelopeError.NotFound } unknown =>
            new(StatusCodes.Status404NotFound, "MANIFEST_UNKNOWN", unknown.Message),
        EnvelopeException { Error: EnvelopeError.Invalid } invalid => Refusals.ManifestInvalid(invalid.Message),
        EnvelopeException { Error: EnvelopeError.Unavailable } busy =>
            new(StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", busy.Message),
        EnvelopeException damaged => new(StatusCodes.Status500InternalServerError, "UNKNOWN", damaged.Message),
        IOException or UnauthorizedAccessException => new(
            StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE",
            $"The store cannot be written or read: {failure.Message} Free space or fix permissions there."),
        _ => null,
    };

    private static async Task WriteAsync(HttpContext context, RefusedException refused)
    {
        context.Response.StatusCode = refused.Status;
        foreach (var (name, value) in refused.Headers)
        {
            context.Response.Headers[name] = value;
        }

        var error = new JsonObject { ["code"] = refused.Code, ["message"] = refused.Message };
        if (refused.Detail.Count > 0)
        {
            error["detail"] = new JsonObject(
                [.. refused.Detail.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))]);
        }

        await context.Response.WriteJsonAsync(new JsonObject { ["errors"] = new JsonArray(error) });
    }
}
