using System.Collections.Concurrent;
using System.Globalization;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;

namespace EnvelopeSdk.Registry.Stores.Folders;

/// <summary>
/// Finds the envelope of a name that has some content. Each manifest is read once; of content half its digest is kept,
/// and what is found is looked up again in the manifest.
/// </summary>
internal sealed class EnvelopeBlobs(FolderStore store)
{
    private readonly ConcurrentDictionary<string, Index> _indexes = new(StringComparer.Ordinal);

    /// <returns>Whether an envelope of the name has the content.</returns>
    public async Task<bool> HasAsync(string name, Digest blob, CancellationToken cancellationToken)
    {
        var layout = store.Layout(name);
        if (!layout.Exists)
        {
            return false;
        }

        var index = _indexes.GetOrAdd(name, _ => new());
        if (index.Owners.TryGetValue(KeyOf(blob), out var owner)
            && await IsOfAsync(layout, owner, blob, cancellationToken))
        {
            return true;
        }

        foreach (var envelope in layout.Entries().Where(one => !index.Seen.ContainsKey(one)).ToList())
        {
            foreach (var one in await ReadAsync(envelope, cancellationToken))
            {
                index.Owners[KeyOf(one)] = envelope;
            }

            index.Seen[envelope] = true;
        }

        return index.Owners.TryGetValue(KeyOf(blob), out owner)
            && (await IsOfAsync(layout, owner, blob, cancellationToken)
                || await IsOfAnotherAsync(layout, index, blob, cancellationToken));
    }

    /// <summary>The envelope that was known to have it was deleted, and others may have it too.</summary>
    private async Task<bool> IsOfAnotherAsync(
        NameLayout layout, Index index, Digest blob, CancellationToken cancellationToken)
    {
        foreach (var envelope in layout.Entries())
        {
            if (await IsOfAsync(layout, envelope, blob, cancellationToken))
            {
                index.Owners[KeyOf(blob)] = envelope;
                return true;
            }
        }

        index.Owners.TryRemove(KeyOf(blob), out _);
        return false;
    }

    private async Task<bool> IsOfAsync(
        NameLayout layout, Digest envelope, Digest blob, CancellationToken cancellationToken) =>
        layout.Has(envelope) && (await ReadAsync(envelope, cancellationToken)).Contains(blob);

    private async Task<IEnumerable<Digest>> ReadAsync(Digest envelope, CancellationToken cancellationToken)
    {
        var bytes = await store.Blobs.TryReadManifestAsync(envelope, cancellationToken);
        return bytes is null ? [] : ManifestOutline.Read(bytes).Blobs.Select(blob => blob.Digest);
    }

    private static UInt128 KeyOf(Digest digest) =>
        UInt128.Parse(digest.Hex.AsSpan(0, 32), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private sealed class Index
    {
        public ConcurrentDictionary<UInt128, Digest> Owners { get; } = [];

        public ConcurrentDictionary<Digest, bool> Seen { get; } = [];
    }
}
