using System.Diagnostics.Metrics;

namespace EnvelopeSdk.Service;

/// <summary>What a service counts beside what ASP.NET Core counts of each request.</summary>
internal sealed class CallMetrics
{
    public const string MeterName = "EnvelopeSdk.Service";

    private readonly Counter<long> _turnedAway;
    private readonly Counter<long> _refused;

    public CallMetrics(IMeterFactory meters, CallGate gate)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableUpDownCounter(
            "envelope.calls.running", () => gate.Running, "{call}", "Calls of the model that are under way.");
        meter.CreateObservableUpDownCounter(
            "envelope.calls.queued", () => gate.Queued, "{call}", "Calls that wait to begin.");
        _turnedAway = meter.CreateCounter<long>(
            "envelope.calls.turned_away", "{call}", "Calls that were refused since too many waited.");
        _refused = meter.CreateCounter<long>(
            "envelope.predictions.refused", "{call}", "Calls that the model refused to answer.");
    }

    public void TurnedAway(string query) => _turnedAway.Add(1, Of(query));

    public void Refused(string query) => _refused.Add(1, Of(query));

    private static KeyValuePair<string, object?> Of(string query) => new("envelope.query", query);
}
