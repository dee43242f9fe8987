using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace EnvelopeSdk.Registry.Access.Tokens;

/// <summary>
/// Gives tokens to clients of registries, for a key or the start token: as Docker's registries do (a GET with
/// <c>Basic</c>), and as OAuth 2 has it (a POST of a form with a password or a refresh token).
/// </summary>
internal static class TokenEndpoints
{
    public const string Path = "/v2/token";

    private const int LongestValue = 12_000;
    private const string ScopeName = "scope";

    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (HttpContext context, AccessTokens tokens, TimeProvider clock) =>
            GiveAsync(context.Request.Query[ScopeName], tokens, clock, context));
        app.MapPost(Path, async (HttpContext context, AccessTokens tokens, TimeProvider clock) => await GiveAsync(
            context.Request.HasFormContentType
                ? (await context.Request.ReadFormAsync(context.RequestAborted))[ScopeName]
                : context.Request.Query[ScopeName],
            tokens, clock, context));
    }

    /// <summary>Puts the secret of a form where all others stand.</summary>
    public static async Task TakeFromFormAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (HttpMethods.IsPost(request.Method) && request.Path == Path && request.HasFormContentType
            && request.Headers.Authorization.Count == 0)
        {
            try
            {
                var form = await request.ReadFormAsync(
                    new FormOptions { ValueLengthLimit = LongestValue, ValueCountLimit = 20, KeyLengthLimit = 100 },
                    context.RequestAborted);
                var secret = form["grant_type"] == "refresh_token" ? form["refresh_token"] : form["password"];
                if (secret.ToString() is { Length: > 0 } text && !text.Any(char.IsControl))
                {
                    request.Headers[HeaderNames.Authorization] = $"Bearer {text}";
                }
            }
            catch (InvalidDataException)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
        }

        await next(context);
    }

    private static async Task<IResult> GiveAsync(
        IEnumerable<string?> scopes, AccessTokens tokens, TimeProvider clock, HttpContext context)
    {
        if (Grants.Of(context.User).Scopes is not null)
        {
            // Who has a token for some minutes gets no other for it, with which it would last for ever.
            return TypedResults.Problem("A token is given for a key.", statusCode: StatusCodes.Status403Forbidden);
        }

        var asked = scopes.SelectMany(one => (one ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(TokenScope.TryParse).OfType<TokenScope>();
        var now = clock.GetUtcNow();
        var (text, granted) = await tokens.GiveAsync(context.User, asked, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new Dictionary<string, object>
        {
            ["token"] = text,
            ["access_token"] = text,
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)AccessTokens.Lifetime.TotalSeconds,
            ["issued_at"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            [ScopeName] = string.Join(' ', granted),
        });
    }
}
