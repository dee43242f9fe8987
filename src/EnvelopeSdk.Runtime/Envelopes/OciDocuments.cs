using System.Text.Json.Serialization;

namespace EnvelopeSdk.Envelopes;

/// <summary>Names a blob (OCI image specification, descriptors).</summary>
internal sealed record OciDescriptor
{
    public required string MediaType { get; init; }

    public string? ArtifactType { get; init; }

    public required Digest Digest { get; init; }

    public required long Size { get; init; }

    public SortedDictionary<string, string>? Annotations { get; init; }

    /// <summary>Where the file lies in the envelope; layers have one.</summary>
    [JsonIgnore]
    public string? FilePath => Annotations?.GetValueOrDefault(OciAnnotations.FilePath);
}

/// <summary>Lists the blobs of one envelope (OCI image specification, image manifest).</summary>
internal sealed record OciManifest
{
    public required int SchemaVersion { get; init; }

    public required string MediaType { get; init; }

    public required string ArtifactType { get; init; }

    public required OciDescriptor Config { get; init; }

    public required IReadOnlyList<OciDescriptor> Layers { get; init; }

    public SortedDictionary<string, string>? Annotations { get; init; }
}

/// <summary>Lists the envelopes of one layout (OCI image specification, image index).</summary>
internal sealed record OciIndex
{
    public int SchemaVersion { get; init; } = 2;

    /// <summary>Other tools leave it out.</summary>
    public string? MediaType { get; init; } = ModelPackMediaTypes.Index;

    public required IReadOnlyList<OciDescriptor> Manifests { get; init; }
}

/// <summary>What ModelPack asks to know of every model. Its schema forbids members of our own.</summary>
internal sealed record ModelPackConfig
{
    public required ModelPackDescriptor Descriptor { get; init; }

    public required ModelPackTechnical Config { get; init; }

    public required ModelPackFiles Modelfs { get; init; }
}

internal sealed record ModelPackDescriptor
{
    public required string Name { get; init; }

    public string? Revision { get; init; }

    public string? Description { get; init; }
}

internal sealed record ModelPackTechnical
{
    public required string Format { get; init; }
}

internal sealed record ModelPackFiles
{
    public string Type { get; init; } = "layers";

    public required IReadOnlyList<Digest> DiffIds { get; init; }
}
