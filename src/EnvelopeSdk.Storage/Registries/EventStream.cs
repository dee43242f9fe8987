using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using EnvelopeSdk.Distribution;

namespace EnvelopeSdk.Registries;

/// <summary>
/// What happens in a registry, as it tells it. A connection that breaks, or on which nothing comes though the registry
/// says something now and then, is made again, and goes on where it was.
/// </summary>
/// <param name="api">The registry.</param>
/// <param name="query">Which events, as <c>&amp;name=...</c>.</param>
internal sealed class EventStream(RegistryApi api, string query)
{
    private const string Asked = "tell what happens";

    /// <summary>The registry says that it is alive each 15 seconds.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long? _last;

    /// <exception cref="EnvelopeException">The registry does not tell it, or cannot be reached for a while.</exception>
    public async IAsyncEnumerable<RegistryEvent> ReadAsync(
        long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _last = after;
        while (true)
        {
            var before = _last;
            var from = _last is { } last ? string.Create(CultureInfo.InvariantCulture, $"&after={last}") : "";
            using var answer = await api.OpenAsync("events?" + (query + from).TrimStart('&'), Asked, cancellationToken);
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            await foreach (var one in ReadToEndAsync(body, cancellationToken))
            {
                yield return one;
            }

            if (_last == before)
            {
                await Task.Delay(Pause, cancellationToken); // it ended at once, or what came is no such stream
            }
        }
    }

    private async IAsyncEnumerable<RegistryEvent> ReadToEndAsync(
        Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var items = SseParser.Create(body, (type, json) => DistributionJsonContext.TryRead(
            json, RegistryJsonContext.Default.RegistryEvent)).EnumerateAsync(silence.Token).GetAsyncEnumerator(silence.Token);
        await using (items)
        {
            while (await MoveNextAsync(items, silence, cancellationToken))
            {
                if (long.TryParse(
                    items.Current.EventId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                {
                    _last = id;
                }

                if (items.Current.Data is { } happened)
                {
                    yield return happened;
                }
            }
        }
    }

    /// <returns>False when the connection has ended, however it did.</returns>
    private static async Task<bool> MoveNextAsync(
        IAsyncEnumerator<SseItem<RegistryEvent?>> items, CancellationTokenSource silence,
        CancellationToken cancellationToken)
    {
        silence.CancelAfter(Silence);
        try
        {
            return await items.MoveNextAsync();
        }
        catch (Exception failure) when (RegistryChannel.IsTransient(failure, cancellationToken))
        {
            return false;
        }
    }
}
