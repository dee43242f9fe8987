using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Distribution;

/// <summary>Sends an envelope to a registry: its content, its events, its signatures, and then the tag.</summary>
internal static class EnvelopePush
{
    /// <param name="content">The envelope.</param>
    /// <param name="journal">What is known of it.</param>
    /// <param name="signatures">Its signatures.</param>
    /// <param name="target">The repository and the tag.</param>
    /// <param name="mountFrom">Another repository of the registry that may have content of it.</param>
    /// <param name="options">How the registry is spoken to.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    /// <exception cref="EnvelopeException">The envelope is damaged, or the registry does not take it.</exception>
    public static async Task PushAsync(
        EnvelopeContent content, EnvelopeJournal journal, IReadOnlyList<EnvelopeSignature> signatures,
        OciReference target, string? mountFrom, RegistryOptions options, IProgress<TransferProgress>? progress,
        CancellationToken cancellationToken)
    {
        var channel = new RegistryChannel(target, options);
        var client = new RegistryClient(channel);
        await SendContentAsync(content, client, mountFrom, progress, cancellationToken);
        var remote = new RegistryJournal(client, channel, content.ManifestDescriptor);
        var known = await remote.ReadAsync(cancellationToken);
        await remote.AddAsync(
            journal.Events.ExceptBy(known.Events.Select(one => one.Id), one => one.Id), cancellationToken);

        await new RegistrySignatures(client, content.Digest).AddAsync(signatures, cancellationToken);

        // Last: whoever finds the envelope under the tag finds all that is known of it.
        await PutManifestAsync(client, content, target.Manifest, cancellationToken);
    }

    /// <summary>Sends what the repository has not: content, and the manifest under its digest.</summary>
    public static async Task SendContentAsync(
        EnvelopeContent content, RegistryClient client, string? mountFrom, IProgress<TransferProgress>? progress,
        CancellationToken cancellationToken)
    {
        var meter = new TransferMeter(progress, content);
        await Parallel.ForEachAsync(
            content.Blobs.DistinctBy(blob => blob.Digest),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = client.Options.Parallel,
                CancellationToken = cancellationToken,
            },
            async (blob, cancellation) =>
            {
                if (await client.HasBlobAsync(blob.Digest, cancellation)
                    || !await client.Upload(blob, mountFrom).SendAsync(
                        async () => meter.Measure(await content.OpenVerifiedAsync(blob, cancellation)), cancellation))
                {
                    meter.Add(blob.Size);
                }
            });
        await PutManifestAsync(client, content, content.Digest.ToString(), cancellationToken);
    }

    private static async Task PutManifestAsync(
        RegistryClient client, EnvelopeContent content, string manifest, CancellationToken cancellationToken)
    {
        if (await client.FindManifestAsync(manifest, cancellationToken) != content.Digest)
        {
            await client.PutManifestAsync(manifest, ModelPackMediaTypes.Manifest, content.Manifest, cancellationToken);
        }
    }
}
