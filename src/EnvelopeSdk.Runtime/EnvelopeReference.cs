using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk;

/// <summary>Names one saved envelope.</summary>
/// <param name="Name">The envelope's name.</param>
/// <param name="Digest">Its identity: the digest of its manifest.</param>
public sealed record EnvelopeReference(string Name, Digest Digest)
{
    /// <summary>The form that templates and commands take: <c>diamond-price@sha256:...</c>.</summary>
    public override string ToString() => $"{Name}@{Digest}";
}
