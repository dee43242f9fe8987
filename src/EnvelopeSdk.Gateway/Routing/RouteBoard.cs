using System.Collections.Frozen;

namespace EnvelopeSdk.Gateway.Routing;

/// <summary>
/// The routes that hold. They change in one step: each request sees one list, whole. What a version counts goes on
/// while a list names it, and as long after that as requests of it are under way.
/// </summary>
internal sealed class RouteBoard
{
    private readonly Lock _lock = new();
    private volatile State _state = new(
        RouteList.Empty, FrozenDictionary<string, LiveRoute>.Empty, FrozenDictionary<(string, string), LiveVersion>.Empty,
        FrozenDictionary<string, LiveReplica>.Empty);

    private List<(string Route, LiveVersion Version)> _leaving = [];

    /// <summary>The list that holds.</summary>
    public RouteList List => _state.List;

    /// <summary>Chooses who answers a request, which counts from now on as under way.</summary>
    /// <param name="name">The name of the route.</param>
    /// <param name="tried">Those that could not be reached.</param>
    public Chosen Choose(ReadOnlySpan<char> name, IReadOnlyCollection<LiveReplica> tried)
    {
        var state = Enter();
        try
        {
            if (!state.Routes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var route))
            {
                return default;
            }

            var (version, replica) = route.Choose(Random.Shared.Next).FirstOrDefault(one => !tried.Contains(one.Replica));
            version?.Counter.Begin();
            replica?.Begin();
            return new(route, version, replica);
        }
        finally
        {
            Interlocked.Decrement(ref state.Choosing);
        }
    }

    /// <summary>Lets another list hold.</summary>
    /// <param name="list">The list, which is sound.</param>
    /// <param name="keep">Keeps it for the next start, before it holds.</param>
    /// <returns>Whether it holds now: not when the one that does is newer.</returns>
    public bool Replace(RouteList list, Action<RouteList> keep)
    {
        lock (_lock)
        {
            if (list.Revision < _state.List.Revision)
            {
                return false;
            }

            keep(list);
            var before = _state;
            _state = State.After(before, list);
            Interlocked.MemoryBarrier();
            SpinWait.SpinUntil(() => Volatile.Read(ref before.Choosing) == 0); // what was chosen by it is counted then
            _leaving =
            [
                .. _leaving.Concat(before.Versions.Select(one => (one.Key.Route, one.Value)))
                    .Where(one => !_state.Versions.ContainsKey((one.Item1, one.Item2.Id)) && one.Item2.Counter.InFlight > 0)
                    .Distinct(),
            ];
            return true;
        }
    }

    /// <summary>What each version does, and which ones end what they began.</summary>
    public GatewayStatus Status(DateTimeOffset started)
    {
        lock (_lock)
        {
            _leaving.RemoveAll(one => one.Version.Counter.InFlight == 0);
            return new(
                started, _state.List.Revision,
                [.. _state.Versions.Select(one => new VersionStatus(one.Key.Route, one.Key.Version, one.Value.Counter.Counts))],
                [.. _leaving.Select(one => new VersionStatus(one.Route, one.Version.Id, one.Version.Counter.Counts))]);
        }
    }

    /// <summary>
    /// The list that holds, which has not been replaced when this returns: a version that leaves with nothing under way
    /// would else get a request after it was seen to be idle.
    /// </summary>
    private State Enter()
    {
        while (true)
        {
            var state = _state;
            Interlocked.Increment(ref state.Choosing);
            if (state == _state)
            {
                return state;
            }

            Interlocked.Decrement(ref state.Choosing);
        }
    }

    private sealed class State(
        RouteList list, FrozenDictionary<string, LiveRoute> routes,
        FrozenDictionary<(string Route, string Version), LiveVersion> versions,
        FrozenDictionary<string, LiveReplica> replicas)
    {
        /// <summary>How many requests are choosing by it.</summary>
        public int Choosing;

        private readonly FrozenDictionary<string, LiveReplica> _replicas = replicas;

        public RouteList List => list;

        public FrozenDictionary<string, LiveRoute> Routes => routes;

        public FrozenDictionary<(string Route, string Version), LiveVersion> Versions => versions;

        public static State After(State before, RouteList list)
        {
            var replicas = list.Routes.SelectMany(route => route.Versions).SelectMany(version => version.Replicas).Distinct()
                .ToFrozenDictionary(address => address, address => before._replicas.GetValueOrDefault(address) ?? new(address));
            var versions = list.Routes.SelectMany(route => route.Versions.Select(version => (route.Name, version.Id)))
                .ToFrozenDictionary(key => key, key => before.Versions.GetValueOrDefault(key) ?? new(key.Id));
            var routes = list.Routes.ToFrozenDictionary(
                route => route.Name,
                route => new LiveRoute(
                    route.Name,
                    [
                        .. route.Versions.Select(version => new LiveShare(
                            versions[(route.Name, version.Id)], version.Weight,
                            [.. version.Replicas.Select(address => replicas[address])])),
                    ]));
            return new(list, routes, versions, replicas);
        }
    }
}

/// <summary>Who answers a request.</summary>
/// <param name="Route">Its route; null: there is none of the name.</param>
/// <param name="Version">The version; null: none is live, or each was tried.</param>
/// <param name="Replica">The replica.</param>
internal readonly record struct Chosen(LiveRoute? Route, LiveVersion? Version, LiveReplica? Replica);

/// <summary>How a gateway does.</summary>
/// <param name="Started">When it started, in UTC: its counts begin there.</param>
/// <param name="Revision">The list of routes that holds.</param>
/// <param name="Versions">What the versions of its routes did.</param>
/// <param name="Leaving">What those did that it has no more, and of which requests are under way.</param>
public sealed record GatewayStatus(
    DateTimeOffset Started, long Revision, IReadOnlyList<VersionStatus> Versions, IReadOnlyList<VersionStatus> Leaving);

/// <summary>What a version did.</summary>
/// <param name="Route">The name of its route.</param>
/// <param name="Version">Its id.</param>
/// <param name="Counts">What it did.</param>
public sealed record VersionStatus(string Route, string Version, VersionCounts Counts);
