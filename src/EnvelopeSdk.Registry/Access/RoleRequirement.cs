using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Access;

/// <summary>A role that an endpoint is for: with the envelope that its address names, where it names one.</summary>
internal sealed record RoleRequirement(string Role) : IAuthorizationRequirement;

/// <summary>An endpoint that tells of envelopes of all names: it is for those who are not limited to some.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OfAllNamesAttribute : Attribute;

/// <summary>Asks the grants of the caller.</summary>
internal sealed class RoleHandler : AuthorizationHandler<RoleRequirement>
{
    private const string NameOfRoute = "name";

    /// <summary>The envelope that the address of a request names.</summary>
    public static string? NamedBy(HttpContext context) => context.GetRouteValue(NameOfRoute) as string;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (context.Resource is HttpContext http && IsGranted(context.User, requirement.Role, http))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private static bool IsGranted(ClaimsPrincipal user, string role, HttpContext http)
    {
        var grants = Grants.Of(user);
        return http.GetEndpoint()?.Metadata.GetMetadata<OfAllNamesAttribute>() is not null ? grants.MayForAll(role)
            : NamedBy(http) is { } name ? grants.May(role, name)
            : grants.May(role);
    }
}
