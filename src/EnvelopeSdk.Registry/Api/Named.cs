using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Registry.Api;

/// <summary>What the parts of an address name.</summary>
internal static class Named
{
    /// <exception cref="EnvelopeException">It is no digest.</exception>
    public static Digest Digest(string text) => Envelopes.Digest.TryParse(text, out var digest)
        ? digest
        : throw new EnvelopeException(
            EnvelopeError.Invalid, $"'{text}' is no digest. Write sha256: and 64 hexadecimal digits.");
}
