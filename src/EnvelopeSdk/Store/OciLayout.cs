using System.Globalization;
using System.Text;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Store;

/// <summary>
/// The envelopes of one name, oldest first: an OCI image layout whose blobs lie in the store's shared directory. Each
/// envelope is listed under the first digits of its digest, and the newest also under <c>latest</c>.
/// </summary>
/// <param name="directory">The layout's directory.</param>
/// <param name="blobs">The shared blob directory.</param>
internal sealed class OciLayout(string directory, string blobs)
{
    private const string Latest = "latest";
    private const string LayoutFile = "oci-layout";
    private static readonly byte[] LayoutJson = Encoding.UTF8.GetBytes("{\"imageLayoutVersion\": \"1.0.0\"}\n");

    private readonly string _indexPath = Path.Combine(directory, "index.json");

    public bool Exists => File.Exists(_indexPath);

    /// <summary>The descriptors of the manifests, oldest first.</summary>
    public async Task<IReadOnlyList<OciDescriptor>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!Exists)
        {
            return [];
        }

        var index = PackingJsonContext.Read(await StoredFile.ReadAsync(_indexPath, cancellationToken), c => c.OciIndex, _indexPath);
        return [.. index.Manifests.Where(manifest => RefName(manifest) != Latest)];
    }

    /// <summary>Makes an envelope the newest. The caller holds the store's lock.</summary>
    public async Task AddAsync(OciDescriptor manifest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        LinkBlobs();
        await DurableFile.ReplaceAsync(Path.Combine(directory, LayoutFile), LayoutJson, cancellationToken);

        var known = await ReadAsync(cancellationToken);
        var created = known.FirstOrDefault(one => one.Digest == manifest.Digest)?.Annotations?.GetValueOrDefault(OciAnnotations.Created)
            ?? now.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var index = new OciIndex
        {
            Manifests =
            [
                .. known.Where(one => one.Digest != manifest.Digest),
                Named(manifest, manifest.Digest.Short, created),
                Named(manifest, Latest, created),
            ],
        };
        await DurableFile.ReplaceAsync(_indexPath, PackingJsonContext.Write(index, c => c.OciIndex), cancellationToken);
    }

    private static string? RefName(OciDescriptor manifest) => manifest.Annotations?.GetValueOrDefault(OciAnnotations.RefName);

    private static OciDescriptor Named(OciDescriptor manifest, string name, string created) => manifest with
    {
        Annotations = new(StringComparer.Ordinal) { [OciAnnotations.RefName] = name, [OciAnnotations.Created] = created },
    };

    /// <summary>Lets tools that know nothing of shared blob directories read the layout.</summary>
    private void LinkBlobs()
    {
        var link = Path.Combine(directory, "blobs");
        if (Path.Exists(link))
        {
            return;
        }

        try
        {
            Directory.CreateSymbolicLink(link, Path.GetRelativePath(directory, blobs));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && OperatingSystem.IsWindows())
        {
            // Windows asks for a privilege. Without the link, tools need the blob directory named to them.
        }
    }
}
