using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Registry.Stores.Blobs;

namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>
/// Removes content that nothing refers to and that nobody added for some time, beside writers of any instance. Who wants
/// to refer to content locks its row until that is done (<see cref="SharedContent.HoldAsync"/>). First rows are marked as
/// gone, under a lock, when nothing refers to their content: who adds it then sends it again. Then the content is
/// removed, with its row locked, so that it is not sent and removed at once.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="storage">Where the content lies.</param>
/// <param name="patience">How long content waits for what refers to it.</param>
internal sealed class ContentCollection(StoreDatabase database, IBlobStorage storage, TimeSpan patience)
{
    /// <summary>How long a push or a save may take from its first content to its end.</summary>
    public static readonly TimeSpan Patience = RepositoryCollection.Patience;

    private const int Batch = 200;

    private const string Unreferred =
        """
        not exists (select 1 from stored_content where blob = content.digest)
        and not exists (select 1 from repository_content where blob = content.digest)
        and not exists (select 1 from repository_link where blob = content.digest)
        and not exists (select 1 from upload_piece where blob = content.digest)
        """;

    private const string OldUploads = "delete from upload where touched < now() - @0";

    private const string OldLinks =
        """
        delete from repository_link where linked < now() - @0 and not exists (
          select 1 from repository_content
          where repository_content.repository = repository_link.repository and repository_content.blob = repository_link.blob)
        """;

    private const string Candidates =
        $"""
        select digest from content where digest > @1 and is_there and touched < now() - @0 and {Unreferred}
        order by digest limit @2 for update skip locked
        """;

    /// <summary>A statement of its own, which sees what was committed before the rows were locked.</summary>
    private const string Mark =
        $"update content set is_there = false where digest = any(@0) and {Unreferred}";

    private const string Marked =
        "select digest from content where digest > @1 and not is_there and touched < now() - @0 order by digest limit @2";

    private const string LockMarked =
        "select size from content where digest = @1 and not is_there and touched < now() - @0 for update skip locked";

    private const string Forget = "delete from content where digest = @0";

    public async Task<CollectedBlobs> RunAsync(CancellationToken cancellationToken)
    {
        await database.RunAsync(OldUploads, cancellationToken, patience);
        await database.RunAsync(OldLinks, cancellationToken, patience);
        for (var last = ""; last is not null;)
        {
            last = await MarkAsync(last, cancellationToken);
        }

        var removed = new CollectedBlobs(0, 0);
        for (var marked = await NextAsync("", cancellationToken); marked.Count > 0;
            marked = await NextAsync(marked[^1].Hex, cancellationToken))
        {
            foreach (var digest in marked)
            {
                var size = await RemoveAsync(digest, cancellationToken);
                removed = size < 0 ? removed : new(removed.Count + 1, removed.Bytes + size);
            }
        }

        await storage.RemoveUnfinishedAsync(DateTime.UtcNow - patience, cancellationToken);
        return removed;
    }

    /// <returns>Where to go on; null when all was looked at.</returns>
    private Task<string?> MarkAsync(string after, CancellationToken cancellationToken) => database.WriteAsync(
        async statements =>
        {
            var found = await statements.ListAsync(
                Candidates, row => row.GetString(0),
                cancellationToken, patience, after, (long)Batch);
            await statements.RunAsync(Mark, cancellationToken, (object)found.ToArray());
            return found.Count < Batch ? null : found[^1];
        },
        cancellationToken);

    private Task<List<Digest>> NextAsync(string after, CancellationToken cancellationToken) => database.ReadAsync(
        Marked, row => row.Digest(0), cancellationToken, patience, after, (long)Batch);

    /// <returns>How many bytes it had; -1 when somebody adds it again.</returns>
    private Task<long> RemoveAsync(Digest digest, CancellationToken cancellationToken) => database.WriteAsync(
        async statements =>
        {
            var size = await statements.NumberAsync(LockMarked, cancellationToken, patience, digest.Hex);
            if (size >= 0)
            {
                await storage.DeleteAsync(digest, cancellationToken);
                await statements.RunAsync(Forget, cancellationToken, digest.Hex);
            }

            return size;
        },
        cancellationToken);
}
