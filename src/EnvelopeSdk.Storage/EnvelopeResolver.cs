using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk;

/// <summary>
/// Opens what a reference names: <c>name</c>, <c>name@sha256:...</c>, the path of a <c>.envelope</c> file, or
/// <c>oci://host[:port]/repository[:tag|@sha256:...]</c>, an envelope in an OCI registry, which is read where it lies.
/// </summary>
public static class EnvelopeResolver
{
    /// <summary>Opens an envelope.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="store">Where names are looked up.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The envelope, and what is known of it.</returns>
    /// <exception cref="EnvelopeException">
    /// The reference has none of these forms, the envelope is not there or damaged, or its registry does not give it.
    /// </exception>
    public static Task<ResolvedEnvelope> OpenAsync(
        string reference, IEnvelopeStore store, CancellationToken cancellationToken = default) =>
        OpenAsync(reference, store, RegistryOptions.Default, cancellationToken);

    internal static async Task<ResolvedEnvelope> OpenAsync(
        string reference, IEnvelopeStore store, RegistryOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(store);
        if (IsAddress(reference))
        {
            var source = OciReference.Parse(reference);
            return await EnvelopePull.OpenAsync(source, options, cancellationToken);
        }

        if (IsFile(reference))
        {
            return await EnvelopeArchive.OpenAsync(reference, cancellationToken);
        }

        var (name, digest) = Parse(reference);
        var content = await store.OpenAsync(name, digest, cancellationToken);
        return new ResolvedEnvelope(content, await store.ReadJournalAsync(content.Reference, cancellationToken))
        {
            Signatures = cancellation => store.ReadSignaturesAsync(content.Reference, cancellation),
        };
    }

    /// <summary>Whether a reference is the path of a <c>.envelope</c> file.</summary>
    /// <param name="reference">The reference.</param>
    public static bool IsFile(string reference) =>
        reference?.EndsWith(EnvelopeArchive.Extension, StringComparison.OrdinalIgnoreCase) == true
        && !IsAddress(reference); // a repository may be called so

    /// <summary>
    /// Whether a reference is the address of an envelope in an OCI registry, well-formed or not: <c>oci://...</c>
    /// </summary>
    /// <param name="reference">The reference.</param>
    public static bool IsAddress(string reference) => reference is not null && OciReference.IsAddress(reference);

    private static (string Name, Digest? Digest) Parse(string reference)
    {
        if (reference.Split('@') is [var name, var version])
        {
            return Digest.TryParse(version, out var digest) ? (name, digest) : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{version}' in '{reference}' is not a digest. Use name@sha256: and all 64 hexadecimal digits.");
        }

        return NameRules.IsEnvelopeName(reference) ? (reference, null) : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{reference}' does not refer to an envelope. Use a name ('diamond-price'), a name with a digest "
            + $"('diamond-price@sha256:...'), the path of a {EnvelopeArchive.Extension} file, or the address of one in "
            + "a registry ('oci://ghcr.io/team/diamond-price:v1').");
    }
}
