using System.Globalization;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Gates;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Deploying.Steps;

/// <summary>
/// Starting: all processes have to be ready in time, which their keeper finds out; then one of them answers the recorded
/// examples, and none may have more memory than the limit.
/// </summary>
internal sealed class StartingStep(
    DeploymentStore deployments, ConfigurationStore configurations, InstanceStore instances, ServiceRuntimes runtimes,
    IEnvelopeStore store, HttpClient http, TimeProvider clock) : IDeploymentStep
{
    /// <summary>How often a process may end while it starts.</summary>
    public const int MostEnds = 1;

    private const int LinesOfLog = 20;

    public string State => DeploymentState.Starting;

    public async Task RunAsync(DeploymentRow one, CancellationToken cancellationToken)
    {
        var settings = await configurations.SettingsAsync(one.Configuration, one.Shown.Version, cancellationToken);
        var own = (await instances.ListAsync(cancellationToken))
            .Where(process => process.Deployment == one.Id).ToList();
        if (own.Count == 0)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch, "The processes of the deployment were removed. Deploy the envelope again.");
        }

        if (own.Find(process => !process.IsReady) is { } waiting)
        {
            await EnsureInTimeAsync(one, waiting, settings.Limits, cancellationToken);
            return;
        }

        var note = string.Create(
            CultureInfo.InvariantCulture, $"Ready after {(clock.GetUtcNow() - one.Since).TotalSeconds:0.0} s.");
        if (one.Shown.TakesBack is null)
        {
            var content = await store.OpenAsync(one.Envelope.Name, one.Envelope.Digest, cancellationToken);
            var count = await new ExampleReplay(http).RunAsync(
                content, own[0].Address, settings.Gates.Tolerance, cancellationToken);
            own.ForEach(process => EnsureSmall(process, settings.Limits));
            note += $" {count} recorded examples are answered as they were.";
        }

        await deployments.MoveAsync(one, DeploymentState.Validated, note, null, cancellationToken);
    }

    private async Task EnsureInTimeAsync(
        DeploymentRow one, Instance process, ServiceLimits limits, CancellationToken cancellationToken)
    {
        if (process.Ends > MostEnds)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The service ended while it started. The end of its log says why: {LogOf(one)}.\n"
                + await LogEndAsync(process, cancellationToken));
        }

        var since = process.Started > one.Since ? process.Started : one.Since; // a machine may have been off meanwhile
        var most = TimeSpan.FromSeconds(limits.StartSeconds) + runtimes.Of(process).Delivery;
        if (process.Started > default(DateTimeOffset) && clock.GetUtcNow() - since > most)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The service was not ready after {most.TotalSeconds:0} seconds. The end of its log may say why: "
                + $"{LogOf(one)}.\n"
                + await LogEndAsync(process, cancellationToken));
        }
    }

    private static string LogOf(DeploymentRow one) => $"'envelope deployment log {one.Configuration} {one.Id}'";

    private ValueTask<string> LogEndAsync(Instance process, CancellationToken cancellationToken) =>
        runtimes.Of(process).LogEndAsync(process, LinesOfLog, cancellationToken);

    private void EnsureSmall(Instance process, ServiceLimits limits)
    {
        if (limits.MemoryMegabytes is { } most && runtimes.Of(process).MemoryOf(process) is { } bytes
            && bytes > (long)most << 20)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The service has {bytes >> 20} megabytes of memory after the recorded examples, and may have {most}. "
                + "Raise the limit of the configuration.");
        }
    }
}
