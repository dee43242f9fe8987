using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Layouts;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>
/// The journal that the store has of an envelope, as the manifest of events that clients read. Its tag changes when the
/// journal grows, and whoever has seen an older one gets all of it too.
/// </summary>
internal sealed class StoredJournal(FolderStore store, MadeContent made, string repository)
{
    /// <summary>What tells its tags from those of pushed events, behind the digits of the envelope.</summary>
    private const string Mark = "-store-";

    private const string Start = "journal-";
    private const int PrefixLength = 32;

    private static readonly byte[] EmptyConfig = "{}"u8.ToArray();

    /// <returns>Null when nothing is known of the envelope.</returns>
    public static string? TagOf(NameLayout layout, Digest envelope) =>
        new FileInfo(layout.Journal(envelope).FilePath) is { Exists: true, Length: > 0 } file
            ? $"{Start}{envelope.Hex[..PrefixLength]}{Mark}{file.Length.ToString("x", CultureInfo.InvariantCulture)}"
            : null;

    /// <summary>The first digits of the envelope whose journal a tag is for; null when it is another's tag.</summary>
    public static string? PrefixOf(string tag) =>
        tag.StartsWith(Start, StringComparison.Ordinal) && tag.Length > Start.Length + PrefixLength
        && tag.AsSpan(Start.Length + PrefixLength).StartsWith(Mark, StringComparison.Ordinal)
            ? tag.Substring(Start.Length, PrefixLength)
            : null;

    public async Task<FoundManifest> MakeAsync(EnvelopeReference envelope, CancellationToken cancellationToken)
    {
        var journal = await store.ReadJournalAsync(envelope, cancellationToken);
        var manifest = new JournalManifest
        {
            ArtifactType = JournalManifest.Type,
            Config = Keep("application/vnd.oci.empty.v1+json", EmptyConfig),
            Layers = [Keep(JournalManifest.Type, JournalLines.Write(journal.Events))],
            Subject = new()
            {
                MediaType = ModelPackMediaTypes.Manifest,
                ArtifactType = ModelPackMediaTypes.Artifact,
                Digest = envelope.Digest,
                Size = store.Blobs.SizeOf(envelope.Digest),
            },
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, DistributionJsonContext.Default.JournalManifest);
        return new(made.Keep(repository, bytes), ModelPackMediaTypes.Manifest, bytes);
    }

    private OciDescriptor Keep(string mediaType, byte[] bytes) =>
        new() { MediaType = mediaType, Digest = made.Keep(repository, bytes), Size = bytes.Length };
}
