using System.Text.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Deploying.Gates;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Deploying.Routing;

namespace EnvelopeSdk.Registry.Deploying.Steps;

/// <summary>
/// Canary: compares what it does with what runs, over the same time, and goes on or fails by itself.
/// </summary>
internal sealed class CanaryStep(
    DeploymentStore deployments, ConfigurationStore configurations, RouteTeller teller, TimeProvider clock)
    : IDeploymentStep
{
    public string State => DeploymentState.Canary;

    public async Task RunAsync(DeploymentRow one, CancellationToken cancellationToken)
    {
        var running = (await deployments.CurrentAsync(one.Configuration, cancellationToken))
            .FirstOrDefault(other => other.IsLive);
        if (running is null)
        {
            await deployments.MoveAsync(
                one, DeploymentState.Switched, "Nothing runs any more beside it.", null, cancellationToken);
            return;
        }

        if (teller.Status is not { } status || Counted(status, one, running) is not { } now)
        {
            await deployments.ExplainAsync(one, teller.Trouble ?? "Waits for the gateway.", cancellationToken);
            return;
        }

        if (CountedBefore(one) is not { } before || before.Started != now.Started)
        {
            await BeginAsync(one, one.Shown.Step, now, cancellationToken); // a gateway that was started counts anew
            return;
        }

        var settings = await configurations.SettingsAsync(one.Configuration, one.Shown.Version, cancellationToken);
        await JudgeAsync(one, settings.Strategy, before, now, cancellationToken);
    }

    private async Task JudgeAsync(
        DeploymentRow one, DeploymentStrategy strategy, CountedStep before, CountedStep now,
        CancellationToken cancellationToken)
    {
        var comparison = new VersionComparison(
            now.Canary.Since(before.Canary), now.Running.Since(before.Running), strategy);
        comparison.EnsureNotWorse();
        var step = strategy.Steps[one.Shown.Step];
        if (clock.GetUtcNow() - one.Since < TimeSpan.FromSeconds(step.Seconds))
        {
            await deployments.ExplainAsync(one, $"Gets {step.Percent} % of the requests.", cancellationToken);
        }
        else if (!comparison.IsEnough)
        {
            await deployments.ExplainAsync(
                one, $"Gets {step.Percent} % of the requests, and waits for more: {comparison.Requests} of "
                + $"{strategy.MinimumRequests}. 'envelope deployment promote {one.Configuration} {one.Id}' lets it go on "
                + "without.",
                cancellationToken);
        }
        else if (one.Shown.Step + 1 < strategy.Steps.Count)
        {
            await BeginAsync(one, one.Shown.Step + 1, now, cancellationToken);
        }
        else
        {
            await deployments.MoveAsync(
                one, DeploymentState.Switched, comparison.ToString(), null, cancellationToken);
        }
    }

    private Task<bool> BeginAsync(DeploymentRow one, int step, CountedStep now, CancellationToken cancellationToken) =>
        deployments.BeginStepAsync(
            one, step, JsonSerializer.Serialize(now, JsonSerializerOptions.Web), cancellationToken);

    private static CountedStep? Counted(GatewayStatus status, DeploymentRow canary, DeploymentRow running)
    {
        return Of(canary) is { } one && Of(running) is { } other ? new(status.Started, one, other) : null;

        VersionCounts? Of(DeploymentRow row) => status.Versions.FirstOrDefault(
            version => version.Route == row.Configuration && version.Version == WantedRoutes.IdOf(row))?.Counts;
    }

    private static CountedStep? CountedBefore(DeploymentRow one) => one.Canary is null
        ? null
        : JsonSerializer.Deserialize<CountedStep>(one.Canary, JsonSerializerOptions.Web);

    /// <summary>What a gateway that was started at a time has counted of both.</summary>
    private sealed record CountedStep(DateTimeOffset Started, VersionCounts Canary, VersionCounts Running);
}
