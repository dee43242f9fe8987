using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Api;

public class CatalogTests : IAsyncLifetime
{
    private ServedStore _served = null!;
    private string _linear = "";

    public async Task InitializeAsync()
    {
        _served = await StartAsync(ServedStore.Linear, "golden-pooled", ServedStore.Stacked);
        _linear = $"/api/envelopes/{ServedStore.Linear}/{await _served.DigestAsync(ServedStore.Linear)}";
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    private protected virtual Task<ServedStore> StartAsync(params string[] envelopes) =>
        ServedStore.StartAsync(envelopes);

    [DatabaseFact]
    public async Task Envelopes_are_listed_the_newest_first_in_pages()
    {
        var whole = await GetAsync("/api/envelopes");
        var first = await GetAsync("/api/envelopes?limit=2");
        var second = await GetAsync($"/api/envelopes?limit=2&after={Uri.EscapeDataString((string)first["next"]!)}");

        Assert.Equal(await _served.Store.ListNewestAsync().Select(one => one.Reference.Digest.ToString()).ToListAsync(), Digests(whole));
        Assert.Equal(Digests(whole), Digests(first).Concat(Digests(second)));
        Assert.Null(whole["next"]);
        Assert.Null(second["next"]);
    }

    [DatabaseFact]
    public async Task The_query_of_the_address_asks_as_the_command_does()
    {
        await PatchAsync("""{"team":"pricing","note":"<b>&=é🙂"}""");
        await PutMetricAsync("r2", """{"value":0.75}""");

        var saved = (await _served.Store.ListNewestAsync(ServedStore.Linear).FirstAsync()).Saved!.Value;
        Assert.Single(Digests(await GetAsync(
            $"/api/envelopes?tag=team%3Dpricing&metric=r2%3E0.7&since={saved:yyyy-MM-dd'T'HH:mm:ss'Z'}&name=golden-linear")));
        Assert.Empty(Digests(await GetAsync($"/api/envelopes?since={saved.AddDays(1):yyyy-MM-dd'T'HH:mm:ss'Z'}&name=golden-linear")));
        Assert.Single(Digests(await GetAsync($"/api/envelopes?tag={Uri.EscapeDataString("note=<b>&=é🙂")}")));
        Assert.Empty(Digests(await GetAsync("/api/envelopes?tag=team%3Dpricing&metric=r2%3E0.8")));
        Assert.Equal(2, Digests(await GetAsync("/api/envelopes?tag=note-")).Count());
        Assert.Equal(3, Digests(await GetAsync("/api/envelopes?tag=&name=")).Count());
    }

    [DatabaseTheory]
    [InlineData("tags=a", "'tags'")]
    [InlineData("tag=a", "'a'")]
    [InlineData("limit=0", "'0'")]
    [InlineData("limit=1001", "'1001'")]
    [InlineData("after=x", "'x'")]
    [InlineData("name=NO", "'NO'")]
    public async Task What_cannot_be_asked_is_a_problem_that_names_it(string query, string named)
    {
        var answer = await _served.Client.GetAsync("/api/envelopes?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(named, (string)(await JsonAsync(answer))["detail"]!, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task An_envelope_is_shown_with_its_record_files_and_labels()
    {
        await PutMetricAsync("loss", """{"value":"NaN","step":3}""");
        var newest = await GetAsync($"/api/envelopes/{ServedStore.Linear}");
        var shown = await GetAsync(_linear);

        Assert.True(JsonNode.DeepEquals(newest, shown));
        Assert.Equal(ServedStore.Linear, (string)shown["record"]!["name"]!);
        Assert.Contains(shown["files"]!.AsArray(), file => (string)file!["path"]! == "envelope.json");
        Assert.Equal("NaN", (string)shown["metrics"]!["loss"]!);
        Assert.Equal(3, (long)shown["series"]!["loss"]![0]!["step"]!);
    }

    [DatabaseTheory]
    [InlineData("/api/envelopes/none")]
    [InlineData("/api/envelopes/golden-linear/sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/api/envelopes/none/sha256:0000000000000000000000000000000000000000000000000000000000000000/history")]
    public async Task What_is_not_there_is_404(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _served.Client.GetAsync(path)).StatusCode);

    [DatabaseFact]
    public async Task Tags_change_with_who_and_what_was_before_and_stand_in_the_store()
    {
        await PatchAsync("""{"stage":"test"}""");
        var change = Assert.Single((await PatchAsync("""{"stage":"production","none":null}""")).AsArray())!;

        Assert.Equal(("stage", "production", "test"), ((string)change["name"]!, (string)change["value"]!, (string)change["before"]!));
        Assert.Equal(Environment.UserName, (string)change["who"]!);
        var envelope = (await _served.Store.OpenAsync(ServedStore.Linear)).Reference;
        Assert.Equal("production", (await _served.Store.ReadJournalAsync(envelope)).Labels.Tags["stage"]);
        var history = (await GetAsync(_linear + "/history")).AsArray();
        Assert.Equal((string)change["id"]!, (string)history[^1]!["id"]!);
    }

    [DatabaseTheory]
    [InlineData("""{"stage":1}""")]
    [InlineData("""{"":"x"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Tags_that_are_none_are_400_and_change_nothing(string json)
    {
        var before = (await GetAsync(_linear + "/history")).ToJsonString();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");

        var answer = await _served.Client.PatchAsync(_linear + "/tags", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(before, (await GetAsync(_linear + "/history")).ToJsonString());
    }

    [DatabaseTheory]
    [InlineData("stage", "#/stage")]
    [InlineData("a.b", "#/a.b")]
    [InlineData("a/b ~c", "#/a~1b%20~0c")]
    public async Task The_place_of_a_wrong_value_is_named_by_a_json_pointer(string tag, string pointer)
    {
        using var content = new StringContent($$"""{"{{tag}}":1}""", Encoding.UTF8, "application/json");

        var answer = await JsonAsync(await _served.Client.PatchAsync(_linear + "/tags", content));

        Assert.Equal(pointer, (string)answer["errors"]![0]!["pointer"]!);
        Assert.DoesNotContain("System.", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [DatabaseTheory]
    [InlineData("""{"value":0.5}""", HttpStatusCode.OK)]
    [InlineData("""{"value":"Infinity"}""", HttpStatusCode.OK)]
    [InlineData("""{"value":{"mine":[1,2]}}""", HttpStatusCode.OK)]
    [InlineData("""{"value":{"type":"roc-curve","falsePositiveRates":[0,1],"truePositiveRates":[0],"thresholds":[1]}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"value":"high"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"step":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"value":null}""", HttpStatusCode.BadRequest)]
    public async Task A_metric_is_a_number_or_a_structure(string json, HttpStatusCode code)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");

        Assert.Equal(code, (await _served.Client.PutAsync(_linear + "/metrics/m", content)).StatusCode);
    }

    [DatabaseFact]
    public async Task Two_envelopes_are_compared_by_schema_metrics_hyperparameters_and_packages()
    {
        await PutMetricAsync("r2", """{"value":0.5}""");
        const string Linear = "envelope=golden-linear";
        var same = await GetAsync($"/api/compare?{Linear}&{Linear}&{Linear}");
        var other = await GetAsync($"/api/compare?{Linear}&envelope=golden-stacked&{Linear}");

        Assert.Equal([0, 0, 0], same["schemas"]!.AsArray().Select(one => Count(one!)));
        Assert.All(["metrics", "hyperparameters", "packages"], part => Assert.Equal(0, Count(same[part]!)));
        Assert.Contains(other["schemas"]![1]!.AsArray(), one => (bool)one!["isBreaking"]!);
        Assert.Equal(0, Count(other["schemas"]![2]!));
        Assert.Equal("[0.5,null,0.5]", other["metrics"]!["r2"]!.ToJsonString());
    }

    [Theory]
    [InlineData("/api/compare?envelope=golden-linear")]
    [InlineData("/api/compare")]
    public async Task What_cannot_be_compared_is_said(string path)
    {
        var answer = await _served.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("2 to 10", (string)(await JsonAsync(answer))["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Envelopes_are_points_of_two_metrics_or_of_one_over_a_hyperparameter_or_time()
    {
        await PutMetricAsync("r2", """{"value":0.5}""");
        await PutMetricAsync("loss", """{"value":"NaN"}""");

        var overTime = (await GetAsync("/api/scatter?y=r2")).AsArray();
        Assert.Equal(("golden-linear", 0.5), ((string)overTime.Single()!["name"]!, (double)overTime[0]!["y"]!));
        Assert.Null(overTime[0]!["x"]);
        Assert.Equal(0.5, (double)(await GetAsync("/api/scatter?y=r2&x=r2"))[0]!["x"]!);
        Assert.Equal(3, (double)(await GetAsync("/api/scatter?y=r2&x=rounds"))[0]!["x"]!); // a hyperparameter
        Assert.Equal(0, Count(await GetAsync("/api/scatter?y=loss")));
        Assert.Equal(0, Count(await GetAsync("/api/scatter?y=r2&x=loss")));
        Assert.Equal(0, Count(await GetAsync("/api/scatter?y=r2&name=golden-stacked")));
    }

    [DatabaseFact]
    public async Task Tags_are_counted()
    {
        await PatchAsync("""{"team":"pricing"}""");

        var counted = (await GetAsync("/api/tags?name=team")).AsArray();

        Assert.Contains(counted, one => ((string)one!["value"]!, (long)one["count"]!) == ("pricing", 1));
    }

    [DatabaseFact]
    public async Task A_deleted_envelope_is_gone_and_the_others_stay()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await _served.Client.DeleteAsync(_linear)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _served.Client.DeleteAsync(_linear)).StatusCode);
        Assert.Equal(2, Digests(await GetAsync("/api/envelopes")).Count());
    }

    private static int Count(JsonNode node) => node is JsonArray array ? array.Count : node.AsObject().Count;

    private static IEnumerable<string> Digests(JsonNode list) =>
        list["envelopes"]!.AsArray().Select(one => (string)one!["digest"]!);

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonNode>())!;

    private async Task<JsonNode> GetAsync(string path) => (await _served.Client.GetFromJsonAsync<JsonNode>(path))!;

    private async Task<JsonNode> PatchAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await JsonAsync((await _served.Client.PatchAsync(_linear + "/tags", content)).EnsureSuccessStatusCode());
    }

    private async Task PutMetricAsync(string name, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        (await _served.Client.PutAsync($"{_linear}/metrics/{name}", content)).EnsureSuccessStatusCode();
    }
}
