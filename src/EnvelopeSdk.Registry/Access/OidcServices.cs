using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Registry.Access;

/// <summary>Knows whom an issuer of OpenID Connect knows, by its token.</summary>
internal static class OidcServices
{
    public const string SchemeName = "oidc";

    /// <summary>What is taken for the name of somebody, the first that a token has.</summary>
    private static readonly string[] NameClaims = ["preferred_username", "email", "sub"];

    public static void AddOidc(this AuthenticationBuilder authentication, OidcOptions oidc) =>
        authentication.AddJwtBearer(SchemeName, jwt =>
        {
            jwt.Authority = oidc.Authority;
            jwt.Audience = oidc.Audience;
            jwt.RequireHttpsMetadata = oidc.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
            jwt.MapInboundClaims = false;
            jwt.BackchannelTimeout = TimeSpan.FromSeconds(10);
            jwt.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
            jwt.Events = new()
            {
                OnMessageReceived = context =>
                {
                    context.Token = SentSecret.Of(context.Request);
                    return Task.CompletedTask;
                },
                OnTokenValidated = context =>
                {
                    context.Principal = Known(context.Principal!, oidc);
                    return Task.CompletedTask;
                },
                OnAuthenticationFailed = context =>
                {
                    context.Fail("The issuer does not know who asks, or does not answer.");
                    return Task.CompletedTask;
                },
            };
        });

    /// <summary>Nothing of a token counts here but the name and the roles.</summary>
    private static ClaimsPrincipal Known(ClaimsPrincipal said, OidcOptions oidc)
    {
        var who = NameClaims.Select(said.FindFirstValue).FirstOrDefault(name => !string.IsNullOrWhiteSpace(name));
        var roles = oidc.RolesOf(NestedClaim.Find(said, oidc.RoleClaim));
        return new(new ClaimsIdentity(
            who is null ? [] : Grants.ClaimsOf(who, roles, names: null), SchemeName));
    }
}
