namespace EnvelopeSdk.Envelopes;

/// <summary>
/// Media types of the OCI image specification 1.1 and the CNCF ModelPack specification that envelopes use.
/// </summary>
internal static class ModelPackMediaTypes
{
    public const string Index = "application/vnd.oci.image.index.v1+json";
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string Artifact = "application/vnd.cncf.model.manifest.v1+json";
    public const string Config = "application/vnd.cncf.model.config.v1+json";
    public const string Weight = "application/vnd.cncf.model.weight.v1.raw";
    public const string WeightConfig = "application/vnd.cncf.model.weight.config.v1.raw";
    public const string Code = "application/vnd.cncf.model.code.v1.raw";
    public const string Dataset = "application/vnd.cncf.model.dataset.v1.raw";
    public const string Doc = "application/vnd.cncf.model.doc.v1.raw";
}
