using System.Runtime.CompilerServices;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Layouts;

/// <summary>Finds out what is wrong in a folder store, and mends what can be mended.</summary>
internal sealed class StoreExamination(
    FolderStore store, bool mend, bool restore, IProgress<StoreProgress>? progress)
{
    public async IAsyncEnumerable<StoreFinding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var findings = FindAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveAsync(findings))
        {
            yield return findings.Current;
        }
    }

    /// <exception cref="EnvelopeException">The store cannot be read or written.</exception>
    private async ValueTask<bool> MoveAsync(IAsyncEnumerator<StoreFinding> findings)
    {
        try
        {
            return await findings.MoveNextAsync();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotExamined(store, failure);
        }
    }

    private async IAsyncEnumerable<StoreFinding> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await store.ListNamesAsync(cancellationToken); // which says whether it is a store
        if (!Directory.Exists(store.Address))
        {
            throw new EnvelopeException(EnvelopeError.NotFound, $"There is no envelope store at '{store.Address}'.");
        }

        foreach (var finding in await LeftAsync(cancellationToken))
        {
            yield return finding;
        }

        foreach (var name in store.Names().Order(StringComparer.Ordinal).ToList())
        {
            foreach (var finding in await NameAsync(store.Layout(name), cancellationToken))
            {
                yield return finding;
            }
        }

        if (!await AreNamesAsync(cancellationToken))
        {
            yield return new(store.Recent.Lines.FilePath, "It has not the names in the order of their saves.", State);
            if (mend)
            {
                using (await store.LockAsync(cancellationToken))
                {
                    await store.RebuildNamesAsync(cancellationToken);
                }
            }
        }

        await foreach (var finding in ContentAsync(cancellationToken))
        {
            yield return finding;
        }

        await foreach (var finding in new UnlistedEnvelopes(store).ExamineAsync(restore, cancellationToken))
        {
            yield return finding;
        }
    }

    /// <summary>Each layout has a link to all blobs.</summary>
    private static readonly EnumerationOptions WithoutLinks = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private StoreFindingState State => mend ? StoreFindingState.Mended : StoreFindingState.Mendable;

    /// <summary>What dead writers left.</summary>
    private async Task<List<StoreFinding>> LeftAsync(CancellationToken cancellationToken)
    {
        var findings = new List<StoreFinding>();
        using (await store.LockAsync(cancellationToken))
        {
            var pending = Path.Combine(store.Address, PendingChange.FileName);
            if (File.Exists(pending))
            {
                findings.Add(new(pending, "A writer died in the middle of a change. The next one finishes it.", State));
            }

            foreach (var file in Directory.EnumerateFiles(store.Address, "*.partial", WithoutLinks))
            {
                // A registry's tag may be called so.
                if (!IsIn("staging", file) && !IsIn(Repositories.DirectoryName, file))
                {
                    findings.Add(new(file, "A writer died before the file was whole. Nothing refers to it.", State));
                }
            }

            if (mend)
            {
                await store.RecoverAsync(cancellationToken);
                findings.ForEach(one => File.Delete(one.Place));
                store.RemoveAbandoned();
            }
        }

        return findings;
    }

    private bool IsIn(string directory, string file) =>
        file.StartsWith(Path.Combine(store.Address, directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private async Task<List<StoreFinding>> NameAsync(NameLayout layout, CancellationToken cancellationToken)
    {
        var findings = new List<StoreFinding>();
        using (await store.LockAsync(cancellationToken))
        {
            foreach (var envelope in layout.Entries().ToList())
            {
                await EntryAsync(layout, envelope, findings, cancellationToken);
            }

            var order = await layout.DeriveOrderAsync(cancellationToken);
            if (!IsOrder(layout, order))
            {
                findings.Add(new(layout.Order.Lines.FilePath, "It is not the order that the journals have.", State));
                await (mend ? layout.RebuildAsync(cancellationToken) : Task.CompletedTask);
            }

            if (!await layout.Layout.IsAsync(order.Take(NameLayout.Listed), cancellationToken))
            {
                findings.Add(
                    new(layout.Layout.Directory, "It does not list the newest envelopes for OCI tools.", State));
                await (mend ? layout.WriteIndexAsync(cancellationToken) : Task.CompletedTask);
            }
        }

        return findings;
    }

    /// <summary>Whether each name is said to be saved when its newest envelope was, or later.</summary>
    private async Task<bool> AreNamesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var said = store.Names().Any()
                ? store.Recent.FromNewest().ToDictionary(one => one.Name, one => one.Saved)
                : [];
            foreach (var name in store.Names())
            {
                var newest = (await store.Layout(name).DeriveOrderAsync(cancellationToken)).FirstOrDefault();
                if (!said.TryGetValue(name, out var saved) || saved < newest.Saved)
                {
                    return false;
                }
            }

            return true;
        }
        catch (DamagedLinesException)
        {
            return false;
        }
    }

    private static bool IsOrder(NameLayout layout, List<SavedEntry> order)
    {
        try
        {
            return order.Count == 0 ? !layout.Exists : order.SequenceEqual(layout.Order.FromNewest());
        }
        catch (DamagedLinesException)
        {
            return false;
        }
    }

    /// <summary>The directory of one envelope: its journal, and what it is for OCI tools.</summary>
    private async Task EntryAsync(
        NameLayout layout, Digest envelope, List<StoreFinding> findings, CancellationToken cancellationToken)
    {
        var known = findings.Count;
        var journal = layout.Journal(envelope);
        var damages = await journal.FindDamageAsync(mend, cancellationToken);
        findings.AddRange(damages.Select(one => Aside(journal.FilePath, one, journal.AsidePath)));
        var signatures = layout.Signatures(envelope);
        damages = await signatures.FindDamageAsync(mend, cancellationToken);
        findings.AddRange(damages.Select(one => Aside(signatures.FilePath, one, signatures.AsidePath)));
        if (mend && findings.Count > known)
        {
            store.Changes.Note(layout.Name, [envelope]);
        }

        List<SavedEntry> self = [NameLayout.Untimed(envelope)];
        var entry = layout.LayoutOf(envelope);
        if (!await entry.IsAsync(self, cancellationToken))
        {
            findings.Add(new(entry.Directory, "It is not an OCI layout of the envelope.", State));
            if (mend)
            {
                await entry.WriteAsync(self, layout.LinkFrom(entry.Directory), cancellationToken);
            }
        }
    }

    private StoreFinding Aside(string path, string damage, string aside) => new(
        path, damage + (mend ? $" It was put aside in '{aside}'." : " It will be put aside."), StoreFindingState.Lost);

    /// <summary>Every file of every envelope. It takes long, so others may write meanwhile.</summary>
    private async IAsyncEnumerable<StoreFinding> ContentAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var walk = new StoreWalk(store, progress);
        foreach (var name in store.Names().Order(StringComparer.Ordinal).ToList())
        {
            var layout = store.Layout(name);
            foreach (var envelope in layout.Entries().ToList())
            {
                if (await DamageAsync(name, envelope, cancellationToken) is { } damage && layout.Has(envelope))
                {
                    yield return new(new EnvelopeReference(name, envelope).ToString(), damage, StoreFindingState.Lost);
                }

                walk.Step();
            }
        }
    }

    private async Task<string?> DamageAsync(string name, Digest envelope, CancellationToken cancellationToken)
    {
        try
        {
            await (await store.OpenAsync(name, envelope, cancellationToken)).VerifyAsync(cancellationToken);
            return null;
        }
        catch (EnvelopeException damage)
        {
            return damage.Message;
        }
    }
}
