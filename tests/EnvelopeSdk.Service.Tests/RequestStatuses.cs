using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace EnvelopeSdk.Service.Tests;

/// <summary>The statuses that ASP.NET Core counts of the requests of one route, whoever gets them.</summary>
internal sealed class RequestStatuses : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<int> _statuses = [];

    public RequestStatuses(string route)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.server.request.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var all = new Dictionary<string, object?>(tags.ToArray());
            if (route.Equals(all.GetValueOrDefault("http.route")))
            {
                _statuses.Enqueue((int)all["http.response.status_code"]!);
            }
        });
        _listener.Start();
    }

    /// <summary>Waits for as many requests.</summary>
    public async Task<IReadOnlyList<int>> TakeAsync(int requests)
    {
        for (var until = DateTime.UtcNow.AddSeconds(20); _statuses.Count < requests && DateTime.UtcNow < until;)
        {
            await Task.Delay(10);
        }

        return [.. _statuses];
    }

    public void Dispose() => _listener.Dispose();
}
