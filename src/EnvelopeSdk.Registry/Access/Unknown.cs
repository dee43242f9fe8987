using EnvelopeSdk.Registry.Access.Tokens;
using EnvelopeSdk.Registry.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Registry.Access;

/// <summary>What a caller is told whom the registry does not know.</summary>
internal static class Unknown
{
    private const string Key =
        "Send a key as 'Authorization: Bearer KEY', or as the password of any user, or sign in with it at /sign-in.";

    private const string Token =
        "Open the address that 'envelope registry' has printed, or send its token as 'Authorization: Bearer TOKEN'. "
        + "A key does as well, sent so or at /sign-in.";

    public static async Task AnswerAsync(HttpContext context)
    {
        var isOpen = context.RequestServices.GetRequiredService<Reach>().IsOpen;
        var cure = isOpen ? Key : Token;
        var request = context.Request;
        if (request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            // Without a challenge, for which a browser would ask for a password that nobody has.
            if (isOpen && HttpMethods.IsGet(request.Method))
            {
                context.Response.Redirect(Links.SignIn(request.Path + request.QueryString.ToString()));
                return;
            }

            await PageServices.TellAsync(context, cure, StatusCodes.Status401Unauthorized);
            return;
        }

        RegistryChallenge.Add(context);
        if (request.Path.StartsWithSegments("/v2"))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsJsonAsync(
                new { errors = new[] { new { code = "UNAUTHORIZED", message = cure } } });
            return;
        }

        await TypedResults.Problem(cure, statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }
}
