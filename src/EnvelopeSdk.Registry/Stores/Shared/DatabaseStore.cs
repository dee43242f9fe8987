using System.Runtime.CompilerServices;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Stores.Blobs;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>
/// Keeps envelopes for a team: what is known of them in a database of PostgreSQL, and their content where
/// <see cref="IBlobStorage"/> has it. Any number of registries serve one such store. Each change is one transaction.
/// </summary>
internal sealed partial class DatabaseStore(StoreDatabase database, IBlobStorage storage) : IEnvelopeStore
{
    private const int Page = 100;

    /// <summary>Behind all times of envelopes, and before all that are listed.</summary>
    private const string LastHex = "g";

    private static readonly long Untimed = DateTimeOffset.UnixEpoch.UtcTicks;

    public string Address => $"{database.Name} with {storage.Name}";

    public SharedContent Content { get; } = new(database, storage);

    public async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken = default) =>
        await database.ReadAsync(StoreSql.Names, row => row.GetString(0), cancellationToken);

    public async IAsyncEnumerable<SavedEnvelope> ListNewestAsync(
        string? name = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var sql = name is null ? StoreSql.Newest : StoreSql.NewestOfName;
        var (after, saved, digest) = (name is null ? "" : EnvelopeName.Check(name), long.MaxValue, LastHex);
        List<(EnvelopeReference Envelope, long Saved)> page;
        do
        {
            page = await database.ReadAsync(
                sql, row => (new EnvelopeReference(row.GetString(0), row.Digest(1)), row.GetInt64(2)), cancellationToken,
                after, saved, digest, (long)Page);
            foreach (var one in page)
            {
                (after, saved, digest) = (one.Envelope.Name, one.Saved, one.Envelope.Digest.Hex);
                yield return new(
                    one.Envelope, one.Saved == Untimed ? null : new DateTimeOffset(one.Saved, TimeSpan.Zero));
            }
        }
        while (page.Count == Page);
    }

    public async Task<EnvelopeContent> OpenAsync(
        string name, Digest? digest = null, CancellationToken cancellationToken = default)
    {
        var newest = default(SavedEnvelope);
        if (digest is not { } wanted || !await HasAsync(new(EnvelopeName.Check(name), wanted), cancellationToken))
        {
            newest = await ListNewestAsync(name, cancellationToken).FirstOrDefaultAsync(cancellationToken)
                ?? throw new EnvelopeException(
                    EnvelopeError.NotFound,
                    $"There is no envelope '{name}' in the registry. 'envelope list' names those that it has.");
            wanted = digest is null ? newest.Reference.Digest : throw NotFound(new(name, digest.Value), newest);
        }

        var reference = new EnvelopeReference(name, wanted);
        return await EnvelopeContent.OpenAsync(
            await ReadManifestAsync(reference, cancellationToken), Content, cancellationToken);
    }

    public async Task<EnvelopeJournal> ReadJournalAsync(
        EnvelopeReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        EnvelopeName.Check(reference.Name);
        return JournalOf(reference, await database.ReadAsync(StoreSql.Journal, Line, cancellationToken, Key(reference)));
    }

    public async Task<IReadOnlyList<EnvelopeSignature>> ReadSignaturesAsync(
        EnvelopeReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        EnvelopeName.Check(reference.Name);
        return SignaturesOf(
            reference, await database.ReadAsync(StoreSql.Signatures, Line, cancellationToken, Key(reference)));
    }

    public Task<CollectedBlobs> CollectAsync(
        IProgress<StoreProgress>? progress = null, CancellationToken cancellationToken = default) =>
        CollectAsync(ContentCollection.Patience, cancellationToken);

    /// <summary>Removes what nobody has added or asked for for some time, and nothing refers to.</summary>
    internal Task<CollectedBlobs> CollectAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        new ContentCollection(database, storage, patience).RunAsync(cancellationToken);

    internal Task<bool> HasAsync(EnvelopeReference envelope, CancellationToken cancellationToken) =>
        database.AnyAsync(StoreSql.Has, cancellationToken, Key(envelope));

    private async Task<byte[]> ReadManifestAsync(EnvelopeReference reference, CancellationToken cancellationToken)
    {
        await using var stream = await Content.OpenAsync(reference.Digest, cancellationToken);
        using var bytes = new MemoryStream();
        if (stream is { Length: <= ManifestReader.Largest })
        {
            await stream.CopyToAsync(bytes, cancellationToken);
        }

        return Digest.Of(bytes.ToArray()) == reference.Digest ? bytes.ToArray() : throw new EnvelopeException(
            EnvelopeError.Damaged,
            $"Envelope {reference} is damaged: its manifest '{Content.Describe(reference.Digest)}' is missing or "
            + "changed. Push the envelope again from a copy, or delete it.");
    }

    private static EnvelopeException NotFound(EnvelopeReference wanted, SavedEnvelope? newest) => new(
        EnvelopeError.NotFound,
        $"There is no envelope {wanted} in the registry." + (newest is null
            ? " 'envelope list' names those that it has."
            : $" The newest there is {newest.Reference}."));

    private static EnvelopeJournal JournalOf(EnvelopeReference reference, IReadOnlyList<byte[]> lines) =>
        EnvelopeJournal.Of(JournalLines.Read(Joined(lines), reference.ToString(), reference.Digest));

    private static List<EnvelopeSignature> SignaturesOf(EnvelopeReference reference, IReadOnlyList<byte[]> lines) =>
        SignatureLines.Read(Joined(lines), reference.ToString());

    private static byte[] Joined(IReadOnlyList<byte[]> lines) => [.. lines.SelectMany(line => line)];

    private static byte[] Line(System.Data.Common.DbDataReader row) => (byte[])row.GetValue(0);

    private static object?[] Key(EnvelopeReference reference) => [reference.Name, reference.Digest.Hex];
}
