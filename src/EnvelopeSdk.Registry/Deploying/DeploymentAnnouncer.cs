using System.Text.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Events;
using Microsoft.Extensions.Hosting;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>
/// Announces what deployments come to, to those who watch and to webhooks: each step at least once, whenever a registry
/// ends.
/// </summary>
internal sealed class DeploymentAnnouncer(
    DeploymentStore deployments, AnnouncementLog announcements, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly Dictionary<string, string> Kinds = new()
    {
        [DeploymentState.Requested] = RegistryEventKind.DeploymentRequested,
        [DeploymentState.Approved] = RegistryEventKind.DeploymentApproved,
        [DeploymentState.Live] = RegistryEventKind.DeploymentLive,
        [DeploymentState.Failed] = RegistryEventKind.DeploymentFailed,
        [DeploymentState.RolledBack] = RegistryEventKind.DeploymentRolledBack,
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await AnnounceAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception)
            {
                // Said by the engine, which uses the same database; the steps stay to be told.
            }

            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        var untold = await deployments.UntoldAsync(cancellationToken);
        if (untold.Count == 0)
        {
            return;
        }

        var isTold = await announcements.TryAddAsync(
            [
                .. untold.Where(one => Kinds.ContainsKey(one.Step.State)).Select(one => (
                    one.Envelope,
                    new Occurrence(
                        Kinds[one.Step.State], one.Configuration, one.Deployment,
                        one.Step.Note is { } note ? JsonSerializer.SerializeToElement(note) : null, one.Step.Who,
                        one.Step.Time))),
            ],
            clock.GetUtcNow(), cancellationToken);
        if (isTold)
        {
            await deployments.ToldAsync(untold[^1].Id, cancellationToken);
        }
    }
}
