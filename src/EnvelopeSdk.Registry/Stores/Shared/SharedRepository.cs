using System.Data.Common;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Distribution;

namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>A repository of a shared store.</summary>
internal sealed class SharedRepository(string name, DatabaseStore store, StoreDatabase database) : IRepository
{
    private static readonly TimeSpan Fresh = RepositoryCollection.Patience / 24;

    public string Name => name;

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) =>
        database.AnyAsync(RepositorySql.Exists, cancellationToken, name);

    public Task<bool> HasManifestAsync(Digest digest, CancellationToken cancellationToken) =>
        database.AnyAsync(RepositorySql.HasManifest, cancellationToken, name, digest.Hex);

    public async Task<StoredManifest?> FindManifestAsync(Digest digest, CancellationToken cancellationToken) =>
        await database.ReadAsync(RepositorySql.Manifest, Manifest, cancellationToken, name, digest.Hex)
            is [var known] ? known : null;

    public async Task<Digest?> FindTagAsync(string tag, CancellationToken cancellationToken) =>
        await database.ReadAsync(RepositorySql.Tag, row => row.Digest(0), cancellationToken, name, tag)
            is [var digest] ? digest : null;

    public async Task<IReadOnlyList<string>> TagsAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(RepositorySql.Tags, row => row.GetString(0), cancellationToken, name);

    public async Task<IReadOnlyList<Digest>> ManifestsAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(RepositorySql.Manifests, row => row.Digest(0), cancellationToken, name);

    public async Task<IReadOnlyList<Digest>> ReferrersAsync(Digest subject, CancellationToken cancellationToken) =>
        await database.ReadAsync(RepositorySql.Referrers, row => row.Digest(0), cancellationToken, name, subject.Hex);

    public Task<bool> HasBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        database.AnyAsync(RepositorySql.HasBlob, cancellationToken, name, digest.Hex);

    public Task<bool> LinkBlobAsync(Digest digest, CancellationToken cancellationToken) => database.WriteAsync(
        async statements =>
        {
            var isThere = (await SharedContent.HoldAsync(statements, [digest], cancellationToken)).Count == 0;
            await (isThere ? LinkAsync(statements, [digest], cancellationToken) : Task.CompletedTask);
            return isThere;
        },
        cancellationToken);

    public Task RefreshBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        database.RunAsync(RepositorySql.Refresh, cancellationToken, name, digest.Hex, Fresh);

    public async Task<bool> RemoveBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        await database.RunAsync(RepositorySql.RemoveLink, cancellationToken, name, digest.Hex) > 0;

    public async Task AddManifestAsync(NewManifest manifest, Func<Task> check, CancellationToken cancellationToken)
    {
        using var spool = new Spool();
        await spool.WriteAsync(stream => stream.WriteAsync(manifest.Bytes, cancellationToken));
        await store.Content.PutAsync(spool, cancellationToken);
        await check();
        await database.WriteAsync(
            async statements =>
            {
                List<Digest> blobs = [.. manifest.Outline.Blobs.Select(blob => blob.Digest)];
                List<Digest> content = [manifest.Digest, .. blobs, .. manifest.Outline.Manifests];
                content.AddRange(await statements.ListAsync(
                    RepositorySql.Referred, row => row.Digest(0), cancellationToken, name,
                    SharedContent.Hexes(manifest.Outline.Manifests)));
                if (await SharedContent.HoldAsync(statements, content, cancellationToken) is [var missing, ..])
                {
                    throw Refusals.ManifestBlobUnknown(missing);
                }

                await LinkAsync(statements, blobs, cancellationToken);
                await AddAsync(statements, manifest, content, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    public async Task<bool> RemoveManifestAsync(Digest digest, CancellationToken cancellationToken) =>
        await database.RunAsync(RepositorySql.RemoveManifest, cancellationToken, name, digest.Hex) > 0;

    public async Task SetTagAsync(string tag, Digest digest, CancellationToken cancellationToken)
    {
        if (await database.RunAsync(RepositorySql.SetTag, cancellationToken, name, tag, digest.Hex) == 0)
        {
            throw Refusals.ManifestUnknown(digest.ToString()); // another request took it away just now
        }
    }

    public async Task<bool> RemoveTagAsync(string tag, CancellationToken cancellationToken) =>
        await database.RunAsync(RepositorySql.RemoveTag, cancellationToken, name, tag) > 0;

    private Task LinkAsync(Statements statements, IEnumerable<Digest> blobs, CancellationToken cancellationToken) =>
        statements.RunAsync(
            RepositorySql.Link, cancellationToken, name, SharedContent.Hexes(blobs));

    private async Task AddAsync(
        Statements statements, NewManifest manifest, IEnumerable<Digest> content, CancellationToken cancellationToken)
    {
        var known = manifest.Known;
        await statements.RunAsync(
            RepositorySql.AddManifest, cancellationToken, name, manifest.Digest.Hex, known.MediaType, known.Size,
            known.ArtifactType, known.Subject?.Hex, known.Envelope, known.Pushed.UtcDateTime);
        await statements.RunAsync(
            RepositorySql.AddContent, cancellationToken, name, manifest.Digest.Hex, SharedContent.Hexes(content));
    }

    private static StoredManifest Manifest(DbDataReader row) => new()
    {
        MediaType = row.GetString(0),
        Size = row.GetInt64(1),
        ArtifactType = row.IsDBNull(2) ? null : row.GetString(2),
        Subject = row.IsDBNull(3) ? null : row.Digest(3),
        Envelope = row.IsDBNull(4) ? null : row.GetString(4),
        Pushed = new(row.GetDateTime(5)),
    };
}
