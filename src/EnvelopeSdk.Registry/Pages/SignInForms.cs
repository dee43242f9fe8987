using EnvelopeSdk.Registry.Access.Keys;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Pages;

/// <summary>Signs browsers in that send a key, and out.</summary>
internal static class SignInForms
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/session", SignInAsync).AllowAnonymous();
        app.MapPost("/session/end", async (HttpContext context, IAntiforgery antiforgery) =>
        {
            await antiforgery.ValidateRequestAsync(context);
            KeySession.End(context);
            return TypedResults.Redirect(Links.SignIn(null));
        });
    }

    private static async Task SignInAsync(
        HttpContext context, IAntiforgery antiforgery, KeyStore keys, KeySession session)
    {
        await antiforgery.ValidateRequestAsync(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await keys.FindAsync(form["key"].ToString().Trim(), context.RequestAborted) is not { } key)
        {
            await PageServices.TellAsync(
                context, "That is no key that is valid here. Ask an administrator of the registry for one.",
                StatusCodes.Status401Unauthorized);
            return;
        }

        session.Begin(context, key);
        var target = form["to"].ToString();
        context.Response.Redirect(IsOfThisSite(target) ? target : "/");
    }

    /// <summary>Nobody is led elsewhere by a link to this page.</summary>
    private static bool IsOfThisSite(string target) =>
        target is ['/'] or ['/', not ('/' or '\\'), ..] && !target.Any(char.IsControl);
}
