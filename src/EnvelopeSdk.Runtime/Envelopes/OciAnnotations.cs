namespace EnvelopeSdk.Envelopes;

/// <summary>Annotation keys of the OCI image and CNCF ModelPack specifications that envelopes use.</summary>
internal static class OciAnnotations
{
    public const string FilePath = "org.cncf.model.filepath";
    public const string Title = "org.opencontainers.image.title";
    public const string RefName = "org.opencontainers.image.ref.name";

    /// <summary>
    /// When the envelope was saved last. It stands in <c>index.json</c>, which no digest covers: time is not identity.
    /// </summary>
    public const string Created = "org.opencontainers.image.created";
}
