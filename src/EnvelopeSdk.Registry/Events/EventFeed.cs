using System.Runtime.CompilerServices;
using EnvelopeSdk.Registries;

namespace EnvelopeSdk.Registry.Events;

/// <summary>What happens, for one listener after the other.</summary>
internal sealed class EventFeed(AnnouncementLog log, TimeProvider clock)
{
    private const int Batch = 200;

    /// <summary>How soon somebody is told of what another process has done.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>How long nothing is said at most: whoever stands between ends connections that seem dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long somebody listens before having to ask again, and to be let in again: a key may have been revoked.
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Reads on and on, for a while.</summary>
    /// <param name="after">What was told last; null: only what happens from now on.</param>
    /// <param name="isWanted">What the listener wants to know and may know.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// What happens; when nothing does, at the beginning and now and then no event, and after what to go on.
    /// </returns>
    public async IAsyncEnumerable<(long Last, RegistryEvent? Event)> ListenAsync(
        long? after, Func<RegistryEvent, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = after ?? await log.LastAsync(cancellationToken);
        var begun = clock.GetTimestamp();
        var told = begun;
        yield return (last, null);
        while (clock.GetElapsedTime(begun) < Longest)
        {
            var found = await log.ReadAsync(last, Batch, cancellationToken);
            foreach (var one in found)
            {
                last = one.Id;
                if (isWanted(one))
                {
                    told = clock.GetTimestamp();
                    yield return (last, one);
                }
            }

            if (clock.GetElapsedTime(told) > Silence)
            {
                told = clock.GetTimestamp();
                yield return (last, null);
            }

            if (found.Count < Batch)
            {
                await Task.Delay(Interval, clock, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (cancellationToken.IsCancellationRequested)
                {
                    yield break;
                }
            }
        }
    }
}
