using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Queries;

/// <summary>The envelopes of several names in one order.</summary>
internal static class NewestOfAll
{
    /// <summary>The envelopes of a store, the one that was saved last first; of two at one time by name and digest.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">Only those of this name; null: of all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async IAsyncEnumerable<SavedEnvelope> ListAllNewestAsync(
        this IEnvelopeStore store, string? name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = name is null ? await store.ListNamesAsync(cancellationToken) : [name];
        var next = new PriorityQueue<IAsyncEnumerator<SavedEnvelope>, QueryPlace>();
        try
        {
            foreach (var one in names)
            {
                await MoveAsync(next, store.ListNewestAsync(one, cancellationToken).GetAsyncEnumerator(cancellationToken));
            }

            while (next.TryDequeue(out var newest, out _))
            {
                var current = newest.Current;
                await MoveAsync(next, newest);
                yield return current;
            }
        }
        finally
        {
            while (next.TryDequeue(out var rest, out _))
            {
                await rest.DisposeAsync();
            }
        }
    }

    private static async Task MoveAsync(
        PriorityQueue<IAsyncEnumerator<SavedEnvelope>, QueryPlace> next,
        IAsyncEnumerator<SavedEnvelope> one)
    {
        if (await one.MoveNextAsync())
        {
            next.Enqueue(one, QueryPlace.Of(one.Current));
        }
        else
        {
            await one.DisposeAsync();
        }
    }
}
