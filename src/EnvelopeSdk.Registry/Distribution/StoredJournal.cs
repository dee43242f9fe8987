using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Stores;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>
/// The journal that the store has of an envelope, as the manifest of events that clients read. Its tag changes when the
/// journal grows, and whoever has seen an older one gets all of it too.
/// </summary>
internal sealed class StoredJournal(IServedStore store, MadeContent made, string repository)
{
    /// <summary>What tells its tags from those of pushed events, behind the digits of the envelope.</summary>
    private const string Mark = "-store-";

    private const string Start = "journal-";
    private const int PrefixLength = 32;

    private static readonly byte[] EmptyConfig = "{}"u8.ToArray();

    /// <param name="envelope">The envelope.</param>
    /// <param name="length">How many bytes its journal has.</param>
    /// <returns>Null when nothing is known of the envelope.</returns>
    public static string? TagOf(Digest envelope, long length) => length > 0
        ? $"{Start}{envelope.Hex[..PrefixLength]}{Mark}{length.ToString("x", CultureInfo.InvariantCulture)}"
        : null;

    /// <summary>The first digits of the envelope whose journal a tag is for; null when it is another's tag.</summary>
    public static string? PrefixOf(string tag) =>
        tag.StartsWith(Start, StringComparison.Ordinal) && tag.Length > Start.Length + PrefixLength
        && tag.AsSpan(Start.Length + PrefixLength).StartsWith(Mark, StringComparison.Ordinal)
            ? tag.Substring(Start.Length, PrefixLength)
            : null;

    public async Task<FoundManifest> MakeAsync(EnvelopeReference envelope, CancellationToken cancellationToken)
    {
        var journal = await store.Envelopes.ReadJournalAsync(envelope, cancellationToken);
        var manifest = new JournalManifest
        {
            ArtifactType = JournalManifest.Type,
            Config = Keep(envelope.Name, "application/vnd.oci.empty.v1+json", EmptyConfig),
            Layers = [Keep(envelope.Name, JournalManifest.Type, JournalLines.Write(journal.Events))],
            Subject = new()
            {
                MediaType = ModelPackMediaTypes.Manifest,
                ArtifactType = ModelPackMediaTypes.Artifact,
                Digest = envelope.Digest,
                Size = await store.SizeOfAsync(envelope.Digest, cancellationToken),
            },
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, DistributionJsonContext.Default.JournalManifest);
        return new(made.Keep(repository, envelope.Name, bytes), ModelPackMediaTypes.Manifest, bytes);
    }

    private OciDescriptor Keep(string envelope, string mediaType, byte[] bytes) => new()
    {
        MediaType = mediaType,
        Digest = made.Keep(repository, envelope, bytes),
        Size = bytes.Length,
    };
}
