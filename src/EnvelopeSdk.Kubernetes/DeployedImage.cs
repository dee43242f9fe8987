namespace EnvelopeSdk.Kubernetes;

/// <summary>The image of a service that is deployed, and what it was made of.</summary>
/// <param name="Configuration">The name of the configuration, the first part of the path of its address.</param>
/// <param name="Deployment">The number of the deployment.</param>
/// <param name="Image">Where the image lies: <c>host/repository:tag</c> or <c>host/repository@sha256:...</c>.</param>
/// <param name="Envelope">The name of the envelope.</param>
/// <param name="Digest">The digest of the envelope.</param>
/// <param name="Platform">The version of EnvelopeSdk that generated the service.</param>
public sealed record DeployedImage(
    string Configuration, long Deployment, string Image, string Envelope, string Digest, string Platform)
{
    /// <summary>
    /// The name of the service, of which its objects have theirs: a configuration has two while one takes the place
    /// of the other. Else that of the configuration.
    /// </summary>
    public string Service { get; init; } = Configuration;
}
