using System.Runtime.CompilerServices;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// Keeps envelopes in a directory: an OCI image layout for each name, one directory of blobs that they share, and a
/// journal for each envelope. A save that fails or is killed leaves no envelope behind.
/// </summary>
internal sealed partial class FolderStore : IEnvelopeStore
{
    private readonly StagingArea _staging;
    private readonly Turns _turns = new();
    private bool _isChecked;

    /// <param name="directory">Its directory; the first save makes it.</param>
    public FolderStore(string directory)
    {
        Address = Path.GetFullPath(directory);
        Blobs = new BlobDirectory(Path.Combine(Address, "blobs"));
        Layouts = Path.Combine(Address, "layouts");
        _staging = new StagingArea(Path.Combine(Address, "staging"));
        Recent = new RecentNames(Address);
        Repositories = new Repositories(this);
        Changes = new ChangeLog(Address);
    }

    public string Address { get; }

    public BlobDirectory Blobs { get; }

    /// <summary>The directory with one for each name; the first save makes it.</summary>
    internal string Layouts { get; }

    /// <summary>The names, in the order of their saves.</summary>
    internal RecentNames Recent { get; }

    /// <summary>What a registry keeps in the store beside envelopes.</summary>
    internal Repositories Repositories { get; }

    /// <summary>Which envelopes were changed.</summary>
    internal ChangeLog Changes { get; }

    public async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken = default)
    {
        await CheckAsync(cancellationToken);
        var changing = (await PendingChange.ReadAsync(Address, cancellationToken))?.Name;
        return
        [
            .. Names().Where(name => (name != changing && changing is not "") || Layout(name).Entries().Any())
                .Order(StringComparer.Ordinal),
        ];
    }

    public async IAsyncEnumerable<SavedEnvelope> ListNewestAsync(
        string? name = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await CheckAsync(cancellationToken);
        var newest = name is null
            ? new NewestOfAll(NamesFromNewest(await PendingChange.ReadAsync(Address, cancellationToken)), ListAsync)
                .ListAsync(cancellationToken)
            : ListAsync(EnvelopeName.Check(name), cancellationToken);
        await foreach (var one in newest)
        {
            yield return one;
        }
    }

    public async Task<EnvelopeContent> OpenAsync(
        string name, Digest? digest = null, CancellationToken cancellationToken = default)
    {
        await CheckAsync(cancellationToken);
        var found = digest is { } wanted
            ? await FindAsync(EnvelopeName.Check(name), wanted, cancellationToken)
            : await FindNewestAsync(EnvelopeName.Check(name), cancellationToken);
        return await EnvelopeContent.OpenAsync(
            await Blobs.ReadManifestAsync(new(name, found), cancellationToken), Blobs.Source, cancellationToken);
    }

    public async Task<EnvelopeJournal> ReadJournalAsync(
        EnvelopeReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        await CheckAsync(cancellationToken);
        return await Layout(EnvelopeName.Check(reference.Name)).Journal(reference.Digest).ReadAsync(cancellationToken);
    }

    internal NameLayout Layout(string name) => new(Path.Combine(Layouts, name), Address, Blobs);

    /// <summary>The names that have a directory, in no order.</summary>
    internal IEnumerable<string> Names() => Directory.Exists(Layouts)
        ? Directory.EnumerateDirectories(Layouts).Select(path => Path.GetFileName(path)!)
        : [];

    private async IAsyncEnumerable<SavedEnvelope> ListAsync(
        string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var one in FromNewestAsync(Layout(name), cancellationToken))
        {
            yield return new(
                new(name, one.Digest), one.Saved == DateTimeOffset.UnixEpoch ? default(DateTimeOffset?) : one.Saved);
        }
    }

    /// <summary>
    /// The names, with when an envelope of each was saved at the latest. One that is changing may be anywhere, and so
    /// may those that are not in the order, which is damaged then.
    /// </summary>
    private IEnumerable<(DateTimeOffset Saved, string Name)> NamesFromNewest(PendingChange? change)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (change is not null && change != PendingChange.Unknown && seen.Add(change.Name))
        {
            yield return (DateTimeOffset.MaxValue, change.Name);
        }

        using var recent = Recent.FromNewest().GetEnumerator();
        while (change != PendingChange.Unknown && CheckedLines.TryMove(recent, out _))
        {
            if (seen.Add(recent.Current.Name))
            {
                yield return recent.Current;
            }
        }

        foreach (var name in Names().Where(seen.Add))
        {
            yield return (DateTimeOffset.MaxValue, name);
        }
    }

    private async Task<Digest> FindAsync(string name, Digest wanted, CancellationToken cancellationToken) =>
        Layout(name).Has(wanted)
            ? wanted
            : throw new EnvelopeException(
                EnvelopeError.NotFound,
                StoreAdvice.NoDigest(this, name, wanted, await FindNewestAsync(name, cancellationToken)));

    private async Task<Digest> FindNewestAsync(string name, CancellationToken cancellationToken)
    {
        await foreach (var one in FromNewestAsync(Layout(name), cancellationToken))
        {
            return one.Digest;
        }

        throw new EnvelopeException(EnvelopeError.NotFound, StoreAdvice.NoEnvelope(this, name));
    }

    /// <summary>The envelopes of a name, the newest first, as they are with what a writer is about to change.</summary>
    private async IAsyncEnumerable<SavedEntry> FromNewestAsync(
        NameLayout layout, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var change = await PendingChange.ReadAsync(Address, cancellationToken);
        var changing = change?.Name == layout.Name ? change.Digests : [];
        var present = new List<SavedEntry>();
        foreach (var one in changing.Where(layout.Has))
        {
            present.Add(await layout.SavedAsync(one, cancellationToken));
        }

        present.Sort(); // the newest is taken off the end
        var order = change == PendingChange.Unknown
            ? (await layout.DeriveOrderAsync(cancellationToken)).ToAsyncEnumerable()
            : layout.FromNewestAsync(cancellationToken);
        await foreach (var one in order)
        {
            for (; present is [.., var next] && next.CompareTo(one) > 0; present.RemoveAt(present.Count - 1))
            {
                yield return next;
            }

            if (!changing.Contains(one.Digest))
            {
                yield return one;
            }
        }

        foreach (var one in present.OrderDescending())
        {
            yield return one;
        }
    }

    /// <exception cref="EnvelopeException">It is no store that this version reads.</exception>
    private async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        if (!_isChecked)
        {
            await StoreVersion.CheckAsync(Address, cancellationToken);
            _isChecked = Directory.Exists(Address);
        }
    }
}
