using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Distribution;

/// <summary>Takes an envelope out of a registry.</summary>
internal static class EnvelopePull
{
    /// <summary>Opens an envelope where it lies.</summary>
    /// <exception cref="EnvelopeException">It is not there, no envelope, or damaged.</exception>
    public static async Task<ResolvedEnvelope> OpenAsync(
        OciReference source, RegistryOptions options, CancellationToken cancellationToken)
    {
        var channel = new RegistryChannel(source, options);
        var client = new RegistryClient(channel);
        var manifest = await client.GetManifestAsync(source.Manifest, cancellationToken);
        var content = await NamingAsync(
            source, () => EnvelopeContent.OpenAsync(manifest, client.Blobs(), cancellationToken));
        var journal = new RegistryJournal(client, channel, content.ManifestDescriptor);
        return new(content, await journal.ReadAsync(cancellationToken))
        {
            Signatures = new RegistrySignatures(client, content.Digest).ReadAsync,
        };
    }

    /// <summary>
    /// Copies an envelope into a store. Of one that is there whole, only events and signatures are taken.
    /// </summary>
    /// <exception cref="EnvelopeException">
    /// It is not there, no envelope, or damaged, or the store cannot be written. Nothing of it is in the store.
    /// </exception>
    public static async Task<EnvelopeReference> PullAsync(
        IEnvelopeStore store, OciReference source, RegistryOptions options, IProgress<TransferProgress>? progress,
        CancellationToken cancellationToken)
    {
        var resolved = await OpenAsync(source, options, cancellationToken);
        var (content, journal) = resolved;
        var signatures = await resolved.ReadSignaturesAsync(cancellationToken);
        if (await IsWholeAsync(store, content.Reference, cancellationToken))
        {
            await store.AddSignaturesAsync(content.Reference, signatures, cancellationToken);
            await store.AppendAsync(content.Reference, journal.Events, cancellationToken);
            return content.Reference;
        }

        return await NamingAsync(
            source, () => store.CopyAsync(content, journal, signatures, progress, cancellationToken));
    }

    private static async Task<bool> IsWholeAsync(
        IEnvelopeStore store, EnvelopeReference reference, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await store.OpenAsync(reference.Name, reference.Digest, cancellationToken);
            await stored.VerifyAsync(cancellationToken);
            return true;
        }
        catch (EnvelopeException failure) when (failure.Error is EnvelopeError.NotFound or EnvelopeError.Damaged)
        {
            return false; // a sound copy takes its place
        }
    }

    private static async Task<T> NamingAsync<T>(OciReference source, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (EnvelopeException damage) when (damage.Error == EnvelopeError.Damaged)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged, $"'{source}' is not a sound envelope. {damage.Message}", damage);
        }
    }
}
