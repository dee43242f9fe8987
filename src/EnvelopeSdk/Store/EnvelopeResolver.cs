using EnvelopeSdk.Packing;

namespace EnvelopeSdk;

/// <summary>Opens what a reference names: <c>name</c>, <c>name@sha256:...</c>, or the path of a <c>.envelope</c> file.</summary>
public static class EnvelopeResolver
{
    /// <summary>Opens an envelope.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="store">Where names are looked up.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The envelope, usable until disposed.</returns>
    /// <exception cref="EnvelopeException">The reference has none of these forms, or the envelope is not there or damaged.</exception>
    public static async Task<ResolvedEnvelope> OpenAsync(string reference, EnvelopeStore store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(store);
        if (reference.EndsWith(EnvelopeArchive.Extension, StringComparison.OrdinalIgnoreCase))
        {
            return await OpenFileAsync(reference, cancellationToken);
        }

        if (reference.Split('@') is [var name, var version])
        {
            return Digest.TryParse(version, out var digest)
                ? new ResolvedEnvelope(await store.OpenAsync(name, digest, cancellationToken))
                : throw new EnvelopeException(EnvelopeError.Invalid, $"'{version}' in '{reference}' is not a digest. Use name@sha256: and all 64 hexadecimal digits.");
        }

        return EnvelopeName.IsValid(reference)
            ? new ResolvedEnvelope(await store.OpenAsync(reference, null, cancellationToken))
            : throw new EnvelopeException(EnvelopeError.Invalid, $"'{reference}' does not refer to an envelope. Use a name ('diamond-price'), a name with a digest ('diamond-price@sha256:...'), or the path of a {EnvelopeArchive.Extension} file.");
    }

    private static async Task<ResolvedEnvelope> OpenFileAsync(string path, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("envelope-");
        try
        {
            var store = new EnvelopeStore(scratch.FullName);
            var imported = await EnvelopeArchive.ImportAsync(path, store, cancellationToken);
            return new ResolvedEnvelope(await store.OpenAsync(imported.Name, imported.Digest, cancellationToken), scratch);
        }
        catch
        {
            scratch.Delete(recursive: true);
            throw;
        }
    }
}

/// <summary>An envelope that a reference named. Disposing removes what had to be unpacked to read it.</summary>
public sealed class ResolvedEnvelope : IDisposable
{
    private readonly DirectoryInfo? _scratch;

    internal ResolvedEnvelope(EnvelopeContent content, DirectoryInfo? scratch = null) => (Content, _scratch) = (content, scratch);

    /// <summary>The envelope.</summary>
    public EnvelopeContent Content { get; }

    /// <inheritdoc/>
    public void Dispose() => _scratch?.Delete(recursive: true);
}
