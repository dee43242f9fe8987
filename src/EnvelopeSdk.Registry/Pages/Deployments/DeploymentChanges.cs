using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>What a person can do with a deployment that is under way.</summary>
internal static class DeploymentChanges
{
    public const string Approve = "approve";
    public const string Reject = "reject";
    public const string Promote = "promote";
    public const string Cancel = "cancel";

    /// <param name="one">The deployment.</param>
    /// <param name="settings">The settings of its version.</param>
    /// <param name="who">Who looks at it.</param>
    public static IReadOnlyList<string> Of(DeploymentRow one, DeploymentSettings settings, string? who) => one switch
    {
        { State: DeploymentState.Requested, Approval: not null } =>
            IsForAnother(one, settings, who) ? [Reject, Cancel] : [Approve, Reject, Cancel],
        { State: DeploymentState.Canary } => [Promote, Cancel],
        _ when MayEnd(one) => [Cancel],
        _ => [],
    };

    /// <summary>Whether somebody else has to approve it.</summary>
    public static bool IsForAnother(DeploymentRow one, DeploymentSettings settings, string? who) =>
        one is { State: DeploymentState.Requested, Approval: not null } && settings.NeedsApproval
        && who == one.Shown.RequestedBy;

    /// <summary>Whether it can be stopped: it has not got all requests yet.</summary>
    public static bool MayEnd(DeploymentRow one) =>
        one.IsActive && one.State is not (DeploymentState.Switched or DeploymentState.Drained);

    /// <summary>Whether there is something to go back to, or to take back.</summary>
    public static bool MayRollBack(DeploymentRow? live, DeploymentRow? active) =>
        live is not null && (active is null ? live.Shown.Previous is not null : MayEnd(active));
}
