using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Access;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>
/// What holds whoever may deploy (approval by another person, signatures) they cannot take away themselves: an
/// administrator has to.
/// </summary>
internal static class SettingsGuard
{
    /// <param name="grants">What the caller may.</param>
    /// <param name="name">The configuration.</param>
    /// <param name="before">Its settings; null: it is made.</param>
    /// <param name="after">What they are to be; null: it is taken away.</param>
    /// <exception cref="DeniedException">The caller may not.</exception>
    public static void Ensure(Grants grants, string name, DeploymentSettings? before, DeploymentSettings? after)
    {
        if (before is not null && IsWeaker(before, after) && !grants.May(Role.Administer, name))
        {
            throw new DeniedException(
                $"'{name}' asks for approval by another person or for signatures. Who may deploy cannot change that: "
                + $"it needs the role '{Role.Administer}' for '{name}'. Ask an administrator to do it.");
        }
    }

    /// <summary>Whether something would be let through that was not: a key that signs also lets through.</summary>
    private static bool IsWeaker(DeploymentSettings before, DeploymentSettings? after) =>
        (before.NeedsApproval && after?.NeedsApproval != true)
        || (before.Gates.SignedBy.Count > 0
            && (after is null || after.Gates.SignedBy.Count == 0
                || after.Gates.SignedBy.Except(before.Gates.SignedBy).Any()));
}
