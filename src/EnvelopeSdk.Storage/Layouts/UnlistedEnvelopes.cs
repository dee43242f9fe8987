using System.Runtime.CompilerServices;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// Envelopes of which all content is in a store and that no name lists, nor a registry's repository: they were deleted
/// and not collected yet, or the directory of their name was lost.
/// </summary>
internal sealed class UnlistedEnvelopes(FolderStore store)
{
    public async IAsyncEnumerable<StoreFinding> ExamineAsync(
        bool restore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listed = store.Names().SelectMany(name => store.Layout(name).Entries())
            .Concat(store.Repositories.All().SelectMany(one => one.Manifests().Concat(one.Blobs()))).ToHashSet();
        foreach (var digest in store.Blobs.Digests(ManifestReader.Largest).Where(one => !listed.Contains(one)).ToList())
        {
            if (await OpenAsync(digest, cancellationToken) is not { } content)
            {
                continue;
            }

            if (restore)
            {
                await RestoreAsync(content, cancellationToken);
            }

            yield return new(
                content.Reference.ToString(),
                "It is whole and in no list: it was deleted and not collected, or its directory was lost, with its "
                + "tags, metrics and signatures." + (restore
                    ? " It is listed again, behind all others."
                    : " --restore lists it again."),
                restore ? StoreFindingState.Mended : StoreFindingState.Noted);
        }
    }

    /// <summary>
    /// Nobody knows when it was saved, and by a new save it would become the newest of its name, which services are
    /// built of.
    /// </summary>
    private async Task RestoreAsync(EnvelopeContent content, CancellationToken cancellationToken)
    {
        await using var staged = await store.StageAsync(cancellationToken);
        await staged.AddAsync(stream => stream.WriteAsync(content.Manifest, cancellationToken), cancellationToken);
        await staged.CommitAsync(content.Record.Name, content.Digest, [], [], cancellationToken);
    }

    /// <returns>Null when it is no manifest of an envelope, or the envelope is not whole.</returns>
    private async Task<EnvelopeContent?> OpenAsync(Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await store.Blobs.ReadManifestAsync(new("unlisted", digest), cancellationToken);
            if (!bytes.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8))
            {
                return null;
            }

            var content = await EnvelopeContent.OpenAsync(bytes, store.Blobs.Source, cancellationToken);
            await content.VerifyAsync(cancellationToken);
            return content;
        }
        catch (EnvelopeException)
        {
            return null;
        }
    }
}
