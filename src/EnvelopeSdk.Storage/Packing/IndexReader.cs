using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Packing;

/// <summary>Reads the index of a layout that holds one envelope.</summary>
internal static class IndexReader
{
    /// <returns>The descriptor of the envelope's manifest.</returns>
    /// <exception cref="EnvelopeException">It is none, or lists something else.</exception>
    public static OciDescriptor Read(byte[] text, string path)
    {
        var index = EnvelopeJsonContext.Read(text, c => c.OciIndex, path);
        if (index.SchemaVersion != 2 || index.MediaType is not (null or ModelPackMediaTypes.Index))
        {
            throw ArchiveBlobs.Unsound($"Its {path} is no OCI index of the schemaVersion 2.");
        }

        return index.Manifests switch
        {
            not [_] => throw ArchiveBlobs.Unsound($"It lists {index.Manifests.Count} envelopes instead of one."),
            [{ MediaType: ModelPackMediaTypes.Manifest } one]
                when one.ArtifactType is null or ModelPackMediaTypes.Artifact => one,
            [var other] => throw ArchiveBlobs.Unsound(
                $"It lists a '{SafeText.Of(other.ArtifactType ?? other.MediaType)}', which is no envelope."),
        };
    }
}
