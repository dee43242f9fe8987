using System.Text.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Events;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>Announces what deployments come to.</summary>
internal sealed class DeploymentAnnouncer(
    DeploymentStore deployments, AnnouncementLog announcements, TimeProvider clock) : Announcer(clock)
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        [DeploymentState.Requested] = RegistryEventKind.DeploymentRequested,
        [DeploymentState.Approved] = RegistryEventKind.DeploymentApproved,
        [DeploymentState.Live] = RegistryEventKind.DeploymentLive,
        [DeploymentState.Failed] = RegistryEventKind.DeploymentFailed,
        [DeploymentState.RolledBack] = RegistryEventKind.DeploymentRolledBack,
    };

    protected override async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        var untold = await deployments.UntoldAsync(cancellationToken);
        if (untold.Count == 0)
        {
            return;
        }

        var isTold = await announcements.TryAddAsync(
            [
                .. untold.Where(one => Kinds.ContainsKey(one.Step.State)).Select(one => UntoldEvent.Of(
                    one.Envelope,
                    new(
                        Kinds[one.Step.State], one.Configuration, one.Deployment,
                        one.Step.Note is { } note ? JsonSerializer.SerializeToElement(note) : null, one.Step.Who,
                        one.Step.Time))),
            ],
            Clock.GetUtcNow(), cancellationToken);
        if (isTold)
        {
            await deployments.ToldAsync(untold[^1].Id, cancellationToken);
        }
    }
}
