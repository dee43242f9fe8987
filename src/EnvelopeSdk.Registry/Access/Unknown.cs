using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Access;

/// <summary>What a caller is told whom the registry does not know.</summary>
internal static class Unknown
{
    private const string Cure =
        "Open the address that 'envelope registry' has printed, or send its token as 'Authorization: Bearer TOKEN'.";

    public static async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"envelope registry\", charset=\"UTF-8\"";
        if (context.Request.Path.StartsWithSegments("/v2"))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsJsonAsync(
                new { errors = new[] { new { code = "UNAUTHORIZED", message = Cure } } });
            return;
        }

        if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            context.Response.Headers.Remove("WWW-Authenticate"); // a browser would ask for a password that nobody has
        }

        await TypedResults.Problem(Cure, statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }
}
