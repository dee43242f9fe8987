namespace EnvelopeSdk.Registry.Events;

/// <summary>What has happened to what.</summary>
/// <param name="Name">The name of the envelope, or of the batch: who may read that is told.</param>
/// <param name="Digest">The digest of the envelope; null: a run of a batch ended before it had found one.</param>
/// <param name="What">What has happened.</param>
internal sealed record UntoldEvent(string Name, string? Digest, Occurrence What)
{
    public static UntoldEvent Of(EnvelopeReference envelope, Occurrence what) =>
        new(envelope.Name, envelope.Digest.ToString(), what);
}
