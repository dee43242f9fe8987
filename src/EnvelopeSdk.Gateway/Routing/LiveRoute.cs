namespace EnvelopeSdk.Gateway.Routing;

/// <summary>A route, and who answers it in which order.</summary>
internal sealed class LiveRoute(string name, IReadOnlyList<LiveShare> shares)
{
    private readonly int _total = shares.Sum(share => share.Weight);

    public string Name => name;

    public IReadOnlyList<LiveShare> Shares => shares;

    /// <summary>
    /// Whom to ask: a replica of a version that is drawn by the weights, and those after it that are asked when it
    /// cannot be reached, its own version's first. None has the weight 0.
    /// </summary>
    /// <param name="draw">A number of at least 0, less than its argument.</param>
    public IEnumerable<(LiveVersion Version, LiveReplica Replica)> Choose(Func<int, int> draw)
    {
        if (_total == 0)
        {
            return [];
        }

        var drawn = Draw(draw(_total));
        return shares.Where(share => share.Weight > 0).OrderBy(share => share != drawn)
            .SelectMany(share => share.InOrder(draw).Select(replica => (share.Version, replica)));
    }

    private LiveShare Draw(int at)
    {
        foreach (var share in shares)
        {
            if (at < share.Weight)
            {
                return share;
            }

            at -= share.Weight;
        }

        return shares[^1];
    }
}

/// <summary>What a version has of a route.</summary>
internal sealed record LiveShare(LiveVersion Version, int Weight, IReadOnlyList<LiveReplica> Replicas)
{
    /// <summary>Those that could be reached before, and of them the least busy first; ties as drawn.</summary>
    public IEnumerable<LiveReplica> InOrder(Func<int, int> draw)
    {
        if (Replicas.Count <= 1)
        {
            return Replicas;
        }

        var first = draw(Replicas.Count);
        return Enumerable.Range(0, Replicas.Count).Select(i => Replicas[(first + i) % Replicas.Count])
            .OrderBy(replica => replica.IsShunned).ThenBy(replica => replica.InFlight);
    }
}
