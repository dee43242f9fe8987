using EnvelopeSdk.Registry.Pages;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Access;

/// <summary>What a caller is told whom the registry does not know.</summary>
internal static class Unknown
{
    private const string Cure =
        "Open the address that 'envelope registry' has printed, or send its token as 'Authorization: Bearer TOKEN'.";

    public static async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            // Without a challenge, for which a browser would ask for a password that nobody has.
            await PageServices.TellAsync(context, Cure, StatusCodes.Status401Unauthorized);
            return;
        }

        context.Response.Headers.WWWAuthenticate = "Basic realm=\"envelope registry\", charset=\"UTF-8\"";
        if (context.Request.Path.StartsWithSegments("/v2"))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsJsonAsync(
                new { errors = new[] { new { code = "UNAUTHORIZED", message = Cure } } });
            return;
        }

        await TypedResults.Problem(Cure, statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }
}
