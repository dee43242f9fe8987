using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Deploying.Gates;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Deploying.Steps;

/// <summary>Asked for: goes on if nobody has to approve it.</summary>
internal sealed class RequestedStep(DeploymentStore deployments) : IDeploymentStep
{
    public string State => DeploymentState.Requested;

    public Task RunAsync(DeploymentRow one, CancellationToken cancellationToken) => one.Approval is null
        ? deployments.MoveAsync(one, DeploymentState.Approved, null, null, cancellationToken)
        : deployments.ExplainAsync(one, $"Waits for approval. {one.Approval}", cancellationToken);
}

/// <summary>Approved: passes the gates for which it need not run.</summary>
internal sealed class ApprovedStep(
    DeploymentStore deployments, ConfigurationStore configurations, EnvelopeGates gates) : IDeploymentStep
{
    public string State => DeploymentState.Approved;

    public async Task RunAsync(DeploymentRow one, CancellationToken cancellationToken)
    {
        string? compared = null;
        if (one.Shown.TakesBack is null)
        {
            var settings = await configurations.SettingsAsync(
                one.Configuration, one.Shown.Version, cancellationToken);
            var running = (await deployments.CurrentAsync(one.Configuration, cancellationToken))
                .FirstOrDefault(other => other.IsLive);
            compared = await gates.CheckAsync(one.Envelope, running?.Envelope, settings.Gates, cancellationToken);
        }

        await deployments.MoveAsync(one, DeploymentState.Building, compared, null, cancellationToken);
    }
}

/// <summary>Building: when the service is built, its processes are known before one of them starts.</summary>
internal sealed class BuildingStep(
    DeploymentStore deployments, ConfigurationStore configurations, InstanceStore instances, ServiceBuilder builder,
    ServiceRuntimes runtimes) : IDeploymentStep
{
    public string State => DeploymentState.Building;

    public async Task RunAsync(DeploymentRow one, CancellationToken cancellationToken)
    {
        var settings = await configurations.SettingsAsync(one.Configuration, one.Shown.Version, cancellationToken);
        var runtime = runtimes.Of(settings);
        var key = BuildKey.Of(one, settings);
        var isNew = await builder.EnsureAsync(key, cancellationToken);
        await runtime.PrepareAsync(builder.FolderOf(key), cancellationToken);
        await deployments.MoveAsync(
            one, DeploymentState.Starting, NoteOf(key, isNew), null, cancellationToken,
            statements => instances.AddAsync(
                statements, one.Id, runtime.Name, runtime.NewAddresses(one, settings.Replicas), cancellationToken));
    }

    private string? NoteOf(BuildKey key, bool isNew)
    {
        var built = isNew ? "" : "The service was built before.";
        var image = key.Image is null ? "" : $" Its image is {ServiceImage.Read(builder.FolderOf(key))}.";
        return (built + image).Trim() is { Length: > 0 } note ? note : null;
    }
}
