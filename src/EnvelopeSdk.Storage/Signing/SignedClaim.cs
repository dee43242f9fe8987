using System.Text.Json;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Signing;

/// <summary>What a signer says.</summary>
/// <param name="Identity">
/// What the signer calls the envelope: a repository, as <c>ghcr.io/team/diamond-price</c>, or its name in a store.
/// </param>
/// <param name="Envelope">The digest of the envelope's manifest, and so all of its files.</param>
/// <param name="Annotations">What the signer says besides: strings, where this library or cosign wrote them.</param>
public sealed record SignedClaim(
    string Identity, Digest Envelope, IReadOnlyDictionary<string, JsonElement> Annotations);

/// <summary>A signature of an envelope of which the key is known.</summary>
/// <param name="Key">The key that made it.</param>
/// <param name="Claim">What its owner says of the envelope.</param>
public sealed record VerifiedSignature(VerificationKey Key, SignedClaim Claim);

/// <summary>An envelope that has been signed.</summary>
/// <param name="Reference">The envelope.</param>
/// <param name="Claim">What was signed.</param>
/// <param name="IsNew">False when the key had signed just that already: then nothing was added.</param>
public sealed record SignedEnvelope(EnvelopeReference Reference, SignedClaim Claim, bool IsNew);
