using EnvelopeSdk.Registry.Access;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>Says who may use the registry at <c>/v2/</c>.</summary>
internal interface IDistributionAccess
{
    /// <summary>Whether a request may read or write a repository.</summary>
    /// <param name="context">The request. Where a login is needed, the answer gets its challenge.</param>
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
    public ValueTask<DistributionPermission> AuthorizeAsync(
        HttpContext context, string? repository, bool isWrite) => new(
        context.User.Identity?.IsAuthenticated != true ? DistributionPermission.LoginNeeded
        : IsGranted(Grants.Of(context.User), isWrite ? Role.Save : Role.Read, repository)
            ? DistributionPermission.Granted
            : DistributionPermission.Denied);

    private static bool IsGranted(Grants grants, string role, string? repository) =>
        repository is null ? grants.May(role) : grants.May(role, repository);
}
