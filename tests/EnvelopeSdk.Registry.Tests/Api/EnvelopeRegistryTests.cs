using System.Text.Json.Nodes;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Api;

/// <summary>The registry as a program in C# asks it.</summary>
public sealed class EnvelopeRegistryTests : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _user = new();
    private ServedStore _served = null!;
    private EnvelopeRegistry _registry = null!;

    public async Task InitializeAsync()
    {
        _served = await ServedStore.StartAsync(ServedStore.Linear, ServedStore.Stacked);
        _registry = EnvelopeRegistry.Open(
            _served.Address, OtherStore.Options with { Attempts = 2 }, EnvelopeStore.Open(_user.At("own")));
        var linear = (await _registry.Store.OpenAsync(ServedStore.Linear)).Reference;
        await _registry.Store.TagAsync(linear, OtherStore.Tag("team", "pricing & <risk>"));
        await _registry.Store.RecordMetricAsync(linear, "r2", 0.5);
        await _registry.Store.RecordMetricAsync(linear, "loss", double.NaN);
    }

    public Task DisposeAsync() => _served.DisposeAsync().AsTask();

    public void Dispose() => _user.Dispose();

    [Fact]
    public async Task Envelopes_are_found_with_their_tags_and_metrics_and_page_by_page()
    {
        var found = await _registry.FindAsync(new() { Tags = OtherStore.Tag("team", "pricing & <risk>") });
        Assert.Equal(ServedStore.Linear, Assert.Single(found.Envelopes).Name);
        Assert.Equal((0.5, double.NaN), (found.Envelopes[0].Metrics["r2"], found.Envelopes[0].Metrics["loss"]));
        Assert.Null(found.Next);

        var first = await _registry.FindAsync(new(), limit: 1);
        var second = await _registry.FindAsync(new() { After = first.Next }, limit: 1);
        Assert.Equal(2, first.Envelopes.Concat(second.Envelopes).Select(one => one.Digest).Distinct().Count());
        Assert.Equal(first.Envelopes[0].Digest, (await _registry.FindNewestAsync(new()))!.Digest);
        Assert.Null(await _registry.FindNewestAsync(new() { Name = "no-such-name" }));
    }

    [Fact]
    public async Task Tags_are_counted_and_the_history_says_who()
    {
        Assert.Contains(new("team", "pricing & <risk>", 1), await _registry.CountTagsAsync("team"));
        var linear = (await _registry.Store.OpenAsync(ServedStore.Linear)).Reference;
        var change = (await _registry.ReadHistoryAsync(linear)).Last(one => one.Name == "team");
        Assert.Equal((Environment.UserName, false), (change.Who, change.IsClaim));
    }

    [Fact]
    public async Task Envelopes_are_compared_and_drawn()
    {
        var compared = await _registry.CompareAsync([ServedStore.Linear, ServedStore.Stacked]);
        Assert.Equal([0.5, null], compared.Metrics["r2"]);
        Assert.Contains(compared.Schemas[1], one => one.IsBreaking);
        Assert.Equal((ServedStore.Linear, null, 0.5), (await _registry.ScatterAsync(new(), "r2")) is [var point] ? (point.Name, point.X, point.Y) : default);
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => _registry.CompareAsync(["one"]));
        Assert.Equal(EnvelopeError.Invalid, failure.Error);
    }

    [Fact]
    public async Task The_audit_is_read_page_by_page_and_by_who_and_what()
    {
        var first = await _registry.ReadAuditAsync(new() { Who = Environment.UserName }, limit: 2);
        var rest = await _registry.ReadAuditAsync(new() { Before = first.Next, Since = DateTimeOffset.UtcNow.AddHours(-1) });
        Assert.Equal(["metric", "metric", "tag"], first.Entries.Concat(rest.Entries).Select(one => one.Action));
        Assert.Null(rest.Next);
        Assert.Empty((await _registry.ReadAuditAsync(new() { Action = "delete" })).Entries);
        Assert.Empty((await _registry.ReadAuditAsync(new() { Until = DateTimeOffset.UtcNow.AddHours(-1) })).Entries);
    }

    [Fact]
    public async Task The_document_says_all_that_can_be_asked()
    {
        var document = JsonNode.Parse(await _served.Client.GetStringAsync("/api/openapi.json"))!;

        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
        var paths = document["paths"]!.AsObject();
        Assert.All(
            ["envelopes", "envelopes/{name}", "envelopes/{name}/{digest}", "envelopes/{name}/{digest}/journal", "tags", "compare", "scatter", "audit", "names", "collect", "batches",
                "batches/{name}", "batches/{name}/versions", "batches/{name}/runs", "batches/{name}/runs/{id}",
                "batches/{name}/runs/{id}/log", "batches/{name}/runs/{id}/quarantine", "batches/{name}/runs/{id}/cancel"],
            path => Assert.True(paths.ContainsKey("/api/" + path), path));
        Assert.All(paths, path => Assert.StartsWith("/api/", path.Key, StringComparison.Ordinal));
        Assert.All(
            paths.SelectMany(path => path.Value!.AsObject()),
            operation => Assert.False(string.IsNullOrEmpty((string?)operation.Value!["summary"]), operation.Value!.ToJsonString()));
        Assert.All(
            paths.SelectMany(path => path.Value!.AsObject()),
            operation => Assert.Contains(operation.Value!["responses"]!.AsObject(), one => one.Key.StartsWith('2')));
        Assert.Contains(
            paths["/api/envelopes"]!["get"]!["parameters"]!.AsArray(), one => (string)one!["name"]! == "hyperparameter");
        Assert.DoesNotContain(_served.Directory, document.ToJsonString(), StringComparison.Ordinal);
    }
}
