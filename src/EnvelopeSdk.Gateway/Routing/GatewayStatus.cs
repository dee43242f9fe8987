namespace EnvelopeSdk.Gateway.Routing;

/// <summary>How a gateway does.</summary>
/// <param name="Started">When it started, in UTC: its counts begin there.</param>
/// <param name="Revision">The list of routes that holds.</param>
/// <param name="Versions">What the versions of its routes did.</param>
/// <param name="Leaving">What those did that it has no more, and of which requests are under way.</param>
/// <param name="Replicas">What each address does, those among them that it has no more until they have ended
/// it.</param>
public sealed record GatewayStatus(
    DateTimeOffset Started, long Revision, IReadOnlyList<VersionStatus> Versions, IReadOnlyList<VersionStatus> Leaving,
    IReadOnlyList<ReplicaStatus> Replicas);

/// <summary>What a version did.</summary>
/// <param name="Route">The name of its route.</param>
/// <param name="Version">Its id.</param>
/// <param name="Counts">What it did.</param>
public sealed record VersionStatus(string Route, string Version, VersionCounts Counts);

/// <summary>What a replica does.</summary>
/// <param name="Address">Its address.</param>
/// <param name="InFlight">The requests of all routes that are under way there.</param>
public sealed record ReplicaStatus(string Address, int InFlight);
