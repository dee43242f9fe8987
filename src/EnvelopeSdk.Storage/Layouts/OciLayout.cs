using System.Globalization;
using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// The envelopes of one name, in the order in which they were saved last: an OCI image layout whose blobs lie in the
/// store's shared directory. Each envelope is listed under the first digits of its digest, and the newest also under
/// <c>latest</c>.
/// </summary>
/// <param name="directory">The layout's directory.</param>
/// <param name="blobs">The shared blob directory.</param>
internal sealed class OciLayout(string directory, BlobDirectory blobs)
{
    private const string Latest = "latest";
    private const string LayoutFile = "oci-layout";

    private static readonly byte[] LayoutJson = Encoding.UTF8.GetBytes("{\"imageLayoutVersion\": \"1.0.0\"}\n");

    private readonly string _indexPath = Path.Combine(directory, "index.json");

    public bool Exists => File.Exists(_indexPath);

    public JournalFile Journal(Digest envelope) =>
        new(Path.Combine(directory, "journal", envelope.Hex + ".jsonl"), envelope);

    /// <summary>The descriptors of the manifests, the one that was saved last at the end.</summary>
    public async Task<IReadOnlyList<OciDescriptor>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!Exists)
        {
            return [];
        }

        var text = await StoredFile.ReadAsync(_indexPath, cancellationToken);
        var index = EnvelopeJsonContext.Read(text, c => c.OciIndex, _indexPath);
        return [.. index.Manifests.Where(manifest => NameOf(manifest) != Latest)];
    }

    /// <summary>
    /// Adds an envelope, or events to the journal of one that is there. The journal is written first: what it says of
    /// an envelope that is not listed yet does no harm. The caller holds the store's lock.
    /// </summary>
    public async Task AddAsync(
        OciDescriptor manifest, IReadOnlyList<JournalEvent> events, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        LinkBlobs();
        await DurableFile.ReplaceAsync(Path.Combine(directory, LayoutFile), LayoutJson, cancellationToken);
        var journal = await Journal(manifest.Digest).AppendAsync(events, cancellationToken);

        var last = journal.Saved ?? DateTimeOffset.UnixEpoch;
        var saved = last.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        var known = await ReadAsync(cancellationToken);
        if (known.FirstOrDefault(one => one.Digest == manifest.Digest) is not { } listed || SavedAt(listed) != saved)
        {
            await WriteAsync(
                [.. known.Where(one => one.Digest != manifest.Digest), Named(manifest, saved)], cancellationToken);
        }
    }

    /// <summary>Takes an envelope out, with its journal. The caller holds the store's lock.</summary>
    public async Task<bool> RemoveAsync(Digest envelope, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(cancellationToken);
        if (known.All(one => one.Digest != envelope))
        {
            return false;
        }

        var rest = known.Where(one => one.Digest != envelope).ToList();
        if (rest.Count > 0)
        {
            await WriteAsync(rest, cancellationToken);
        }
        else
        {
            File.Delete(_indexPath);
        }

        Journal(envelope).Delete();
        return true;
    }

    private static string? NameOf(OciDescriptor manifest) =>
        manifest.Annotations?.GetValueOrDefault(OciAnnotations.RefName);

    private static string? SavedAt(OciDescriptor manifest) =>
        manifest.Annotations?.GetValueOrDefault(OciAnnotations.Created);

    private static OciDescriptor Named(OciDescriptor manifest, string? saved, string? name = null) => manifest with
    {
        Annotations = new(StringComparer.Ordinal)
        {
            [OciAnnotations.RefName] = name ?? manifest.Digest.Short,
            [OciAnnotations.Created] = saved ?? "",
        },
    };

    private async Task WriteAsync(IEnumerable<OciDescriptor> manifests, CancellationToken cancellationToken)
    {
        List<OciDescriptor> sorted =
            [
                .. manifests.OrderBy(SavedAt, StringComparer.Ordinal)
                    .ThenBy(one => one.Digest.Hex, StringComparer.Ordinal),
            ];
        var index = new OciIndex { Manifests = [.. sorted, Named(sorted[^1], SavedAt(sorted[^1]), Latest)] };
        await DurableFile.ReplaceAsync(
            _indexPath, EnvelopeJsonContext.Write(index, c => c.OciIndex), cancellationToken);
    }

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
            Directory.CreateSymbolicLink(link, Path.GetRelativePath(directory, blobs.Root));
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException && OperatingSystem.IsWindows())
        {
            // Windows asks for a privilege. Without the link, tools need the blob directory named to them.
        }
    }
}
