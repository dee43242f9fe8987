using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// A manifest that holds events of an envelope's journal: one layer with a line for each. It refers to the envelope, so
/// that registries that know referrers show it there.
/// </summary>
internal sealed record JournalManifest
{
    public const string Type = "application/vnd.envelopesdk.journal.v1+jsonl";

    public int SchemaVersion { get; init; } = 2;

    public string MediaType { get; init; } = ModelPackMediaTypes.Manifest;

    public string? ArtifactType { get; init; }

    public OciDescriptor? Config { get; init; }

    public IReadOnlyList<OciDescriptor?>? Layers { get; init; }

    public OciDescriptor? Subject { get; init; }
}
