using System.Text;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Signing;

/// <summary>
/// A signature as it lies beside an envelope, in cosign's form. It is a claim that anybody can make, until
/// <see cref="ResolvedEnvelope.VerifySignatureAsync"/> finds the key that made it.
/// </summary>
public sealed class EnvelopeSignature
{
    /// <summary>A payload says a digest, a name and a few notes.</summary>
    internal const int LargestPayload = 64 << 10;

    /// <summary>What other signers add, certificates and proofs of logs, has some kilobytes.</summary>
    internal const int LargestAnnotations = 128 << 10;

    /// <summary>Takes a signature over.</summary>
    /// <param name="payload">The bytes that were signed, at most 64 KiB.</param>
    /// <param name="annotations">
    /// What came with them, at most 128 KiB of UTF-8: the signature itself under
    /// <c>dev.cosignproject.cosign/signature</c>, in Base64, and whatever other signers add.
    /// </param>
    /// <exception cref="EnvelopeException">It is larger than a signature can be.</exception>
    public EnvelopeSignature(ReadOnlyMemory<byte> payload, IReadOnlyDictionary<string, string> annotations)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        var size = annotations.Sum(
            one => (long)Encoding.UTF8.GetByteCount(one.Key) + Encoding.UTF8.GetByteCount(one.Value));
        if (payload.Length > LargestPayload || size > LargestAnnotations)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"A signature has a payload of {payload.Length} bytes and annotations of {size}, and can have "
                + $"{LargestPayload} and {LargestAnnotations}. Take it away from where it lies, and sign again.");
        }

        Payload = payload;
        Annotations = annotations;
        Id = (Digest.Of(payload.Span), annotations.GetValueOrDefault(SimpleSigning.SignatureAnnotation));
    }

    /// <summary>The bytes that were signed.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>What came with them.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; }

    /// <summary>What tells it from others.</summary>
    internal (Digest Payload, string? Signature) Id { get; }

    /// <summary>What the payload says, whoever wrote it.</summary>
    /// <exception cref="EnvelopeException">It says nothing in cosign's form.</exception>
    public SignedClaim ReadClaim() => SimpleSigning.Read(Payload);
}
