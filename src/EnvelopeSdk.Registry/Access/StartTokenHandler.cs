using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EnvelopeSdk.Registry.Access;

/// <summary>
/// Knows the user who started the registry: by the start token, or by the cookie of a browser that was signed in with
/// it.
/// </summary>
internal sealed class StartTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, StartToken token)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "start-token";

    /// <summary>Cookies are shared by all ports of a host: each registry has one of its own.</summary>
    public static string CookieOf(HttpRequest request) => $"envelope-registry-{request.Host.Port ?? 0}";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SentSecret.Of(Request) is { } secret)
        {
            return Task.FromResult(
                token.IsToken(secret) ? Success() : AuthenticateResult.Fail("It is not the start token."));
        }

        return Task.FromResult(
            Request.Cookies.TryGetValue(CookieOf(Request), out var cookie) && token.IsSession(cookie)
                ? Success()
                : AuthenticateResult.NoResult());
    }

    private static AuthenticateResult Success()
    {
        var claims = Grants.ClaimsOf(Environment.UserName, Role.All, names: null);
        return AuthenticateResult.Success(new(new(new ClaimsIdentity(claims, SchemeName)), SchemeName));
    }
}
