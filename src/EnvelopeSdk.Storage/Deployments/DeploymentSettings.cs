using System.Text.Json.Serialization;

namespace EnvelopeSdk.Deployments;

/// <summary>What a configuration says: how envelopes that are deployed on it run, and what they must pass.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DeploymentSettings
{
    /// <summary>What runs the services, one of <see cref="ServiceRuntime"/>.</summary>
    public string Runtime { get; init; } = ServiceRuntime.Process;

    /// <summary>How the images of services are made, where containers run them.</summary>
    public ImageSettings Image { get; init; } = new();

    /// <summary>How many processes share the requests, 1 to 64.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Variables of the environment that the services get, besides those that say where they listen.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Variables whose values are secrets: the variable, and the name of the secret, which lies where the services run
    /// and never in the registry's database.
    /// </summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>What a service may use.</summary>
    public ServiceLimits Limits { get; init; } = new();

    /// <summary>What an envelope must pass before it gets requests.</summary>
    public DeploymentGates Gates { get; init; } = new();

    /// <summary>How requests come to what is new.</summary>
    public DeploymentStrategy Strategy { get; init; } = new();

    /// <summary>Whether somebody else than who asks for a deployment has to approve it.</summary>
    public bool NeedsApproval { get; init; }
}

/// <summary>What can run services.</summary>
public static class ServiceRuntime
{
    /// <summary>Processes on the machine of the registry.</summary>
    public const string Process = "process";

    /// <summary>Containers of podman on the machine of the registry.</summary>
    public const string Container = "container";

    /// <summary>A cluster.</summary>
    public const string Kubernetes = "kubernetes";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Process, Container, Kubernetes];
}

/// <summary>How the image of a service is made.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ImageSettings
{
    /// <summary>
    /// The image that it is put on, <c>host/repository:tag</c>: one with .NET and ASP.NET Core, or, where the service
    /// brings them, with what they need. Null: that of Microsoft.
    /// </summary>
    public string? Base { get; init; }

    /// <summary>Whether the service brings .NET and ASP.NET Core.</summary>
    public bool SelfContained { get; init; }
}

/// <summary>What a service may use.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ServiceLimits
{
    /// <summary>How many seconds a service may take until it is ready, 1 to 3,600.</summary>
    public int StartSeconds { get; init; } = 60;

    /// <summary>
    /// How many megabytes (2^20 bytes) of memory each process may have, 32 at least; one that has more is started
    /// again. Null: as many as it wants.
    /// </summary>
    public int? MemoryMegabytes { get; init; }
}

/// <summary>What an envelope must pass before it gets requests.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DeploymentGates
{
    /// <summary>
    /// How far numbers in the answers to recorded examples may be from those that were recorded, as a share of the
    /// greater of both: 0 (not at all, to the last bit) to 1.
    /// </summary>
    public double Tolerance { get; init; }

    /// <summary>Metrics that must not be worse than those of what runs.</summary>
    public IReadOnlyList<MetricGate> Metrics { get; init; } = [];

    /// <summary>Public keys in PEM, of which one must have signed the envelope; none: no signature is needed.</summary>
    public IReadOnlyList<string> SignedBy { get; init; } = [];
}

/// <summary>A metric that must not be worse than that of what runs. One that is missing or NaN is worse.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Better">What is better: <c>higher</c> or <c>lower</c>.</param>
/// <param name="Margin">By how much it may be worse, in its own unit; 0 or more.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MetricGate(string Name, string Better, double Margin = 0)
{
    /// <summary>Greater values are better.</summary>
    public const string Higher = "higher";

    /// <summary>Smaller values are better.</summary>
    public const string Lower = "lower";
}

/// <summary>
/// How requests come to what is new: all at once, or by steps, of which each is compared with what runs.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DeploymentStrategy
{
    /// <summary>The steps before it gets all; none: it gets all at once, as it does where nothing runs.</summary>
    public IReadOnlyList<CanaryStep> Steps { get; init; } = [];

    /// <summary>How many requests it must have answered in a step before that is judged, 1 or more.</summary>
    public int MinimumRequests { get; init; } = 50;

    /// <summary>
    /// By how much the share of its failures (5xx, and requests that broke) may be greater than that of what runs: 0
    /// to 1.
    /// </summary>
    public double ErrorMargin { get; init; } = 0.01;

    /// <summary>How many times the 95th percentile of its latency may be that of what runs, 1 or more.</summary>
    public double LatencyRatio { get; init; } = 2;

    /// <summary>By how many milliseconds that may be greater in any case, 0 or more.</summary>
    public double LatencyMargin { get; init; } = 5;
}

/// <summary>A step of a canary.</summary>
/// <param name="Percent">The share of the requests, 1 to 99.</param>
/// <param name="Seconds">How long it lasts at least, 0 to 604,800.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CanaryStep(int Percent, int Seconds);
