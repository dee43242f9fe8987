using EnvelopeSdk.Gateway.Routing;

namespace EnvelopeSdk.Registry.Deploying.Traffic;

/// <summary>Keeps what the gateway counts: once a minute, and what it told last before it was started anew.</summary>
internal sealed class TrafficRecorder(TrafficLog log, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private (DateTimeOffset Time, GatewayStatus Status)? _last;
    private DateTimeOffset _kept;

    /// <param name="status">How the gateway does; null: it does not answer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(GatewayStatus? status, CancellationToken cancellationToken)
    {
        if (status is null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        IEnumerable<TrafficSample> samples = [];
        if (_last is { } before && before.Status.Started != status.Started)
        {
            samples = TrafficSample.Of(before.Status, before.Time);
        }

        if (now - _kept >= Interval || !Names(status).SequenceEqual(_last is null ? [] : Names(_last.Value.Status)))
        {
            samples = [.. samples, .. TrafficSample.Of(status, now)];
        }

        if (samples.Any())
        {
            await log.AddAsync(samples, cancellationToken);
            _kept = now;
        }

        _last = (now, status);
    }

    private static IEnumerable<string> Names(GatewayStatus status) =>
        status.Versions.Select(one => one.Version).Order(StringComparer.Ordinal);
}
