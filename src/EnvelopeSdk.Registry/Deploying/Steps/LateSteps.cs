using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Deploying.Routing;

namespace EnvelopeSdk.Registry.Deploying.Steps;

/// <summary>Validated: gets a share of the requests first, if the configuration says so and something runs.</summary>
internal sealed class ValidatedStep(
    DeploymentStore deployments, ConfigurationStore configurations) : IDeploymentStep
{
    public string State => DeploymentState.Validated;

    public async Task RunAsync(DeploymentRow one, CancellationToken cancellationToken)
    {
        var settings = await configurations.SettingsAsync(one.Configuration, one.Shown.Version, cancellationToken);
        var hasRunning = (await deployments.CurrentAsync(one.Configuration, cancellationToken))
            .Any(other => other.IsLive);
        var isCanary = settings.Strategy.Steps.Count > 0 && hasRunning && one.Shown.TakesBack is null;
        await deployments.MoveAsync(
            one, isCanary ? DeploymentState.Canary : DeploymentState.Switched, null, null, cancellationToken);
    }
}

/// <summary>Switched: waits until what ran before has ended all that it had begun.</summary>
internal sealed class SwitchedStep(
    DeploymentStore deployments, RouteTeller teller, TimeProvider clock) : IDeploymentStep
{
    /// <summary>What takes longer is broken off.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public string State => DeploymentState.Switched;

    public async Task RunAsync(DeploymentRow one, CancellationToken cancellationToken)
    {
        if (teller.Trouble is { } trouble)
        {
            await deployments.ExplainAsync(one, trouble, cancellationToken);
        }
        else if (teller.IsAlone(one.Configuration, WantedRoutes.IdOf(one)))
        {
            await deployments.MoveAsync(one, DeploymentState.Drained, null, null, cancellationToken);
        }
        else if (clock.GetUtcNow() - one.Since > Patience && teller.Told is not null)
        {
            await deployments.MoveAsync(
                one, DeploymentState.Drained,
                $"What ran before had still requests under way after {Patience.TotalSeconds:0} seconds.", null,
                cancellationToken);
        }
    }
}

/// <summary>Drained: it is what runs from now on.</summary>
internal sealed class DrainedStep(DeploymentStore deployments) : IDeploymentStep
{
    public string State => DeploymentState.Drained;

    public Task RunAsync(DeploymentRow one, CancellationToken cancellationToken) =>
        deployments.GoLiveAsync(one, cancellationToken);
}
