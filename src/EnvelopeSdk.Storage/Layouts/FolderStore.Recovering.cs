using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Layouts;

/// <content>What finishes a change, of this writer or of a dead one.</content>
internal sealed partial class FolderStore
{
    /// <summary>Finishes what a writer left that died. The caller holds the store's lock.</summary>
    internal async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var change = await PendingChange.ReadAsync(Address, cancellationToken);
        var changing = change == PendingChange.Unknown ? Names() : change is null ? [] : [change.Name];
        foreach (var layout in changing.Select(Layout).ToList())
        {
            List<Digest> changed = [.. change == PendingChange.Unknown ? layout.Entries() : change!.Digests];
            await (change == PendingChange.Unknown
                ? layout.RebuildAsync(cancellationToken)
                : SettleAsync(layout, changed, isNew: false, cancellationToken));
            RemovePartial(layout.Layout.Directory);
            changed.ForEach(one => RemovePartial(layout.EntryOf(one)));
        }

        if (change == PendingChange.Unknown)
        {
            await RebuildNamesAsync(cancellationToken);
        }

        PendingChange.End(Address);
        RemovePartial(Address);
    }

    /// <summary>Writes the names anew, in the order of the saves of their newest envelopes.</summary>
    internal async Task RebuildNamesAsync(CancellationToken cancellationToken)
    {
        var names = new List<(DateTimeOffset Saved, string Name)>();
        foreach (var name in Names())
        {
            await foreach (var one in FromNewestAsync(Layout(name), cancellationToken))
            {
                names.Add((one.Saved, name));
                break;
            }
        }

        await Recent.Lines.WriteAsync(names.Order(), cancellationToken);
    }

    private async Task SettleAsync(
        NameLayout layout, IReadOnlyCollection<Digest> changed, bool isNew, CancellationToken cancellationToken)
    {
        await layout.SettleAsync(changed, isNew, cancellationToken);
        try
        {
            if (layout.Exists)
            {
                var saved = layout.Order.FromNewest().First().Saved;
                await Recent.NoteAsync(layout.Name, saved, () => Names().Count(), cancellationToken);
            }
        }
        catch (DamagedLinesException)
        {
            await RebuildNamesAsync(cancellationToken);
        }
    }

    internal static void RemovePartial(string directory)
    {
        foreach (var file in Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*.partial") : [])
        {
            File.Delete(file);
        }
    }

    /// <summary>
    /// Removes what dead writers left before their envelopes were the store's. The caller holds the store's lock.
    /// </summary>
    internal void RemoveAbandoned() => _staging.RemoveAbandoned();
}
