using System.Globalization;
using System.Text.Json.Nodes;
using EnvelopeSdk.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Kubernetes.Tests.StandIn;

/// <summary>What a cluster was asked.</summary>
internal sealed record Asked(string Method, string Path, IQueryCollection Query, string? ContentType, string Body)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>An answer with a reason, as an API server gives it, or with another text.</summary>
internal sealed record Refusal(int Status, string Message, string? Text = null);

/// <summary>An API server on loopback, which keeps what is applied and writes down what it is asked.</summary>
internal sealed class StandInCluster : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TempDirectory _directory = new();

    private StandInCluster(WebApplication app) => _app = app;

    public List<Asked> Asked { get; } = [];

    /// <summary>What is there, by its path.</summary>
    public Dictionary<string, JsonNode> Objects { get; } = [];

    /// <summary>What the controllers of a cluster say of a Deployment or a Job, each time when it is read.</summary>
    public Action<JsonNode> Observe { get; set; } = _ => { };

    /// <summary>What is refused, and how.</summary>
    public Func<Asked, Refusal?> Refuse { get; set; } = _ => null;

    /// <summary>What it waits for before it answers.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The pods that are listed.</summary>
    public JsonArray Pods { get; } = [];

    /// <summary>The events that are listed.</summary>
    public JsonArray Events { get; } = [];

    /// <summary>What the container of each pod has written.</summary>
    public string Log { get; set; } = "";

    /// <summary>The changes that it was asked for.</summary>
    public IEnumerable<Asked> Changes => Asked.Where(one => one.Method != "GET");

    public static async Task<StandInCluster> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var cluster = new StandInCluster(app);
        app.Run(cluster.AnswerAsync);
        await app.StartAsync();
        return cluster;
    }

    /// <summary>How one comes to it.</summary>
    public KubernetesOptions Options(string space = "models") => new()
    {
        Namespace = space,
        Kubeconfig = Kubeconfigs.Write(_directory.At("config"), _app.Urls.First()),
    };

    public ClusterClient Open(TimeSpan? patience = null) => ClusterClient.Open(
        Options(), TimeSpan.FromMilliseconds(1), patience ?? TimeSpan.FromMinutes(1));

    /// <summary>Ends listening. What it was asked can be read still.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _directory.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var body = new StreamReader(request.Body);
        var asked = new Asked(
            request.Method, request.Path, request.Query, request.ContentType, await body.ReadToEndAsync());
        lock (Asked)
        {
            Asked.Add(asked);
        }

        await Gate.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var (status, answer) = AnswerAlone(asked);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer);
    }

    /// <summary>One request after the other: services are deployed beside each other.</summary>
    private (int Status, string Answer) AnswerAlone(Asked asked)
    {
        lock (Objects)
        {
            return Refuse(asked) is { } refusal ? Status(refusal) : Answer(asked);
        }
    }

    private (int Status, string Answer) Answer(Asked asked)
    {
        switch (asked.Method)
        {
            case "GET" when asked.Path.EndsWith("/pods", StringComparison.Ordinal):
                return (200, new JsonObject { ["items"] = Pods.DeepClone() }.ToJsonString());
            case "GET" when asked.Path.EndsWith("/events", StringComparison.Ordinal):
                return (200, new JsonObject { ["items"] = Events.DeepClone() }.ToJsonString());
            case "GET" when asked.Path.EndsWith("/log", StringComparison.Ordinal):
                return (200, Log);
            case "POST":
                return Create(asked);
            case "PATCH":
                Objects[asked.Path] = JsonNode.Parse(asked.Body)!;
                return (200, asked.Body);
            case var method when Objects.TryGetValue(asked.Path, out var one):
                return (200, method == "DELETE" ? Deleted(asked.Path, one) : Read(one));
            default:
                return Status(new(404, $"\"{asked.Path}\" not found"));
        }
    }

    public (int Status, string Answer) Create(Asked asked)
    {
        var one = JsonNode.Parse(asked.Body)!;
        var path = $"{asked.Path}/{one["metadata"]!["name"]}";
        if (Objects.ContainsKey(path))
        {
            return Status(new(409, $"\"{path}\" already exists"));
        }

        one["metadata"]!["creationTimestamp"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        Objects[path] = one;
        return (201, one.ToJsonString());
    }

    /// <summary>Who deletes a Service is answered with it, and who deletes something else with a success.</summary>
    private string Deleted(string path, JsonNode one)
    {
        Objects.Remove(path);
        return KindOf(one) == "Service"
            ? one.ToJsonString()
            : """{"kind":"Status","apiVersion":"v1","status":"Success"}""";
    }

    private string Read(JsonNode one)
    {
        if (KindOf(one) is "Deployment" or "Job")
        {
            Observe(one);
        }

        return one.ToJsonString();
    }

    private static string? KindOf(JsonNode one) => (string?)one["kind"];

    private static (int Status, string Answer) Status(Refusal refusal) =>
        (refusal.Status, refusal.Text ?? Reason(refusal));

    private static string Reason(Refusal refusal) => new JsonObject
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["status"] = "Failure",
        ["message"] = refusal.Message,
        ["code"] = refusal.Status,
    }.ToJsonString();
}
