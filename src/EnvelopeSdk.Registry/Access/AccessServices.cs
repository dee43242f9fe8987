using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Registry.Access;

/// <summary>Who may do what.</summary>
internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, StartToken token)
    {
        services.AddSingleton(token).AddSingleton<SignIn>();
        services.AddAuthentication(StartTokenHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, StartTokenHandler>(StartTokenHandler.SchemeName, null);
        var authorization = services.AddAuthorizationBuilder();
        foreach (var role in Role.All)
        {
            authorization.AddPolicy(role, policy => policy.RequireRole(role));
        }

        // What says nothing of who may use it is for those who may read.
        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(Role.Read).Build());
        return services;
    }

    public static void UseAccess(this WebApplication app)
    {
        app.Use(SafeHeaders.AddAsync);
        app.Use(OwnAddresses.CheckAsync);
        app.Use(app.Services.GetRequiredService<SignIn>().CheckAsync);
        app.UseAuthentication();
        app.UseAuthorization();
    }
}
