using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Deploying.Routing;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>What a registry that deploys knows of what runs. One that deploys nothing knows nothing of it.</summary>
internal sealed class DeployedHere(
    DeployingOptions? options = null, RouteTeller? teller = null, IServiceRuntime? runtime = null,
    InstanceStore? instances = null)
{
    public bool Deploys => options is not null;

    /// <summary>Why the gateway cannot be told anything; null: it can.</summary>
    public string? Trouble => teller?.Trouble;

    public string? UrlOf(string configuration) => options?.UrlOf(configuration);

    /// <summary>The processes of some deployments, with the last lines that they wrote.</summary>
    public async Task<IReadOnlyList<(Instance Process, string Log)>> LogsAsync(
        IReadOnlySet<long> deployments, int lines, CancellationToken cancellationToken) =>
        instances is null || runtime is null
            ? []
            :
            [
                .. (await instances.ListAsync(cancellationToken)).Where(one => deployments.Contains(one.Deployment))
                    .Select(one => (one, runtime.LogEnd(one, lines))),
            ];
}
