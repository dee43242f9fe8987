using System.Globalization;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Access.Keys;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Pages;

/// <summary>The forms of the page of keys.</summary>
internal static class KeyForms
{
    public static void MapKeyForms(this IEndpointRouteBuilder app)
    {
        app.MapPost("/keys/new", AddAsync).RequireAuthorization(Role.Administer);
        app.MapPost("/keys/{key}/revoke", RevokeAsync).RequireAuthorization(Role.Administer);
    }

    private static async Task<RazorComponentResult> AddAsync(
        HttpContext context, IAntiforgery antiforgery, KeyStore keys, TimeProvider clock)
    {
        await antiforgery.ValidateRequestAsync(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var pattern = form["pattern"].ToString().Trim();
        var made = await keys.AddAsync(
            Caller.Of(context.User),
            new(
                form["name"].ToString(), [.. form["role"].OfType<string>()], pattern.Length == 0 ? null : pattern,
                Days(form["days"].ToString()) is { } days ? clock.GetUtcNow().AddDays(days) : null),
            context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store"; // it has a secret
        return new RazorComponentResult<MadeKeyPage>(new { Made = made });
    }

    private static async Task<RedirectHttpResult> RevokeAsync(
        string key, HttpContext context, IAntiforgery antiforgery, KeyStore keys)
    {
        await antiforgery.ValidateRequestAsync(context);
        await keys.RevokeAsync(Caller.Of(context.User), key, context.RequestAborted);
        return TypedResults.Redirect("/keys");
    }

    private static int? Days(string text) => text.Trim() switch
    {
        "" => null,
        var days when int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= 36_500 => count,
        _ => throw new EnvelopeException(
            EnvelopeError.Invalid, $"'{text}' is no number of days. Give one from 1 to 36500, or none."),
    };
}
