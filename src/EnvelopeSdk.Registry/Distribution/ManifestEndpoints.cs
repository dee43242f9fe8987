using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>Manifests of repositories.</summary>
internal static class ManifestEndpoints
{
    public static void MapManifests(this RouteTable routes, RegistryContent content, EnvelopeArrival arrival)
    {
        routes.Map(Topic.Manifest, HttpMethods.Get, request => GiveAsync(request, content));
        routes.Map(Topic.Manifest, HttpMethods.Head, request => GiveAsync(request, content));
        routes.Map(Topic.Manifest, HttpMethods.Put, request => PutAsync(request, content, arrival));
        routes.Map(Topic.Manifest, HttpMethods.Delete, request => DeleteAsync(request, content));
    }

    private static async Task GiveAsync(DistributionRequest request, RegistryContent content)
    {
        var found = await content.FindManifestAsync(request.Name, request.Reference, request.Aborted);
        request.Response.Headers["Docker-Content-Digest"] = found.Digest.ToString();
        await Results.Bytes(
            found.Bytes, found.MediaType, entityTag: new EntityTagHeaderValue($"\"{found.Digest}\""))
            .ExecuteAsync(request.Context);
    }

    private static async Task PutAsync(DistributionRequest request, RegistryContent content, EnvelopeArrival arrival)
    {
        var push = await PushedManifest.ReadAsync(request);
        await EnsureReferredAsync(request, content, push);
        var envelope = await arrival.CheckAsync(request.Name, push, request.Aborted);
        await EnsureMayChangeAsync(request, content, push, envelope);
        await arrival.TakeLabelsAsync(request.Name, push, request.Aborted);
        await StoreAsync(request, content, push, envelope?.Record.Name);
        if (push.Tag is { } tag)
        {
            if (envelope is not null)
            {
                await arrival.CommitAsync(request.Name, envelope, [], request.Aborted);
            }

            // Last: who finds an envelope under the tag finds it in the store.
            using (await content.Repositories.LockAsync(request.Aborted))
            {
                await content.Folder(request.Name).SetTagAsync(tag, push.Digest, request.Aborted);
            }
        }

        if (push.Outline.Subject is { } subject)
        {
            request.Response.Headers["OCI-Subject"] = subject.ToString();
        }

        request.Created("manifests", push.Digest);
    }

    /// <summary>What is pushed to a repository may be, or be about, an envelope of another name.</summary>
    private static async Task EnsureMayChangeAsync(
        DistributionRequest request, RegistryContent content, PushedManifest push, EnvelopeContent? envelope)
    {
        var about = push.Outline.Subject ?? SentLabels.SignedBy(push.Tag);
        var name = envelope is not null ? envelope.Record.Name
            : about is { } digest ? (await content.Folder(request.Name).FindManifestAsync(digest, request.Aborted))?.Envelope
            : null;
        Grants.Of(request.Context.User).Ensure(Role.Save, name ?? request.Name);
    }

    /// <summary>Nothing is referred to that is not there, but for the subject, which may come later.</summary>
    private static async Task EnsureReferredAsync(
        DistributionRequest request, RegistryContent content, PushedManifest push)
    {
        foreach (var (digest, size) in push.Outline.Blobs)
        {
            if (!await content.HasBlobAsync(request.Name, digest, request.Aborted))
            {
                throw Refusals.ManifestBlobUnknown(digest);
            }

            if (content.Store.Blobs.SizeOf(digest) is var there && there != size)
            {
                throw Refusals.ManifestInvalid(
                    $"The manifest says that {digest} has {size} bytes, and it has {there}.");
            }
        }

        foreach (var manifest in push.Outline.Manifests)
        {
            if (!content.Folder(request.Name).HasManifest(manifest)
                && content.EnvelopesOf(request.Name)?.Has(manifest) != true)
            {
                throw Refusals.ManifestBlobUnknown(manifest);
            }
        }
    }

    private static async Task StoreAsync(
        DistributionRequest request, RegistryContent content, PushedManifest push, string? envelope)
    {
        var folder = content.Folder(request.Name);
        var file = content.Repositories.NewUpload(Guid.NewGuid());
        try
        {
            await DurableFile.WriteAsync(file, push.Bytes, request.Aborted);
            using (await content.Repositories.LockAsync(request.Aborted))
            {
                await EnsureReferredAsync(request, content, push); // gc may have run since
                foreach (var (blob, _) in push.Outline.Blobs.Where(blob => !folder.HasBlob(blob.Digest)))
                {
                    folder.LinkBlob(blob); // it was an envelope's, which may be deleted before this manifest is
                }

                content.Store.Blobs.Take(file, push.Digest);
                await folder.AddManifestAsync(push.Digest, Stored(push, envelope), request.Aborted);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static StoredManifest Stored(PushedManifest push, string? envelope) => new()
    {
        MediaType = push.MediaType,
        Size = push.Bytes.Length,
        ArtifactType = push.Outline.ArtifactType,
        Subject = push.Outline.Subject,
        Envelope = envelope,
        Pushed = DateTimeOffset.UtcNow,
    };

    private static async Task DeleteAsync(DistributionRequest request, RegistryContent content)
    {
        var folder = content.Folder(request.Name);
        using (await content.Repositories.LockAsync(request.Aborted))
        {
            var isDigest = Digest.TryParse(request.Reference, out var digest);
            if (isDigest ? content.EnvelopesOf(request.Name)?.Has(digest) == true
                : request.Reference == RegistryContent.Latest && content.EnvelopesOf(request.Name) is not null)
            {
                throw Refusals.Unsupported(
                    StatusCodes.Status405MethodNotAllowed,
                    $"'{request.Reference}' is an envelope of the store. Take it out there: 'envelope delete "
                    + $"{request.Name}@sha256:...'.");
            }

            if (isDigest ? !folder.HasManifest(digest)
                : await folder.FindTagAsync(request.Reference, request.Aborted) is null)
            {
                throw Refusals.ManifestUnknown(request.Reference);
            }

            await (isDigest
                ? folder.RemoveManifestAsync(digest, request.Aborted)
                : RemoveTag(folder, request.Reference));
        }

        request.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static Task RemoveTag(RepositoryFolder folder, string tag)
    {
        folder.RemoveTag(tag);
        return Task.CompletedTask;
    }
}
