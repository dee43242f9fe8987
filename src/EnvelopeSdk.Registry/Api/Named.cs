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

    /// <summary>Reads <c>name</c>, of which the newest is meant, or <c>name@sha256:...</c>.</summary>
    /// <exception cref="EnvelopeException">It has another form.</exception>
    public static (string Name, Digest? Digest) Envelope(string text)
    {
        var parts = text.Split('@', 2);
        return (EnvelopeName.Check(parts[0]), parts.Length > 1 ? Digest(parts[1]) : null);
    }
}
