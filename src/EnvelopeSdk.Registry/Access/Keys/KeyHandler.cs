using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EnvelopeSdk.Registry.Access.Keys;

/// <summary>Knows the holder of a key: by the key, or by the session of a browser that was signed in with it.</summary>
internal sealed class KeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyStore keys,
    KeySession session)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "key";

    /// <summary>Who holds a key.</summary>
    public static ClaimsPrincipal Holder(AccessKey key) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, key.Id),
            .. Grants.ClaimsOf(key.Name, key.Roles, key.Pattern is { } names ? NamePattern.Parse(names) : null),
        ],
        SchemeName));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SentSecret.Of(Request) is { } secret)
        {
            return await keys.FindAsync(secret, Context.RequestAborted) is { } sent
                ? Success(sent)
                : AuthenticateResult.Fail("It is no key that is valid.");
        }

        return await session.FindAsync(Request) is { } held ? Success(held) : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Unknown.AnswerAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Denied.AnswerAsync(Context);

    private static AuthenticateResult Success(AccessKey key) =>
        AuthenticateResult.Success(new(Holder(key), SchemeName));
}
