using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EnvelopeSdk.Registry.Access.Tokens;

/// <summary>Knows who was given a token of this registry, which is for <c>/v2/</c> alone.</summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    AccessTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "token";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Request.Path.StartsWithSegments("/v2")
        && await tokens.ReadAsync(SentSecret.Of(Request) ?? "", Context.RequestAborted) is { } caller
            ? AuthenticateResult.Success(new(caller, SchemeName))
            : AuthenticateResult.Fail("It is no token that is valid here.");
}
