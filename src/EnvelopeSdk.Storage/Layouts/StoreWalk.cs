namespace EnvelopeSdk.Layouts;

/// <summary>
/// Tells a listener how far a walk over the envelopes of a store is. Envelopes that are added meanwhile do not count.
/// Without a listener, nothing.
/// </summary>
internal sealed class StoreWalk(FolderStore store, IProgress<StoreProgress>? listener)
{
    private readonly int _total = listener is null
        ? 0
        : store.Names().Sum(name => store.Layout(name).Entries().Count());
    private int _done;

    public void Step() => listener?.Report(new(_done = Math.Min(_done + 1, _total), _total));
}
