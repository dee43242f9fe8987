using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Registries;

/// <content>How envelopes run that are deployed, and which are deployed by themselves.</content>
public sealed partial class EnvelopeRegistry
{
    /// <summary>The configurations that the caller may read, by their names.</summary>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">The registry does not answer.</exception>
    public Task<IReadOnlyList<DeploymentConfiguration>> ListConfigurationsAsync(
        CancellationToken cancellationToken = default) => _api.GetAsync(
        "configurations", "list its configurations",
        RegistryJsonContext.Default.IReadOnlyListDeploymentConfiguration, cancellationToken);

    /// <summary>A configuration, with what runs and what is under way.</summary>
    /// <param name="configuration">Its name.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">It is not there, or the registry does not answer.</exception>
    public Task<DeploymentConfiguration> ReadConfigurationAsync(
        string configuration, CancellationToken cancellationToken = default) => _api.GetAsync(
        Of(configuration), $"read the configuration '{configuration}'",
        RegistryJsonContext.Default.DeploymentConfiguration, cancellationToken);

    /// <summary>
    /// Makes a configuration, or its next version. What runs stays as it is until it is deployed again.
    /// </summary>
    /// <param name="configuration">Its name.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">It cannot be so, or the registry does not take it.</exception>
    public Task<DeploymentConfiguration> SetConfigurationAsync(
        string configuration, DeploymentSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return _api.SendAsync(
            HttpMethod.Put, Of(configuration), settings, $"set the configuration '{configuration}'",
            RegistryJsonContext.Default.DeploymentSettings, RegistryJsonContext.Default.DeploymentConfiguration,
            cancellationToken);
    }

    /// <summary>Takes a configuration away, with its rules and what runs.</summary>
    /// <param name="configuration">Its name.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">
    /// It is not there, a deployment of it is under way, or the registry does not answer.
    /// </exception>
    public Task RemoveConfigurationAsync(string configuration, CancellationToken cancellationToken = default) =>
        _api.SendAsync(
            HttpMethod.Delete, Of(configuration), $"remove the configuration '{configuration}'", cancellationToken);

    /// <summary>All versions of the settings of a configuration, the newest first.</summary>
    /// <param name="configuration">Its name.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">The registry does not answer.</exception>
    public Task<IReadOnlyList<ConfigurationChange>> ListConfigurationVersionsAsync(
        string configuration, CancellationToken cancellationToken = default) => _api.GetAsync(
        Of(configuration) + "/versions", $"list the versions of '{configuration}'",
        RegistryJsonContext.Default.IReadOnlyListConfigurationChange, cancellationToken);

    /// <summary>The rules of a configuration, by their names.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">The registry does not answer.</exception>
    public Task<IReadOnlyList<DeploymentRule>> ListRulesAsync(
        string configuration, CancellationToken cancellationToken = default) => _api.GetAsync(
        Of(configuration) + "/rules", $"list the rules of '{configuration}'",
        RegistryJsonContext.Default.IReadOnlyListDeploymentRule, cancellationToken);

    /// <summary>Makes a rule, or changes it: the newest envelope that fits is deployed by itself.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="rule">Its name.</param>
    /// <param name="settings">What it takes.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">It cannot be so, or the registry does not take it.</exception>
    public Task<DeploymentRule> SetRuleAsync(
        string configuration, string rule, RuleSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return _api.SendAsync(
            HttpMethod.Put, RuleOf(configuration, rule), settings, $"set the rule '{rule}' of '{configuration}'",
            RegistryJsonContext.Default.RuleSettings, RegistryJsonContext.Default.DeploymentRule, cancellationToken);
    }

    /// <summary>Removes a rule. What it has deployed goes on.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="rule">Its name.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">It is not there, or the registry does not answer.</exception>
    public Task RemoveRuleAsync(
        string configuration, string rule, CancellationToken cancellationToken = default) => _api.SendAsync(
        HttpMethod.Delete, RuleOf(configuration, rule), $"remove the rule '{rule}' of '{configuration}'",
        cancellationToken);

    /// <summary>Tells what a rule would take now, and would have taken until now. Nothing is deployed.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="settings">What the rule takes.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">It cannot be so, or the registry does not answer.</exception>
    public Task<RuleRun> TryRuleAsync(
        string configuration, RuleSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return _api.SendAsync(
            HttpMethod.Post, Of(configuration) + "/dry-run", settings, $"try a rule of '{configuration}'",
            RegistryJsonContext.Default.RuleSettings, RegistryJsonContext.Default.RuleRun, cancellationToken);
    }

    private static string Of(string configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return "configurations/" + RegistryApi.Part(configuration);
    }

    private static string RuleOf(string configuration, string rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return $"{Of(configuration)}/rules/{RegistryApi.Part(rule)}";
    }
}
