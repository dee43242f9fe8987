using System.Globalization;
using System.Text;
using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Registries;

/// <content>What is deployed.</content>
public sealed partial class EnvelopeRegistry
{
    /// <summary>Asks for a deployment of an envelope.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="envelope">The envelope: <c>name</c> (the newest) or <c>name@sha256:...</c>.</param>
    /// <param name="cancellationToken">Stops the asking, and not the deployment.</param>
    /// <returns>The deployment, which the registry brings on by itself.</returns>
    /// <exception cref="EnvelopeException">
    /// One of both is not there, another deployment is under way, or the registry does not answer.
    /// </exception>
    public Task<Deployment> DeployAsync(
        string configuration, string envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return _api.SendAsync(
            HttpMethod.Post, Of(configuration) + "/deployments", new NewDeployment(envelope), $"deploy '{envelope}'",
            RegistryJsonContext.Default.NewDeployment, RegistryJsonContext.Default.Deployment, cancellationToken);
    }

    /// <summary>The deployments of a configuration, the latest first.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="before">Only those before this one, by its id; null: all.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">The registry does not answer.</exception>
    public Task<IReadOnlyList<Deployment>> ListDeploymentsAsync(
        string configuration, long? before = null, int limit = 50, CancellationToken cancellationToken = default) =>
        _api.GetAsync(
            Path(
                Of(configuration) + "/deployments",
                [.. Given("before", before?.ToString(CultureInfo.InvariantCulture)), Limit(limit)]),
            $"list the deployments of '{configuration}'", RegistryJsonContext.Default.IReadOnlyListDeployment,
            cancellationToken);

    /// <summary>A deployment with all that it came to.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">It is not there, or the registry does not answer.</exception>
    public Task<DeploymentHistory> ReadDeploymentAsync(
        string configuration, long id, CancellationToken cancellationToken = default) => _api.GetAsync(
        Of(configuration, id), $"give the deployment {Text(id)} of '{configuration}'",
        RegistryJsonContext.Default.DeploymentHistory, cancellationToken);

    /// <summary>The last lines that the processes of a deployment wrote.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">It is not there, or the registry does not answer.</exception>
    public async Task<string> ReadDeploymentLogAsync(
        string configuration, long id, CancellationToken cancellationToken = default) => Encoding.UTF8.GetString(
        await _api.GetAsync(
            Of(configuration, id) + "/log", $"give the log of the deployment {Text(id)}", cancellationToken));

    /// <summary>
    /// The objects of a cluster that run an envelope as a configuration says, as YAML for <c>kubectl apply -f -</c>.
    /// Their image is in the registry once the envelope was deployed there as a container.
    /// </summary>
    /// <param name="configuration">The configuration; where there is none, the usual settings.</param>
    /// <param name="envelope">The envelope: <c>name</c> (the newest) or <c>name@sha256:...</c>.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">
    /// The envelope is not there, a cluster cannot run it so, or the registry does not answer.
    /// </exception>
    public async Task<string> ReadManifestsAsync(
        string configuration, string envelope, CancellationToken cancellationToken = default) =>
        Encoding.UTF8.GetString(await _api.GetAsync(
            Path(Of(configuration) + "/manifests", [new("envelope", envelope)]), $"give the manifests of '{envelope}'",
            cancellationToken));

    /// <summary>Lets a deployment go on that waits for approval.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">
    /// It does not wait, somebody else has to approve it, or the registry does not answer.
    /// </exception>
    public Task<Deployment> ApproveAsync(
        string configuration, long id, CancellationToken cancellationToken = default) =>
        ChangeAsync(configuration, id, "approve", cancellationToken);

    /// <summary>Ends a deployment that waits for approval.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">It does not wait, or the registry does not answer.</exception>
    public Task<Deployment> RejectAsync(
        string configuration, long id, CancellationToken cancellationToken = default) =>
        ChangeAsync(configuration, id, "reject", cancellationToken);

    /// <summary>Stops a deployment before it has got all requests.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">
    /// It is not under way, has got them, or the registry does not answer.
    /// </exception>
    public Task<Deployment> CancelAsync(
        string configuration, long id, CancellationToken cancellationToken = default) =>
        ChangeAsync(configuration, id, "cancel", cancellationToken);

    /// <summary>Lets a canary get all requests now.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">It is none, or the registry does not answer.</exception>
    public Task<Deployment> PromoteAsync(
        string configuration, long id, CancellationToken cancellationToken = default) =>
        ChangeAsync(configuration, id, "promote", cancellationToken);

    /// <summary>Lets what ran before run again, with its settings and its platform.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <returns>
    /// The deployment that brings it back; or, where one was under way that had not got all requests, what runs: the
    /// other is cancelled.
    /// </returns>
    /// <exception cref="EnvelopeException">
    /// There is nothing to go back to, or the registry does not answer.
    /// </exception>
    public Task<Deployment> RollBackAsync(string configuration, CancellationToken cancellationToken = default) =>
        PostAsync(Of(configuration) + "/rollback", $"roll '{configuration}' back", cancellationToken);

    /// <summary>What ran on a configuration at a time.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="time">The time.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">Nothing did, or the registry does not answer.</exception>
    public Task<Deployment> ReadServedAsync(
        string configuration, DateTimeOffset time, CancellationToken cancellationToken = default) => _api.GetAsync(
        Path(Of(configuration) + "/served", [new("at", time.ToString("O", CultureInfo.InvariantCulture))]),
        $"say what ran on '{configuration}'", RegistryJsonContext.Default.Deployment, cancellationToken);

    private Task<Deployment> ChangeAsync(
        string configuration, long id, string change, CancellationToken cancellationToken) => PostAsync(
        $"{Of(configuration, id)}/{change}", $"{change} the deployment {Text(id)}", cancellationToken);

    private async Task<Deployment> PostAsync(string path, string asked, CancellationToken cancellationToken) =>
        _api.Read(
            await _api.SendAsync(HttpMethod.Post, path, asked, cancellationToken), asked,
            RegistryJsonContext.Default.Deployment);

    private static string Of(string configuration, long id) => $"{Of(configuration)}/deployments/{Text(id)}";

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
