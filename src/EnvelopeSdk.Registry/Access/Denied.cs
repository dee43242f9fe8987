using EnvelopeSdk.Registry.Pages;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Access;

/// <summary>What a caller is told whom the registry knows, and who may not.</summary>
internal static class Denied
{
    public static async Task AnswerAsync(HttpContext context)
    {
        var message = DeniedException.Of(
            RoleHandler.NeededBy(context), RoleHandler.NamedBy(context), RoleHandler.IsOfAllNames(context)).Message;
        if (context.Request.Path.StartsWithSegments("/v2"))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsJsonAsync(new { errors = new[] { new { code = "DENIED", message } } });
        }
        else if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            await PageServices.TellAsync(context, message, StatusCodes.Status403Forbidden);
        }
        else
        {
            await TypedResults.Problem(message, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
        }
    }
}
