using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace EnvelopeSdk.Registry.Access;

/// <summary>
/// Signs a browser in that opens the printed address, and takes the token out of the address, so that it stays in no
/// history and is sent to no other site.
/// </summary>
internal sealed class SignIn(StartToken token)
{
    public const string Parameter = "token";

    /// <summary>Of a cookie that lets in: no script reads it, and no other site has it sent.</summary>
    public static CookieOptions CookieOptions(HttpRequest request, TimeSpan longest) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        IsEssential = true,
        MaxAge = longest,
    };

    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || request.Query[Parameter] is not [{ } sent])
        {
            return next(context);
        }

        if (!token.IsToken(sent))
        {
            return Unknown.AnswerAsync(context);
        }

        context.Response.Cookies.Append(
            StartTokenHandler.CookieOf(request), token.Session, CookieOptions(request, TimeSpan.FromDays(30)));
        var rest = new QueryBuilder(request.Query.Where(one => one.Key != Parameter));
        context.Response.Redirect($"{request.PathBase}{request.Path}{rest}");
        return Task.CompletedTask;
    }
}
