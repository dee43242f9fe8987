using EnvelopeSdk.Registry.Access;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>Says who may use the registry at <c>/v2/</c>.</summary>
internal interface IDistributionAccess
{
    /// <summary>Whether a request may read or write a repository.</summary>
    /// <param name="context">The request.</param>
    /// <param name="repository">The repository; null: what is of no repository, such as the list of all.</param>
    /// <param name="isWrite">Whether it adds, changes or takes away.</param>
    ValueTask<DistributionPermission> AuthorizeAsync(HttpContext context, string? repository, bool isWrite);
}

/// <summary>What a request may do.</summary>
internal enum DistributionPermission
{
    /// <summary>It may.</summary>
    Granted,

    /// <summary>Nobody knows who asks.</summary>
    LoginNeeded,

    /// <summary>Who asks may not.</summary>
    Denied,
}

/// <summary>Lets in by what a caller was granted.</summary>
internal sealed class RoleAccess : IDistributionAccess
{
    private const string CatalogPath = "/v2/_catalog";

    public ValueTask<DistributionPermission> AuthorizeAsync(
        HttpContext context, string? repository, bool isWrite) => new(
        context.User.Identity?.IsAuthenticated != true ? DistributionPermission.LoginNeeded
        : Decide(Grants.Of(context.User), repository, isWrite, context.Request.Path == CatalogPath));

    private static DistributionPermission Decide(Grants grants, string? repository, bool isWrite, bool isCatalog)
    {
        var role = isWrite ? Role.Save : Role.Read;
        if (!(repository is null ? grants.May(role) : grants.May(role, repository)))
        {
            return DistributionPermission.Denied;
        }

        // A token may be for less than its holder may: then another one does.
        var isWithin = grants.Scopes is not { } scopes
            || (isCatalog ? scopes.Any(one => one.IsCatalog)
                : repository is null || scopes.Any(one => one.Allows(repository, isWrite)));
        return isWithin ? DistributionPermission.Granted : DistributionPermission.LoginNeeded;
    }
}
