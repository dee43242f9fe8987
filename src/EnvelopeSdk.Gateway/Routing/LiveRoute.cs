namespace EnvelopeSdk.Gateway.Routing;

/// <summary>A route, and who answers it.</summary>
internal sealed class LiveRoute(string name, IReadOnlyList<LiveShare> shares)
{
    public string Name => name;

    /// <summary>
    /// Whom to ask: a replica of a version that is drawn by the weights. When one was asked that could not be reached,
    /// it is another of its version, and when that has none, one of a version that is drawn among the others.
    /// </summary>
    /// <param name="asked">The version that was asked; null: none was.</param>
    /// <param name="tried">The replicas that could not be reached.</param>
    /// <param name="draw">A number of at least 0, less than its argument.</param>
    /// <returns>Null when there is none to ask, or none that was not tried. None has the weight 0.</returns>
    public (LiveVersion Version, LiveReplica Replica)? Choose(
        LiveVersion? asked, IReadOnlyCollection<LiveReplica> tried, Func<long, long> draw)
    {
        var open = shares.Where(share => share.Weight > 0 && share.Replicas.Any(one => !tried.Contains(one))).ToList();
        if (open.Count == 0)
        {
            return null;
        }

        var share = open.Find(one => one.Version == asked) ?? Draw(open, draw(open.Sum(one => (long)one.Weight)));
        return (share.Version, share.InOrder(draw).First(one => !tried.Contains(one)));
    }

    private static LiveShare Draw(List<LiveShare> open, long at)
    {
        foreach (var share in open)
        {
            if (at < share.Weight)
            {
                return share;
            }

            at -= share.Weight;
        }

        return open[^1];
    }
}

/// <summary>What a version has of a route.</summary>
internal sealed record LiveShare(LiveVersion Version, int Weight, IReadOnlyList<LiveReplica> Replicas)
{
    /// <summary>Those that could be reached before, and of them the least busy first; ties as drawn.</summary>
    public IEnumerable<LiveReplica> InOrder(Func<long, long> draw)
    {
        if (Replicas.Count <= 1)
        {
            return Replicas;
        }

        var first = (int)draw(Replicas.Count);
        return Enumerable.Range(0, Replicas.Count).Select(i => Replicas[(first + i) % Replicas.Count])
            .OrderBy(replica => replica.IsShunned).ThenBy(replica => replica.InFlight);
    }
}
