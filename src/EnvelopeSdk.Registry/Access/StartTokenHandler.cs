using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EnvelopeSdk.Registry.Access;

/// <summary>
/// Knows the user who started the registry: by the start token in <c>Authorization</c>, as <c>Bearer</c> or as the
/// password of <c>Basic</c>, or by the cookie of a browser that was signed in with it.
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
        if (Request.Headers.Authorization.Count > 0)
        {
            return Task.FromResult(
                AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var sent)
                && token.IsToken(SecretOf(sent)) ? Success() : AuthenticateResult.Fail("It is not the start token."));
        }

        return Task.FromResult(
            Request.Cookies.TryGetValue(CookieOf(Request), out var cookie) && token.IsSession(cookie)
                ? Success()
                : AuthenticateResult.NoResult());
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Unknown.AnswerAsync(Context);

    private static string SecretOf(AuthenticationHeaderValue sent)
    {
        if (string.Equals(sent.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return sent.Parameter ?? "";
        }

        var bytes = new byte[256];
        return string.Equals(sent.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(sent.Parameter ?? "", bytes, out var length)
                ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2)[^1]
                : "";
    }

    private static AuthenticateResult Success()
    {
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.Name, Environment.UserName), .. Role.All.Select(role => new Claim(ClaimTypes.Role, role))],
            SchemeName);
        return AuthenticateResult.Success(new(new(identity), SchemeName));
    }
}
