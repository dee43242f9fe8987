using EnvelopeSdk.Deployments;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Deploying.Routing;

/// <summary>Where requests are to go, as the database says.</summary>
internal static class WantedRoutes
{
    private const int All = 100;

    /// <param name="configurations">The configurations with their settings.</param>
    /// <param name="deployments">What is under way or runs.</param>
    /// <param name="instances">All processes.</param>
    /// <param name="percent">The share of a canary.</param>
    public static IReadOnlyList<Route> Of(
        IEnumerable<string> configurations, IReadOnlyList<DeploymentRow> deployments,
        IReadOnlyList<Instance> instances, Func<DeploymentRow, int> percent)
    {
        return [.. configurations.Order(StringComparer.Ordinal).Select(name => new Route(name, VersionsOf(name)))];

        IReadOnlyList<RouteVersion> VersionsOf(string name)
        {
            var live = deployments.FirstOrDefault(one => one.Configuration == name && one.IsLive);
            var next = deployments.FirstOrDefault(one => one.Configuration == name && one.IsActive);
            return next?.State switch
            {
                DeploymentState.Switched or DeploymentState.Drained => [Version(next, All)],
                DeploymentState.Canary when live is not null =>
                    [Version(live, All - percent(next)), Version(next, percent(next))],
                _ => live is null ? [] : [Version(live, All)],
            };
        }

        RouteVersion Version(DeploymentRow one, int weight) => new(
            IdOf(one), weight,
            AddressesOf([.. instances.Where(process => process.Deployment == one.Id)]));
    }

    /// <summary>Those that are ready; when none is, all: one of them will be the first.</summary>
    private static IReadOnlyList<string> AddressesOf(IReadOnlyList<Instance> processes)
    {
        var ready = processes.Where(one => one.IsReady).Select(one => one.Address).ToList();
        return ready.Count > 0 ? ready : [.. processes.Select(one => one.Address)];
    }

    /// <summary>How the gateway names a deployment.</summary>
    public static string IdOf(DeploymentRow one) => one.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
