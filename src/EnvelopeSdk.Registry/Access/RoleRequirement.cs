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

    /// <summary>The role that a request needs: what says nothing of it is for who may read.</summary>
    public static string NeededBy(HttpContext context) => context.GetEndpoint()?.Metadata
        .GetOrderedMetadata<IAuthorizeData>().Select(one => one.Policy).LastOrDefault(Role.All.Contains) ?? Role.Read;

    public static bool IsOfAllNames(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<OfAllNamesAttribute>() is not null;

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
        return IsOfAllNames(http) ? grants.MayForAll(role)
            : NamedBy(http) is { } name ? grants.May(role, name)
            : grants.May(role);
    }
}
