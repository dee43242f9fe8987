using System.Runtime.InteropServices;

namespace EnvelopeSdk.Registry.Deploying.Builds;

/// <summary>What a build depends on, and nothing else: the same are built once.</summary>
/// <param name="Envelope">The envelope.</param>
/// <param name="Platform">The version of EnvelopeSdk.Service.</param>
internal sealed record BuildKey(EnvelopeReference Envelope, string Platform)
{
    /// <summary>The folder of the build.</summary>
    public string Folder =>
        $"{Envelope.Digest.ToString()["sha256:".Length..][..32]}-{Platform}-{RuntimeInformation.RuntimeIdentifier}";
}
