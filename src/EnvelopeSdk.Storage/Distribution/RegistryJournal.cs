using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// The journal of an envelope in a registry: each push of events is a manifest of its own under a tag of its own, so
/// that those who push at once lose nothing to each other.
/// </summary>
internal sealed class RegistryJournal(RegistryClient client, RegistryChannel channel, OciDescriptor envelope)
{
    /// <summary>All that may have happened to an envelope, in bytes.</summary>
    public const int Largest = 256 << 20;

    private const int EventsInLayer = 20_000;

    private static readonly byte[] EmptyConfig = "{}"u8.ToArray();

    private readonly string _prefix = $"journal-{envelope.Digest.Hex[..32]}-";

    /// <exception cref="EnvelopeException">The events cannot be had, or are damaged.</exception>
    public async Task<EnvelopeJournal> ReadAsync(CancellationToken cancellationToken)
    {
        var tags = await TagList.ReadAsync(channel, _prefix, cancellationToken);
        var budget = new StrongBox<long>(Largest);
        var events = new ConcurrentBag<JournalEvent>();
        await Parallel.ForEachAsync(
            tags.Distinct(),
            Concurrency(cancellationToken),
            async (tag, cancellation) =>
            {
                foreach (var one in await ReadAsync(tag, budget, cancellation))
                {
                    events.Add(one);
                }
            });
        return EnvelopeJournal.Of(events);
    }

    /// <summary>Adds events.</summary>
    public async Task AddAsync(IEnumerable<JournalEvent> events, CancellationToken cancellationToken)
    {
        foreach (var some in events.Chunk(EventsInLayer))
        {
            var manifest = new JournalManifest
            {
                ArtifactType = JournalManifest.Type,
                Config = await PutAsync("application/vnd.oci.empty.v1+json", EmptyConfig, cancellationToken),
                Layers = [await PutAsync(JournalManifest.Type, JournalLines.Write(some), cancellationToken)],
                Subject = envelope,
            };
            var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, DistributionJsonContext.Default.JournalManifest);
            var tag = $"{_prefix}{Guid.CreateVersion7():n}";
            await client.PutManifestAsync(tag, ModelPackMediaTypes.Manifest, bytes, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<JournalEvent>> ReadAsync(
        string tag, StrongBox<long> budget, CancellationToken cancellationToken)
    {
        if (await client.TryReadManifestAsync(tag, cancellationToken) is not { } bytes)
        {
            return []; // somebody took it away since the tags were listed
        }

        var manifest = DistributionJsonContext.TryRead(bytes, DistributionJsonContext.Default.JournalManifest);
        if (manifest?.ArtifactType != JournalManifest.Type || manifest.Subject?.Digest != envelope.Digest)
        {
            return []; // another's, which only looks like ours
        }

        if (manifest.Layers is not [{ } layer])
        {
            throw RegistryFailure.Damaged(client.Registry, $"give the events under '{tag}'", "it has not one layer");
        }

        if (layer.Size < 0 || Interlocked.Add(ref budget.Value, -layer.Size) < 0)
        {
            throw RegistryFailure.Damaged(
                client.Registry, "give the events of an envelope", $"they are more than {Largest >> 20} MiB");
        }

        var lines = await client.ReadBlobAsync(layer, (int)layer.Size, cancellationToken);
        return JournalLines.Read(lines, $"{client.Registry.Host}/{client.Registry.Repository}:{tag}", envelope.Digest);
    }

    private async Task<OciDescriptor> PutAsync(string mediaType, byte[] bytes, CancellationToken cancellationToken)
    {
        var blob = new OciDescriptor { MediaType = mediaType, Digest = Digest.Of(bytes), Size = bytes.Length };
        if (!await client.HasBlobAsync(blob.Digest, cancellationToken))
        {
            await client.Upload(blob, null)
                .SendAsync(() => Task.FromResult<Stream>(new MemoryStream(bytes)), cancellationToken);
        }

        return blob;
    }

    private ParallelOptions Concurrency(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = client.Options.Parallel, CancellationToken = cancellationToken };
}
