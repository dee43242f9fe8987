using System.Globalization;
using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// An OCI image layout (OCI image specification, image layout) whose blobs lie in the store's shared directory. The
/// store only writes it, for tools of the OCI world: what it reads itself are its own files.
/// </summary>
/// <param name="directory">The layout's directory.</param>
/// <param name="blobs">The shared blob directory.</param>
internal sealed class OciLayout(string directory, BlobDirectory blobs)
{
    public const string LayoutFile = "oci-layout";
    public const string IndexFile = "index.json";

    private const string Latest = "latest";

    /// <summary>What the file <c>oci-layout</c> holds.</summary>
    public static readonly byte[] LayoutJson = Encoding.UTF8.GetBytes("{\"imageLayoutVersion\": \"1.0.0\"}\n");

    public string Directory => directory;

    /// <summary>
    /// Writes the layout's index, and what else of it is not there: envelopes under the first digits of their digests,
    /// and the newest also under <c>latest</c>.
    /// </summary>
    /// <param name="newest">The envelopes, the newest first. Those without a manifest are passed over.</param>
    /// <param name="root">Where the directory of blobs is seen from the directory's final place.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task WriteAsync(
        IEnumerable<SavedEntry> newest, string root, CancellationToken cancellationToken)
    {
        System.IO.Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, LayoutFile);
        if (!await HoldsAsync(LayoutFile, LayoutJson, cancellationToken))
        {
            await DurableFile.WriteAsync(file, LayoutJson, cancellationToken);
        }

        LinkBlobs(root);
        await DurableFile.ReplaceAsync(Path.Combine(directory, IndexFile), Index(newest), cancellationToken);
    }

    /// <summary>Whether all of it is as it would be written now.</summary>
    public async Task<bool> IsAsync(IEnumerable<SavedEntry> newest, CancellationToken cancellationToken) =>
        await HoldsAsync(LayoutFile, LayoutJson, cancellationToken)
        && await HoldsAsync(IndexFile, Index(newest), cancellationToken)
        && (OperatingSystem.IsWindows() || System.IO.Directory.Exists(Path.Combine(directory, "blobs")));

    /// <summary>What the index holds for envelopes.</summary>
    public byte[] Index(IEnumerable<SavedEntry> newest)
    {
        List<OciDescriptor> manifests =
        [
            .. newest.Select(one => (one.Saved, Size: blobs.SizeOf(one.Digest), one.Digest)).Where(one => one.Size >= 0)
                .Select(one => Named(one.Digest, one.Size, one.Saved, one.Digest.Short)).Reverse(),
        ];
        if (manifests.Count > 0)
        {
            manifests.Add(Renamed(manifests[^1], Latest));
        }

        return EnvelopeJsonContext.Write(new OciIndex { Manifests = manifests }, c => c.OciIndex);
    }

    private async Task<bool> HoldsAsync(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, name);
        return File.Exists(path) && (await File.ReadAllBytesAsync(path, cancellationToken)).SequenceEqual(bytes);
    }

    private static OciDescriptor Named(Digest digest, long size, DateTimeOffset saved, string name) => Renamed(
        new()
        {
            MediaType = ModelPackMediaTypes.Manifest,
            ArtifactType = ModelPackMediaTypes.Artifact,
            Digest = digest,
            Size = size,
            Annotations = saved == DateTimeOffset.UnixEpoch ? [] : new(StringComparer.Ordinal)
            {
                [OciAnnotations.Created] = saved.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            },
        },
        name);

    private static OciDescriptor Renamed(OciDescriptor manifest, string name) => manifest with
    {
        Annotations = new(manifest.Annotations!, StringComparer.Ordinal) { [OciAnnotations.RefName] = name },
    };

    /// <summary>Lets tools that know nothing of shared blob directories read the layout.</summary>
    private void LinkBlobs(string root)
    {
        var link = Path.Combine(directory, "blobs");
        if (new FileInfo(link).LinkTarget == root || System.IO.Directory.Exists(link))
        {
            return;
        }

        try
        {
            System.IO.Directory.CreateSymbolicLink(link, root);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException && OperatingSystem.IsWindows())
        {
            // Windows asks for a privilege. Without the link, tools need the blob directory named to them.
        }
    }
}
