using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Deploying.Routing;

namespace EnvelopeSdk.Registry.Deploying.Traffic;

/// <summary>
/// What deployments did in the last hour: to this moment, where this registry has the gateway, and else to what another
/// one kept.
/// </summary>
internal sealed class HourOfTraffic(TrafficLog log, RouteTeller? teller = null)
{
    /// <returns>Null: nothing is known of it.</returns>
    public async Task<CountedTraffic?> OfAsync(DeploymentRow? one, CancellationToken cancellationToken) => one is null
        ? null
        : await log.LastHourAsync(one.Id, teller?.Status, cancellationToken);
}
