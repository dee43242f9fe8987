using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Stores.Blobs;

namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>
/// The content of the shared store. A row says what there is; it is written before the content, so that a writer that
/// dies leaves no content that nobody knows, and it is locked by who removes the content, so that who adds it meanwhile
/// waits and adds it again.
/// </summary>
internal sealed class SharedContent(StoreDatabase database, IBlobStorage storage) : IBlobSource
{
    private const string Announce =
        """
        insert into content (digest, size, is_there, touched) values (@0, @1, false, now())
        on conflict (digest) do update set touched = now() returning is_there
        """;

    private const string Confirm = "update content set is_there = true, touched = now() where digest = @0";

    private const string Size = "select size from content where digest = @0 and is_there";

    /// <summary>In one order, so that no two wait for each other.</summary>
    private const string Hold =
        "select digest from content where digest = any(@0) and is_there order by digest for share";

    public IBlobStorage Storage => storage;

    public ValueTask<Stream?> OpenAsync(Digest digest, CancellationToken cancellationToken) =>
        storage.OpenAsync(digest, cancellationToken);

    public string? FindPath(Digest digest) => storage.FindPath(digest);

    public string Describe(Digest digest) => storage.Describe(digest);

    /// <summary>How many bytes content has; -1 when it is missing.</summary>
    public async Task<long> SizeOfAsync(Digest digest, CancellationToken cancellationToken) =>
        await database.ReadAsync(Size, row => row.GetInt64(0), cancellationToken, digest.Hex) is [var size] ? size : -1;

    /// <summary>Adds content. It stays for a day if nothing refers to it.</summary>
    /// <returns>Its digest and size.</returns>
    public async Task<(Digest Digest, long Size)> PutAsync(Spool spool, CancellationToken cancellationToken)
    {
        var (digest, length) = (spool.Digest, spool.Length);
        do
        {
            var isKnown = await database.AnyAsync(
                $"with announced as ({Announce}) select 1 from announced where is_there", cancellationToken, digest.Hex, length);
            if (!isKnown || await storage.SizeOfAsync(digest, cancellationToken) != length)
            {
                await storage.PutAsync(digest, spool.Read(), cancellationToken);
            }
        }
        while (await database.RunAsync(Confirm, cancellationToken, digest.Hex) == 0); // it took longer than content waits

        return (digest, length);
    }

    /// <summary>Keeps content from being removed until the transaction ends.</summary>
    /// <returns>What is missing.</returns>
    public static async Task<IReadOnlyList<Digest>> HoldAsync(
        Statements statements, IReadOnlyCollection<Digest> content, CancellationToken cancellationToken)
    {
        var held = await statements.ListAsync(Hold, row => row.Digest(0), cancellationToken, Hexes(content));
        return [.. content.Except(held)];
    }

    /// <summary>Digests as one parameter, in one order.</summary>
    public static object Hexes(IEnumerable<Digest> digests) =>
        digests.Select(one => one.Hex).Distinct().Order(StringComparer.Ordinal).ToArray();
}
