namespace EnvelopeSdk.Signing;

/// <summary>Finds among the signatures of an envelope one that a trusted key made.</summary>
/// <param name="envelope">The envelope.</param>
/// <param name="keys">The keys of which one is enough.</param>
internal sealed class SignatureCheck(EnvelopeReference envelope, IReadOnlyList<VerificationKey> keys)
{
    private const int ReasonsSaid = 5;

    /// <exception cref="EnvelopeException">
    /// There is none; the message says what is wrong with each that there is.
    /// </exception>
    public VerifiedSignature Run(IReadOnlyList<EnvelopeSignature> signatures)
    {
        var reasons = new List<string>();
        foreach (var signature in signatures)
        {
            if (Check(signature, out var reason) is { } verified)
            {
                return verified;
            }

            reasons.Add(reason);
        }

        throw new EnvelopeException(
            EnvelopeError.Untrusted,
            $"The envelope {envelope} is not signed by {Trusted()}: {Found(reasons)} Sign it with the private key "
            + $"('envelope sign {envelope} --key key.pem'), or take an envelope that its owner signed.");
    }

    private string Trusted() => keys.Count switch
    {
        0 => "a key, for none was given",
        1 => $"the key {keys[0]}",
        _ => $"any of the keys {string.Join(", ", keys)}",
    };

    private static string Found(List<string> reasons)
    {
        var said = reasons.GroupBy(one => one).Take(ReasonsSaid)
            .Select(one => $"{(one.Count() == 1 ? "one signature" : $"{one.Count()} signatures")} {one.Key}").ToList();
        return said.Count == 0 ? "it has no signature." : $"{string.Join("; ", said)}.";
    }

    private VerifiedSignature? Check(EnvelopeSignature signature, out string reason)
    {
        SignedClaim claim;
        try
        {
            claim = signature.ReadClaim();
        }
        catch (EnvelopeException malformed)
        {
            reason = $"has a payload that is not of cosign's form ({malformed.InnerException?.Message.TrimEnd('.')})";
            return null;
        }

        if (claim.Envelope != envelope.Digest)
        {
            reason = $"is one of another envelope, {claim.Envelope}";
            return null;
        }

        reason = "is by another key, or of a payload that was changed since";
        return keys.FirstOrDefault(key => key.HasMade(signature)) is { } key ? new(key, claim) : null;
    }
}
