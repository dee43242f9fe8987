namespace EnvelopeSdk.Gateway.Routing;

/// <summary>
/// The routes that hold. They change in one step: each request sees one list, whole. What is counted of a version goes
/// on while a list names it, and as long after that as requests of it are under way; of a replica alike.
/// </summary>
internal sealed class RouteBoard
{
    private readonly Lock _lock = new();
    private volatile RouteState _state = RouteState.Empty;
    private IReadOnlyList<(VersionKey Key, LiveVersion Version)> _leavingVersions = [];
    private IReadOnlyList<LiveReplica> _leavingReplicas = [];

    /// <summary>The list that holds.</summary>
    public RouteList List => _state.List;

    /// <summary>Chooses who answers a request, which counts from now on as under way.</summary>
    /// <param name="name">The name of the route.</param>
    /// <param name="asked">The version that was asked before; null: none was.</param>
    /// <param name="tried">The replicas that could not be reached.</param>
    public Chosen Choose(ReadOnlySpan<char> name, LiveVersion? asked, IReadOnlyCollection<LiveReplica> tried)
    {
        var state = Enter();
        try
        {
            if (state.Find(name) is not { } route)
            {
                return default;
            }

            if (route.Choose(asked, tried, Random.Shared.NextInt64) is not var (version, replica))
            {
                return new(route, null, null);
            }

            version.Counter.Begin();
            replica.Begin();
            return new(route, version, replica);
        }
        finally
        {
            state.Leave();
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
            var before = _state;
            if (list.Revision < before.List.Revision)
            {
                return false;
            }

            var after = RouteState.Of(
                list, before.Versions.Concat(_leavingVersions.Select(one => KeyValuePair.Create(one.Key, one.Version))),
                before.Replicas.Concat(_leavingReplicas));
            keep(list);
            _state = after;
            before.WaitUntilLeft(); // what was chosen by it is counted then
            _leavingVersions =
            [
                .. before.Versions.Select(one => (one.Key, one.Value)).Concat(_leavingVersions)
                    .Where(one => !after.Versions.ContainsKey(one.Key) && one.Item2.Counter.InFlight > 0),
            ];
            _leavingReplicas =
            [
                .. before.Replicas.Concat(_leavingReplicas)
                    .Where(one => !after.Replicas.Contains(one) && one.InFlight > 0),
            ];
            return true;
        }
    }

    /// <summary>What each version does, and which ones end what they began.</summary>
    public GatewayStatus Status(DateTimeOffset started)
    {
        lock (_lock)
        {
            _leavingVersions = [.. _leavingVersions.Where(one => one.Version.Counter.InFlight > 0)];
            _leavingReplicas = [.. _leavingReplicas.Where(one => one.InFlight > 0)];
            return new(
                started, _state.List.Revision,
                [.. _state.Versions.Select(one => one.Key.Status(one.Value))],
                [.. _leavingVersions.Select(one => one.Key.Status(one.Version))],
                [
                    .. _state.Replicas.Concat(_leavingReplicas)
                        .Select(one => new ReplicaStatus(one.Address, one.InFlight)),
                ]);
        }
    }

    /// <summary>
    /// The list that holds, which has not been replaced when this returns: a version that leaves with nothing under way
    /// would else get a request after it was seen to be idle.
    /// </summary>
    private RouteState Enter()
    {
        while (true)
        {
            var state = _state;
            state.Enter();
            if (state == _state)
            {
                return state;
            }

            state.Leave();
        }
    }
}

/// <summary>Who answers a request.</summary>
/// <param name="Route">Its route; null: there is none of the name.</param>
/// <param name="Version">The version; null: none is live, or each was tried.</param>
/// <param name="Replica">The replica.</param>
internal readonly record struct Chosen(LiveRoute? Route, LiveVersion? Version, LiveReplica? Replica);
