using EnvelopeSdk.Batches;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Deploying.Routing;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>What a registry that deploys knows of what runs. One that deploys nothing knows nothing of it.</summary>
internal sealed class DeployedHere(
    DeployingOptions? options = null, RouteTeller? teller = null, ServiceRuntimes? runtimes = null,
    InstanceStore? instances = null)
{
    public bool Deploys => options is not null;

    /// <summary>Whom jobs have to be trusted by, and with what.</summary>
    public string TrustOfJobs(BatchSettings settings) => settings.Runtime == BatchRuntime.Kubernetes
        ? "Jobs run on a cluster, without root, and read and write what is mounted there and what databases let them. "
            + $"They are built as {User}."
        : $"Jobs are built and run as {User}. They read and write what that user may.";

    private string User => options?.RunAs is { } user
        ? $"the user '{user}', who cannot read the registry's files, but all that other services of that user have"
        : "the user of this registry: envelopes are trusted code";

    /// <summary>Whom envelopes have to be trusted by, and with what.</summary>
    public string Trust(DeploymentSettings settings)
    {
        var builder = User;
        return settings.Runtime switch
        {
            ServiceRuntime.Container => "Services run in containers, without root and with this machine's network. "
                + $"They are built as {builder}. What services send out is not limited.",
            ServiceRuntime.Kubernetes => "Services run on a cluster, without root and with a policy that lets nothing "
                + "out but questions for names, where the network of the cluster knows policies. "
                + $"They are built as {builder}.",
            _ => $"Services are built and run as {builder}. What services send out is not limited.",
        };
    }

    /// <summary>Why the gateway cannot be told anything; null: it can.</summary>
    public string? Trouble => teller?.Trouble;

    public string? UrlOf(string configuration) => options?.UrlOf(configuration);

    /// <summary>The processes of some deployments, with the last lines that they wrote.</summary>
    public async Task<IReadOnlyList<(Instance Process, string Log)>> LogsAsync(
        IReadOnlySet<long> deployments, int lines, CancellationToken cancellationToken)
    {
        var logs = new List<(Instance, string)>();
        if (instances is null || runtimes is null)
        {
            return logs;
        }

        foreach (var one in (await instances.ListAsync(cancellationToken))
            .Where(one => deployments.Contains(one.Deployment)))
        {
            logs.Add((one, await runtimes.Of(one).LogEndAsync(one, lines, cancellationToken)));
        }

        return logs;
    }
}
