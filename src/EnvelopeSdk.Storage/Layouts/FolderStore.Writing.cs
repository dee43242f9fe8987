using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Layouts;

/// <content>
/// What changes the store. Each change has one step in which it happens: the directory of an envelope comes or goes, or
/// its journal gets more lines. What follows from that is finished by the next writer when this one dies.
/// </content>
internal sealed partial class FolderStore
{
    public async Task<IStagedEnvelope> StageAsync(CancellationToken cancellationToken = default)
    {
        await CheckAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(Address);
            using (await LockAsync(cancellationToken))
            {
                await StoreVersion.WriteAsync(Address, cancellationToken);
                return new StagedEnvelope(this, _staging.Create());
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotWritten(this, failure);
        }
    }

    public async Task<int> DeleteAsync(
        string name, IReadOnlyDictionary<Digest, Guid?> envelopes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelopes);
        await CheckAsync(cancellationToken);
        var layout = Layout(EnvelopeName.Check(name));
        if (!layout.Exists)
        {
            return 0;
        }

        try
        {
            using (await LockAsync(cancellationToken))
            {
                await RecoverAsync(cancellationToken);
                var there = await UnchangedAsync(layout, envelopes, cancellationToken);
                if (there.Count > 0)
                {
                    Changes.Note(layout.Name, there);
                    await DeleteAsync(layout, there, cancellationToken);
                }

                return there.Count;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotChanged(
                this, string.Join(", ", envelopes.Keys.Select(one => new EnvelopeReference(name, one)).Take(3)), failure);
        }
    }

    public async Task AppendAsync(
        EnvelopeReference reference, IReadOnlyList<JournalEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(events);
        await CheckAsync(cancellationToken);
        await FindAsync(EnvelopeName.Check(reference.Name), reference.Digest, cancellationToken);
        try
        {
            using (await LockAsync(cancellationToken))
            {
                await RecoverAsync(cancellationToken);
                await FindAsync(reference.Name, reference.Digest, cancellationToken);
                Changes.Note(reference.Name, [reference.Digest]);
                await AppendAsync(Layout(reference.Name), reference.Digest, events, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotChanged(this, reference.ToString(), failure);
        }
    }

    private static async Task<List<Digest>> UnchangedAsync(
        NameLayout layout, IReadOnlyDictionary<Digest, Guid?> envelopes, CancellationToken cancellationToken)
    {
        var unchanged = new List<Digest>();
        foreach (var (envelope, last) in envelopes.Where(one => layout.Has(one.Key)))
        {
            if (last is null
                || (await layout.Journal(envelope).ReadAsync(cancellationToken)).Events is [.., var newest] && newest.Id == last)
            {
                unchanged.Add(envelope);
            }
        }

        return unchanged;
    }

    /// <summary>Takes a staged envelope over, whole.</summary>
    internal async Task CommitAsync(
        EnvelopeReference reference, string staging, IReadOnlyList<JournalEvent> events,
        IReadOnlyList<EnvelopeSignature> signatures, CancellationToken cancellationToken)
    {
        using (await LockAsync(cancellationToken))
        {
            await RecoverAsync(cancellationToken);
            Blobs.Take(Directory.EnumerateFiles(staging).Where(file => Path.GetFileName(file).Length == 64));
            var layout = Layout(reference.Name);
            Changes.Note(reference.Name, [reference.Digest]);
            if (layout.Has(reference.Digest))
            {
                // First: who finds it the newest of its name finds who signed it.
                await SignAsync(layout, reference.Digest, signatures, cancellationToken);
                await AppendAsync(layout, reference.Digest, events, cancellationToken);
            }
            else
            {
                await AddAsync(layout, reference.Digest, staging, events, signatures, cancellationToken);
            }
        }
    }

    private async Task AddAsync(
        NameLayout layout, Digest envelope, string staging, IReadOnlyList<JournalEvent> events,
        IReadOnlyList<EnvelopeSignature> signatures, CancellationToken cancellationToken)
    {
        await new PendingChange(layout.Name, [envelope]).BeginAsync(Address, cancellationToken);
        try
        {
            await layout.AddEntryAsync(envelope, events, signatures, staging, cancellationToken);
            await SettleAsync(layout, [envelope], isNew: true, CancellationToken.None);
        }
        catch
        {
            layout.RemoveEntry(envelope, staging); // which takes no space; the rest is left to the next writer
            throw;
        }

        PendingChange.End(Address);
    }

    private async Task AppendAsync(
        NameLayout layout, Digest envelope, IReadOnlyList<JournalEvent> events, CancellationToken cancellationToken)
    {
        var isSaved = events.Any(one => one.Kind == JournalEventKind.Saved);
        if (isSaved)
        {
            await layout.Journal(envelope).ReadAsync(cancellationToken); // a damaged one is no beginning
            await new PendingChange(layout.Name, [envelope]).BeginAsync(Address, cancellationToken);
        }

        await layout.Journal(envelope).AppendAsync(events, cancellationToken);
        if (isSaved)
        {
            await SettleAsync(layout, [envelope], isNew: false, CancellationToken.None);
            PendingChange.End(Address);
        }
    }

    private async Task DeleteAsync(
        NameLayout layout, IReadOnlyList<Digest> envelopes, CancellationToken cancellationToken)
    {
        await new PendingChange(layout.Name, envelopes).BeginAsync(Address, cancellationToken);
        using (var staging = _staging.Create())
        {
            foreach (var one in envelopes)
            {
                layout.RemoveEntry(one, staging.FullPath);
            }
        }

        await SettleAsync(layout, envelopes, isNew: false, CancellationToken.None);
        PendingChange.End(Address);
    }

    /// <summary>Keeps all others out: those of this process in the order in which they came.</summary>
    internal async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        var turn = await _turns.WaitAsync(cancellationToken);
        try
        {
            return new Turn(turn, await StoreLock.AcquireAsync(Path.Combine(Address, "lock"), cancellationToken));
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }
}
