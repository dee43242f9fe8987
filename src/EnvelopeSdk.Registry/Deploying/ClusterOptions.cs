using System.Globalization;
using EnvelopeSdk.Kubernetes;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>The cluster that runs services of a registry, and how both reach each other.</summary>
public sealed record ClusterOptions
{
    /// <summary>How the gateway reaches a service that is within the same cluster.</summary>
    public const string UsualServiceUrl = "http://{name}.{namespace}.svc:80";

    /// <summary>Which cluster.</summary>
    public required KubernetesOptions Kubernetes { get; init; }

    /// <summary>Where the cluster's nodes reach this registry, from which they pull images: <c>host:port</c>.</summary>
    public required string ImageRegistry { get; init; }

    /// <summary>
    /// How the gateway reaches a service, since it may be outside of the cluster: an address in which are replaced
    /// <c>{name}</c>, that of the service, <c>{namespace}</c>, and <c>{deployment}</c>, the number that tells apart
    /// what runs of a configuration.
    /// </summary>
    public string ServiceUrl { get; init; } = UsualServiceUrl;

    /// <exception cref="EnvelopeException">It says not where a service is, or of two the same.</exception>
    public void Check()
    {
        if ((!ServiceUrl.Contains("{name}", StringComparison.Ordinal)
                && !ServiceUrl.Contains("{deployment}", StringComparison.Ordinal))
            || !Uri.TryCreate(UrlOf("a", 1), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.PathAndQuery != "/")
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{ServiceUrl}' is no address of services. Write one such as '{UsualServiceUrl}', without a path, and "
                + "with {name} or {deployment} in it.");
        }
    }

    /// <summary>The address of a service.</summary>
    internal string UrlOf(string name, long deployment) => ServiceUrl
        .Replace("{name}", name, StringComparison.Ordinal)
        .Replace("{namespace}", Kubernetes.Namespace, StringComparison.Ordinal)
        .Replace("{deployment}", deployment.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    internal DeployedImage ImageOf(DeploymentRow deployment, ServiceImage image) => new(
        deployment.Configuration, deployment.Id, $"{ImageRegistry}/{image}", deployment.Envelope.Name,
        deployment.Envelope.Digest.ToString(), deployment.Shown.Platform);
}
