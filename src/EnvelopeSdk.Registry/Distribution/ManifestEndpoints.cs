using System.Text.Json;
using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Records;
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
        var found = await content.FindManifestAsync(
            request.Name, request.Reference, request.Names, request.Aborted);
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
        Task TakeAsync() => TakeInAsync(request, content, arrival, push, envelope);

        // An envelope without a tag becomes one of the store by what is sent for it, and that is recorded.
        var isPart = push.Tag is null && (envelope is not null || push.Outline.ArtifactType == JournalManifest.Type);
        await (isPart ? TakeAsync() : request.RunAsync(await EntryAsync(request, content, push), TakeAsync));
        if (push.Outline.Subject is { } subject)
        {
            request.Response.Headers["OCI-Subject"] = subject.ToString();
        }

        request.Created("manifests", push.Digest);
    }

    private static async Task TakeInAsync(
        DistributionRequest request, RegistryContent content, EnvelopeArrival arrival, PushedManifest push,
        EnvelopeContent? envelope)
    {
        var audit = ArrivalAudit.Of(request.Context);
        await arrival.TakeLabelsAsync(request.Name, push, audit, request.Aborted);
        await StoreAsync(request, content, push, envelope?.Record.Name);
        if (push.Tag is { } tag)
        {
            if (envelope is not null)
            {
                await arrival.CommitAsync(
                    request.Name, envelope, [], [], audit, ArrivalAudit.Nothing, request.Aborted);
            }

            // Last: who finds an envelope under the tag finds it in the store.
            await content.Repository(request.Name).SetTagAsync(tag, push.Digest, request.Aborted);
        }
    }

    private static async Task<AuditEntry> EntryAsync(
        DistributionRequest request, RegistryContent content, PushedManifest push) => new(AuditAction.Push)
        {
            Envelope = request.Name,
            Digest = push.Digest,
            Subject = push.Tag,
            Before = push.Tag is null ? null : await TaggedAsync(request, content, push.Tag),
        };

    /// <summary>What a tag means until it is changed.</summary>
    private static async Task<JsonElement?> TaggedAsync(
        DistributionRequest request, RegistryContent content, string tag) =>
        await content.Repository(request.Name).FindTagAsync(tag, request.Aborted) is { } digest
            ? JsonSerializer.SerializeToElement(digest.ToString())
            : null;

    /// <summary>What is pushed to a repository may be, or be about, an envelope of another name.</summary>
    private static async Task EnsureMayChangeAsync(
        DistributionRequest request, RegistryContent content, PushedManifest push, EnvelopeContent? envelope)
    {
        var grants = Grants.Of(request.Context.User);
        grants.Ensure(Role.Save, envelope?.Record.Name ?? request.Name);
        foreach (var about in (Digest?[])[push.Outline.Subject, SentLabels.SignedBy(push.Tag)])
        {
            var known = about is { } digest
                ? await content.Repository(request.Name).FindManifestAsync(digest, request.Aborted)
                : null;
            if (known?.Envelope is { } name)
            {
                grants.Ensure(Role.Save, name);
            }
        }
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

            if (await content.Store.SizeOfAsync(digest, request.Aborted) is var there && there != size)
            {
                throw Refusals.ManifestInvalid(
                    $"The manifest says that {digest} has {size} bytes, and it has {there}.");
            }
        }

        foreach (var manifest in push.Outline.Manifests)
        {
            if (!await content.Repository(request.Name).HasManifestAsync(manifest, request.Aborted)
                && !await content.IsEnvelopeAsync(request.Name, manifest, request.Aborted))
            {
                throw Refusals.ManifestBlobUnknown(manifest);
            }
        }
    }

    private static Task StoreAsync(
        DistributionRequest request, RegistryContent content, PushedManifest push, string? envelope) =>
        content.Repository(request.Name).AddManifestAsync(
            new(push.Digest, push.Bytes, push.Outline, Stored(push, envelope)),
            () => EnsureReferredAsync(request, content, push), // again: gc may have run since
            request.Aborted);

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
        var isDigest = Digest.TryParse(request.Reference, out var digest);
        if (isDigest
            ? await content.IsEnvelopeAsync(request.Name, digest, request.Aborted)
            : request.Reference == RegistryContent.Latest && await content.IsNameAsync(request.Name, request.Aborted))
        {
            throw Refusals.Unsupported(
                StatusCodes.Status405MethodNotAllowed,
                $"'{request.Reference}' is an envelope of the store. Take it out there: 'envelope delete "
                + $"{request.Name}@sha256:...'.");
        }

        var repository = content.Repository(request.Name);
        var entry = new AuditEntry(AuditAction.Delete)
        {
            Envelope = request.Name,
            Digest = isDigest ? digest : null,
            Subject = isDigest ? null : request.Reference,
            Before = isDigest ? null : await TaggedAsync(request, content, request.Reference),
        };
        await request.RunAsync(entry, async () =>
        {
            var wasThere = isDigest
                ? await repository.RemoveManifestAsync(digest, request.Aborted)
                : await repository.RemoveTagAsync(request.Reference, request.Aborted);
            request.Response.StatusCode = wasThere
                ? StatusCodes.Status202Accepted
                : throw Refusals.ManifestUnknown(request.Reference);
        });
    }
}
