using System.Text.Json;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Registry.Deploying.Builds;

/// <summary>The image of a service, which a build has put into the registry.</summary>
/// <param name="Repository">The repository of the registry.</param>
/// <param name="Tag">Its tag there.</param>
/// <param name="Digest">The digest of its manifest.</param>
/// <param name="Id">The digest of its config, without <c>sha256:</c>: what runs containers knows it by that.</param>
internal sealed record ServiceImage(string Repository, string Tag, Digest Digest, string Id)
{
    private const string FileName = "image.json";

    /// <summary>The image as one file in the folder of a build (OCI image layout in a tar).</summary>
    public static string ArchiveOf(string build) => Path.Combine(build, "image.tar");

    /// <summary>Whether a build has become an image.</summary>
    public static bool IsOf(string build) => File.Exists(Path.Combine(build, FileName));

    /// <summary>The image of a build.</summary>
    public static ServiceImage Read(string build) => JsonSerializer.Deserialize<ServiceImage>(
        File.ReadAllText(Path.Combine(build, FileName)), JsonSerializerOptions.Web)!;

    /// <summary>Removes what a build itself says of an image: whose it is, the registry says.</summary>
    public static void Forget(string build) => File.Delete(Path.Combine(build, FileName));

    /// <summary>Writes it whole, or not at all.</summary>
    public ValueTask WriteAsync(string build, CancellationToken cancellationToken) => DurableFile.ReplaceAsync(
        Path.Combine(build, FileName), JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web),
        cancellationToken);

    public override string ToString() => $"{Repository}@{Digest}";
}
