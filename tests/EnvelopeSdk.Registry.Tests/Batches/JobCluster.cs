using System.Text.Json.Nodes;
using EnvelopeSdk.Kubernetes;
using EnvelopeSdk.Kubernetes.Tests.StandIn;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Tests.Deploying;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>A cluster that has one pod, which is where a test brings it.</summary>
internal sealed class JobCluster : IAsyncDisposable
{
    private readonly StandInCluster _cluster;
    private readonly HashSet<string> _seen = [];

    private JobCluster(StandInCluster cluster)
    {
        _cluster = cluster;
        _cluster.Refuse = Answer;
    }

    /// <summary>What is refused, and how.</summary>
    public Func<Asked, Refusal?> Refuse { get; set; } = _ => null;

    /// <summary>Whether it makes Jobs and does not say so.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>How often it was asked to make a Job.</summary>
    public int Creations
    {
        get
        {
            lock (_cluster.Asked)
            {
                return _cluster.Asked.Count(one => one.Method == "POST");
            }
        }
    }

    public IReadOnlyList<JsonNode> Jobs
    {
        get
        {
            lock (_cluster.Objects)
            {
                return [.. _cluster.Objects.Values];
            }
        }
    }

    public static async Task<JobCluster> StartAsync() => new(await StandInCluster.StartAsync());

    public ClusterOptions Options(bool claim = true) => new()
    {
        Kubernetes = _cluster.Options() with { PullSeconds = 5, BatchClaim = claim ? new ClaimMount("tables") : null },
        ImageRegistry = "registry.example:5480",
    };

    /// <summary>Waits for a Job that no test has seen.</summary>
    /// <param name="count">How many there are then at least.</param>
    public async Task<JsonNode> JobAsync(int count = 1)
    {
        JsonNode? found = null;
        await Patiently.HoldsAsync(() => Jobs.Count >= count && (found = Jobs.FirstOrDefault(
            one => !_seen.Contains((string)one["metadata"]!["name"]!))) is not null);
        _seen.Add((string)found!["metadata"]!["name"]!);
        Change(() => _cluster.Pods.Clear());
        return found;
    }

    public void Begin(string log) => Be(log, "Running", new JsonObject { ["running"] = new JsonObject() });

    public void Wait(string reason, string message) => Be("", "Pending", new JsonObject
    {
        ["waiting"] = new JsonObject { ["reason"] = reason, ["message"] = message },
    });

    /// <summary>Ends the latest Job.</summary>
    public void End(int code, string log, string? reason = null)
    {
        Be(log, code == 0 ? "Succeeded" : "Failed", new JsonObject
        {
            ["terminated"] = new JsonObject { ["exitCode"] = code, ["reason"] = reason ?? (code == 0 ? "Completed" : "Error") },
        });
        Change(() => _cluster.Objects.Values.Last()["status"] = new JsonObject
        {
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = code == 0 ? "Complete" : "Failed", ["status"] = "True" }),
        });
    }

    /// <summary>Ends the latest Job well, and removes its pod before anybody looked, as with its node.</summary>
    public void EndGone() => Change(() =>
    {
        _cluster.Pods.Clear();
        _cluster.Objects.Values.Last()["status"] = new JsonObject
        {
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Complete", ["status"] = "True" }),
        };
    });

    public void Clear() => Change(() => _cluster.Objects.Clear());

    public Task StopAsync() => _cluster.StopAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private void Be(string log, string phase, JsonObject state) => Change(() =>
    {
        _cluster.Log = log;
        _cluster.Pods.Clear();
        _cluster.Pods.Add(new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "one" },
            ["status"] = new JsonObject
            {
                ["phase"] = phase,
                ["containerStatuses"] = new JsonArray(new JsonObject { ["name"] = "job", ["state"] = state }),
            },
        });
    });

    private void Change(Action change)
    {
        lock (_cluster.Objects)
        {
            change();
        }
    }

    private Refusal? Answer(Asked asked)
    {
        if (LosesAnswers)
        {
            if (asked.Method == "POST")
            {
                _cluster.Create(asked);
            }

            return new(503, "lost");
        }

        return Refuse(asked);
    }
}
