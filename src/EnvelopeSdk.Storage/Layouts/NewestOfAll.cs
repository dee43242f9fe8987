using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// The envelopes of all names in one order. A name is looked into when its turn comes, which is no later than its
/// newest envelope, so that the newest ones of very many names cost little.
/// </summary>
/// <param name="names">The names, with when an envelope of each was saved at the latest; the latest first.</param>
/// <param name="list">The envelopes of a name, the newest first.</param>
internal sealed class NewestOfAll(
    IEnumerable<(DateTimeOffset Saved, string Name)> names,
    Func<string, CancellationToken, IAsyncEnumerable<SavedEnvelope>> list)
{
    private readonly PriorityQueue<IAsyncEnumerator<SavedEnvelope>, SavedEntry> _next =
        new(Comparer<SavedEntry>.Create((one, other) => other.CompareTo(one)));

    public async IAsyncEnumerable<SavedEnvelope> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var waiting = names.GetEnumerator();
        var isWaiting = waiting.MoveNext();
        try
        {
            while (true)
            {
                while (isWaiting && (!_next.TryPeek(out _, out var first) || waiting.Current.Saved >= first.Saved))
                {
                    var envelopes = list(waiting.Current.Name, cancellationToken);
                    await MoveAsync(envelopes.GetAsyncEnumerator(cancellationToken));
                    isWaiting = waiting.MoveNext();
                }

                if (!_next.TryDequeue(out var newest, out _))
                {
                    yield break;
                }

                var current = newest.Current;
                await MoveAsync(newest);
                yield return current;
            }
        }
        finally
        {
            while (_next.TryDequeue(out var rest, out _))
            {
                await rest.DisposeAsync();
            }
        }
    }

    private async Task MoveAsync(IAsyncEnumerator<SavedEnvelope> one)
    {
        if (await one.MoveNextAsync())
        {
            _next.Enqueue(one, new(one.Current.Saved ?? DateTimeOffset.UnixEpoch, one.Current.Reference.Digest));
        }
        else
        {
            await one.DisposeAsync();
        }
    }
}
