using System.Runtime.CompilerServices;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// The envelopes of one name: of each a directory with its journal, which is an OCI layout too; their order; and an OCI
/// layout that lists the newest ones, so that it costs the same however many there are.
/// </summary>
/// <param name="directory">The directory.</param>
/// <param name="store">The store's directory.</param>
/// <param name="blobs">The shared blob directory.</param>
internal sealed class NameLayout(string directory, string store, BlobDirectory blobs)
{
    /// <summary>How many envelopes the index lists.</summary>
    public const int Listed = 100;

    private const string JournalFileName = "journal.jsonl";
    private const string SignaturesFileName = "signatures.jsonl";

    private readonly string _entries = Path.Combine(directory, "by-digest");

    public string Name { get; } = Path.GetFileName(directory);

    public SavedOrder Order { get; } = new(Path.Combine(directory, "saved"));

    public OciLayout Layout { get; } = new(directory, blobs);

    public bool Exists => Directory.Exists(_entries);

    public bool Has(Digest envelope) => Directory.Exists(EntryOf(envelope));

    public string EntryOf(Digest envelope) => Path.Combine(_entries, envelope.Hex);

    public JournalFile Journal(Digest envelope) => new(Path.Combine(EntryOf(envelope), JournalFileName), envelope);

    public SignatureFile Signatures(Digest envelope) => new(Path.Combine(EntryOf(envelope), SignaturesFileName));

    public OciLayout LayoutOf(Digest envelope) => new(EntryOf(envelope), blobs);

    /// <summary>The envelopes that have a directory, in no order.</summary>
    public IEnumerable<Digest> Entries()
    {
        foreach (var entry in Exists ? Directory.EnumerateDirectories(_entries) : [])
        {
            if (Digest.TryParse("sha256:" + Path.GetFileName(entry), out var digest))
            {
                yield return digest;
            }
        }
    }

    /// <summary>
    /// When an envelope was saved last. Where nobody said so, it is behind all others; and where its journal is
    /// damaged, which hinders no other.
    /// </summary>
    public async Task<SavedEntry> SavedAsync(Digest envelope, CancellationToken cancellationToken)
    {
        try
        {
            var journal = await Journal(envelope).ReadAsync(cancellationToken);
            return new(journal.Saved ?? DateTimeOffset.UnixEpoch, envelope);
        }
        catch (EnvelopeException damaged) when (damaged.Error == EnvelopeError.Damaged)
        {
            return Untimed(envelope);
        }
    }

    /// <summary>The order as the journals have it.</summary>
    public async Task<List<SavedEntry>> DeriveOrderAsync(CancellationToken cancellationToken)
    {
        var entries = new List<SavedEntry>();
        foreach (var one in Entries())
        {
            entries.Add(await SavedAsync(one, cancellationToken));
        }

        return [.. entries.OrderDescending()];
    }

    /// <summary>The envelopes, the newest first, read as they are asked for.</summary>
    public async IAsyncEnumerable<SavedEntry> FromNewestAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = default(SavedEntry?);
        bool isDamaged;
        using (var order = Order.FromNewest().GetEnumerator())
        {
            while (CheckedLines.TryMove(order, out isDamaged))
            {
                last = order.Current;
                yield return last.Value;
            }

            if (!isDamaged)
            {
                yield break;
            }
        }

        foreach (var one in await DeriveOrderAsync(cancellationToken))
        {
            if (last is null || one.CompareTo(last.Value) < 0)
            {
                yield return one;
            }
        }
    }

    /// <summary>Makes the directory of an envelope, whole, and puts it in its place in one step.</summary>
    public async Task AddEntryAsync(
        Digest envelope, IReadOnlyList<JournalEvent> events, IReadOnlyList<EnvelopeSignature> signatures,
        string staging, CancellationToken cancellationToken)
    {
        var made = Path.Combine(staging, "entry");
        Directory.CreateDirectory(made);
        await new JournalFile(Path.Combine(made, JournalFileName), envelope).AppendAsync(events, cancellationToken);
        await new SignatureFile(Path.Combine(made, SignaturesFileName)).AddAsync(signatures, cancellationToken);
        await new OciLayout(made, blobs).WriteAsync(
            [Untimed(envelope)], LinkFrom(EntryOf(envelope)), cancellationToken);
        if (!Exists)
        {
            Directory.CreateDirectory(_entries);
            DurableFile.SyncDirectory(directory);
            DurableFile.SyncDirectoryOf(directory);
            DurableFile.SyncDirectory(store);
        }

        Directory.Move(made, EntryOf(envelope));
        DurableFile.SyncDirectory(_entries);
    }

    /// <summary>Takes the directory of an envelope away in one step. What is left of it goes later.</summary>
    public void RemoveEntry(Digest envelope, string staging)
    {
        if (Has(envelope))
        {
            Directory.Move(EntryOf(envelope), Path.Combine(staging, envelope.Hex));
            DurableFile.SyncDirectory(_entries);
        }
    }

    /// <summary>Lets the order and the index follow what the directories and journals say of envelopes.</summary>
    /// <param name="changed">The envelopes.</param>
    /// <param name="isNew">Whether they are known to be in neither.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task SettleAsync(
        IReadOnlyCollection<Digest> changed, bool isNew, CancellationToken cancellationToken)
    {
        var present = new List<SavedEntry>();
        foreach (var one in changed.Where(Has))
        {
            present.Add(await SavedAsync(one, cancellationToken));
        }

        try
        {
            await (isNew && present is [var added]
                ? Order.AddAsync(added, cancellationToken)
                : Order.ReplaceAsync(changed, present, cancellationToken));
            await WriteIndexAsync(cancellationToken);
        }
        catch (DamagedLinesException)
        {
            await RebuildAsync(cancellationToken);
        }
    }

    /// <summary>Writes the order and the index anew, from the journals.</summary>
    public async Task RebuildAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        await Order.WriteAsync(await DeriveOrderAsync(cancellationToken), cancellationToken);
        await WriteIndexAsync(cancellationToken);
    }

    /// <summary>Lists the newest envelopes for other tools; with no envelope left, nothing of the name is.</summary>
    public async Task WriteIndexAsync(CancellationToken cancellationToken)
    {
        if (Entries().Any())
        {
            await Layout.WriteAsync(Order.FromNewest().Take(Listed), LinkFrom(directory), cancellationToken);
        }
        else if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>An envelope of which nobody says when it was saved, or where that does not matter.</summary>
    public static SavedEntry Untimed(Digest envelope) => new(DateTimeOffset.UnixEpoch, envelope);

    public string LinkFrom(string layout) => Path.GetRelativePath(layout, Path.Combine(store, "blobs"));
}
