using EnvelopeSdk.Registry.Access.Keys;
using EnvelopeSdk.Registry.Access.Tokens;
using EnvelopeSdk.Registry.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Registry.Access;

/// <summary>Who may do what.</summary>
internal static class AccessServices
{
    private const string SchemeName = "access";

    /// <param name="services">The services.</param>
    /// <param name="reach">Who can send requests.</param>
    /// <param name="token">What lets in who started the registry; null: nobody is let in so.</param>
    /// <param name="oidc">Who else says who somebody is; null: nobody.</param>
    public static IServiceCollection AddAccess(
        this IServiceCollection services, Reach reach, StartToken? token, OidcOptions? oidc)
    {
        services.AddSingleton(reach).AddSingleton<OwnAddresses>();
        services.AddSingleton<KeyStore>().AddSingleton<KeySession>();
        services.AddSingleton<TokenKeys>().AddSingleton<AccessTokens>();
        services.AddHostedService<OpenStart>();
        var authentication = services.AddAuthentication(SchemeName)
            .AddPolicyScheme(SchemeName, null, scheme =>
            {
                scheme.ForwardDefaultSelector = context =>
                    SchemeOf(context.Request, token is not null, oidc is not null);
                scheme.ForwardChallenge = scheme.ForwardForbid = KeyHandler.SchemeName;
            })
            .AddScheme<AuthenticationSchemeOptions, KeyHandler>(KeyHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.SchemeName, null);
        if (oidc is not null)
        {
            authentication.AddOidc(oidc);
        }

        if (token is not null)
        {
            services.AddSingleton(token).AddSingleton<SignIn>();
            authentication.AddScheme<AuthenticationSchemeOptions, StartTokenHandler>(
                StartTokenHandler.SchemeName, null);
        }

        services.AddSingleton<IAuthorizationHandler, RoleHandler>();
        var authorization = services.AddAuthorizationBuilder();
        foreach (var role in Role.All)
        {
            authorization.AddPolicy(role, policy => policy.AddRequirements(new RoleRequirement(role)));
        }

        // What says nothing of who may use it is for those who may read.
        authorization.SetFallbackPolicy(
            new AuthorizationPolicyBuilder().AddRequirements(new RoleRequirement(Role.Read)).Build());
        return services;
    }

    public static void UseAccess(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ServerOptions>().IsBehindProxy)
        {
            app.UseForwardedHeaders(Forwarded());
        }

        app.Use(SafeHeaders.AddAsync);
        app.Use(app.Services.GetRequiredService<OwnAddresses>().CheckAsync);
        if (app.Services.GetService<SignIn>() is { } signIn)
        {
            app.Use(signIn.CheckAsync);
        }

        app.Use(TokenEndpoints.TakeFromFormAsync);
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>By the form of what was sent.</summary>
    private static string SchemeOf(HttpRequest request, bool hasStartToken, bool hasIssuer)
    {
        var secret = SentSecret.Of(request);
        if (secret is not null && AccessTokens.IssuerOf(secret) is { } issuer)
        {
            return issuer == AccessTokens.Service || !hasIssuer ? TokenHandler.SchemeName : OidcServices.SchemeName;
        }

        var isKey = secret?.StartsWith(KeyText.Prefix, StringComparison.Ordinal) ?? KeySession.IsSent(request);
        return hasStartToken && !isKey ? StartTokenHandler.SchemeName : KeyHandler.SchemeName;
    }

    /// <summary>Whoever sends requests is the proxy: that is what the option says.</summary>
    private static ForwardedHeadersOptions Forwarded()
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        return options;
    }
}
