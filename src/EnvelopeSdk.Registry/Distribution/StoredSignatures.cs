using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Stores;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>
/// The signatures that the store has of an envelope, as the manifest in which cosign looks for them: the one that was
/// pushed, with those that it lacks.
/// </summary>
internal sealed class StoredSignatures(RegistryContent content, MadeContent made, string repository)
{
    /// <returns>Null when the store has none that was not pushed.</returns>
    public async Task<FoundManifest?> MakeAsync(
        EnvelopeReference envelope, string tag, CancellationToken cancellationToken)
    {
        var signatures = await content.Store.Envelopes.ReadSignaturesAsync(envelope, cancellationToken);
        var manifest = await PushedAsync(tag, cancellationToken);
        var missing = signatures.Where(one => !manifest.Has(one)).ToList();
        if (missing.Count == 0)
        {
            return null;
        }

        foreach (var one in missing)
        {
            made.Keep(repository, envelope.Name, one.Payload.ToArray());
            manifest.Add(one);
        }

        var (bytes, config) = manifest.Write();
        made.Keep(repository, envelope.Name, config);
        return new(made.Keep(repository, envelope.Name, bytes), ModelPackMediaTypes.Manifest, bytes);
    }

    private async Task<SignatureManifest> PushedAsync(string tag, CancellationToken cancellationToken) =>
        await content.Repository(repository).FindTagAsync(tag, cancellationToken) is { } pushed
        && await content.Store.TryReadManifestAsync(pushed, cancellationToken) is { } bytes
            ? SignatureManifest.TryRead(bytes) ?? SignatureManifest.Empty()
            : SignatureManifest.Empty();
}
