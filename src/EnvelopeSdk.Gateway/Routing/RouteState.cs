using System.Collections.Frozen;

namespace EnvelopeSdk.Gateway.Routing;

/// <summary>A list of routes, and what is counted of the versions and replicas in it. It never changes.</summary>
internal sealed class RouteState
{
    private readonly FrozenDictionary<string, LiveRoute> _routes;
    private int _choosing;

    private RouteState(
        RouteList list, FrozenDictionary<VersionKey, LiveVersion> versions,
        FrozenDictionary<string, LiveReplica> replicas)
    {
        (List, Versions, Replicas) = (list, versions, [.. replicas.Values]);
        _routes = list.Routes.ToFrozenDictionary(
            route => route.Name,
            route => new LiveRoute(
                route.Name,
                [
                    .. route.Versions.Select(version => new LiveShare(
                        versions[new(route.Name, version.Id)], version.Weight,
                        [.. version.Replicas.Select(address => replicas[address])])),
                ]));
    }

    public static RouteState Empty { get; } = Of(RouteList.Empty, [], []);

    public RouteList List { get; }

    public FrozenDictionary<VersionKey, LiveVersion> Versions { get; }

    public FrozenSet<LiveReplica> Replicas { get; }

    /// <param name="list">The list.</param>
    /// <param name="versions">The versions that are known, which go on to be counted.</param>
    /// <param name="replicas">The replicas that are known.</param>
    public static RouteState Of(
        RouteList list, IEnumerable<KeyValuePair<VersionKey, LiveVersion>> versions, IEnumerable<LiveReplica> replicas)
    {
        var (knownVersions, knownReplicas) = (versions.ToDictionary(), replicas.ToDictionary(one => one.Named));
        return new(
            list,
            list.Routes.SelectMany(route => route.Versions.Select(version => new VersionKey(route.Name, version.Id)))
                .ToFrozenDictionary(key => key, key => knownVersions.GetValueOrDefault(key) ?? new()),
            list.Routes.SelectMany(route => route.Versions).SelectMany(version => version.Replicas).Distinct()
                .ToFrozenDictionary(
                    address => address, address => knownReplicas.GetValueOrDefault(address) ?? new(address)));
    }

    public LiveRoute? Find(ReadOnlySpan<char> name) =>
        _routes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var route) ? route : null;

    /// <summary>A request begins to choose by it.</summary>
    public void Enter() => Interlocked.Increment(ref _choosing);

    public void Leave() => Interlocked.Decrement(ref _choosing);

    /// <summary>Waits until no request chooses by it, when none can begin to any more.</summary>
    public void WaitUntilLeft()
    {
        Interlocked.MemoryBarrier();
        SpinWait.SpinUntil(() => Volatile.Read(ref _choosing) == 0);
    }
}

/// <summary>Names a version among those of all routes.</summary>
internal readonly record struct VersionKey(string Route, string Version)
{
    public VersionStatus Status(LiveVersion version) => new(Route, Version, version.Counter.Counts);
}
