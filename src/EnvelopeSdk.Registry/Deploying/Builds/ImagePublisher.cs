using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Registry.Stores;

namespace EnvelopeSdk.Registry.Deploying.Builds;

/// <summary>
/// Puts the images of services into the registry. A build writes a file, and the registry takes it from there: so code
/// of packages, which a build runs, never has a secret that lets write to the registry.
/// </summary>
internal sealed class ImagePublisher(IServedStore store, IUploads uploads)
{
    /// <summary>Puts the image of a build into the repository <c>services/NAME</c>.</summary>
    /// <param name="key">What was built; its folder's name becomes the tag.</param>
    /// <param name="build">The folder of the build, which has the archive and gets to know the image.</param>
    /// <param name="notes">
    /// A folder of the registry's own, which gets to know the image before it is there: so it is known whenever this
    /// ends.
    /// </param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task PublishAsync(BuildKey key, string build, string notes, CancellationToken cancellationToken)
    {
        var archive = new ImageArchive(ServiceImage.ArchiveOf(build));
        var (digest, bytes) = await archive.ReadManifestAsync(cancellationToken);
        var outline = ManifestOutline.Read(bytes);
        var repository = store.Repository($"services/{key.Envelope.Name}");

        // All of them, also those that are in the store: a build that names content of others does not get it so.
        await archive.ReadBlobsAsync(
            outline.Blobs.Select(one => one.Digest).Distinct(),
            (blob, content) => PutAsync(repository, blob, content, cancellationToken), cancellationToken);
        var known = new StoredManifest
        {
            MediaType = outline.MediaType ?? ModelPackMediaTypes.Manifest,
            Size = bytes.Length,
            ArtifactType = outline.ArtifactType,
            Pushed = DateTimeOffset.UtcNow,
        };
        var image = new ServiceImage(repository.Name, key.Folder, digest, outline.Blobs[0].Digest.Hex);
        await image.WriteAsync(notes, cancellationToken);
        await repository.AddManifestAsync(
            new(digest, bytes, outline, known), () => EnsureThereAsync(repository, outline, cancellationToken),
            cancellationToken);
        await repository.SetTagAsync(key.Folder, digest, cancellationToken);
        await image.WriteAsync(build, cancellationToken);
    }

    /// <summary>Takes an image out of the registry, as far as it is there. What has another tag stays.</summary>
    public async Task RemoveAsync(ServiceImage image, CancellationToken cancellationToken)
    {
        var (repository, digest) = (store.Repository(image.Repository), image.Digest);
        if (await repository.FindTagAsync(image.Tag, cancellationToken) == digest)
        {
            await repository.RemoveTagAsync(image.Tag, cancellationToken);
        }

        if (!await IsTaggedAsync(repository, digest, cancellationToken))
        {
            await repository.RemoveManifestAsync(digest, cancellationToken);
        }
    }

    /// <summary>Whether another tag keeps it: somebody may have given it a name.</summary>
    private static async Task<bool> IsTaggedAsync(
        IRepository repository, Digest digest, CancellationToken cancellationToken)
    {
        foreach (var tag in await repository.TagsAsync(cancellationToken))
        {
            if (await repository.FindTagAsync(tag, cancellationToken) == digest)
            {
                return true;
            }
        }

        return false;
    }

    private async Task PutAsync(
        IRepository repository, Digest digest, Stream content, CancellationToken cancellationToken)
    {
        var upload = await uploads.BeginAsync(cancellationToken);
        using var writer = await upload.TakeOverAsync(cancellationToken);
        try
        {
            await writer.AppendAsync(start: 0, content);
            if (await writer.DigestAsync() is var came && came != digest)
            {
                throw new InvalidDataException($"What the image has as {digest} is {came}.");
            }

            await writer.CompleteAsync(repository.Name, digest);
        }
        finally
        {
            await writer.EndAsync();
        }
    }

    /// <exception cref="IOException">It was collected meanwhile: the deployment tries again.</exception>
    private static async Task EnsureThereAsync(
        IRepository repository, ManifestOutline outline, CancellationToken cancellationToken)
    {
        foreach (var (blob, _) in outline.Blobs)
        {
            if (!await repository.HasBlobAsync(blob, cancellationToken))
            {
                throw new IOException($"{blob} of the image is gone.");
            }
        }
    }
}
