using System.Net;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Registry.Tests.Pages;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>Texts of settings that are none, or end elsewhere for the system than for .NET: refused with their pointer.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class SettingsValueTests
{
    private const string Batch = """{"envelope":"golden-linear","input":"/in.csv","output":"/out.csv",""";
    private const string Rule = """{"input":"/in.csv","output":"/out.csv","rule":{"name":"golden-linear",""";

    private static readonly (string Route, string Settings, string Pointer)[] Wrong =
    [
        ("batches/nightly", """{"envelope":"golden-linear","input":"/in.csv","output":"/data/a\u0000.csv"}""", "/output"),
        ("batches/nightly", """{"envelope":"golden-linear","input":"/x\u0000.duckdb#t","output":"/out.csv"}""", "/input"),
        ("batches/nightly", Batch + """ "quarantine":"/bad\u0000.csv"}""", "/quarantine"),
        ("batches/nightly", Batch + """ "secrets":{"X":null}}""", "/secrets/X"),
        ("batches/nightly", Batch + """ "environment":{"A":null}}""", "/environment/A"),
        ("batches/nightly", Batch + """ "environment":{"A":"one\u0000two"}}""", "/environment/A"),
        ("batches/nightly", Batch + """ "map":{"carat":null}}""", "/map/carat"),
        ("batches/nightly", Batch + """ "map":{"a/b~":null}}""", "/map/a~1b~0"),
        ("batches/nightly", Batch + """ "key":["id",null]}""", "/key/1"),
        ("batches/nightly", Rule + """ "tags":{"a":"b"},"metrics":[null]}}""", "/rule/metrics/0"),
        ("batches/nightly", Rule + """ "tags":{"a":null}}}""", "/rule/tags/a"),
        ("batches/nightly", Rule + """ "tags":{"a":"b"},"by":[null]}}""", "/rule/by/0"),
        ("batches/nightly", Rule + """ "tags":{}}}""", "/rule/tags"),
        ("batches/nightly", Rule + """ "tags":{"a":"b"},"metrics":["r2 above 1"]}}""", "/rule/metrics/0"),
        ("batches/nightly", """{"envelope":"a b","input":"/in.csv","output":"/out.csv"}""", "/envelope"),
        ("batches/nightly", """{"envelope":"golden-linear","input":"in.csv","output":"/out.csv"}""", "/input"),
        ("batches/nightly", """{"envelope":"golden-linear","input":"/in.csv","output":"/out.duckdb#"}""", "/output"),
        ("batches/nightly", """{"envelope":"golden-linear","input":"/in.csv","output":"/out-{dat}-{run}.csv"}""", "/output"),
        ("batches/nightly", """{"envelope":"golden-linear","input":"postgresql://me:secret@db/x#t","output":"/out.csv"}""", "/input"),
        ("batches/nightly", Batch + """ "cron":"x"}""", "/cron"),
        ("batches/nightly", Batch + """ "retries":99,"maxBad":"many"}""", "/maxBad"),
        ("batches/nightly", Batch + """ "retries":99,"maxBad":"many"}""", "/retries"),
        ("batches/nightly", Batch + """ "runtime":"moon"}""", "/runtime"),
        ("batches/nightly", Batch + """ "environment":{"a/b~":"c"}}""", "/environment/a~1b~0"),
        ("configurations/golden-linear", """{"secrets":{"a/b":"c"}}""", "/secrets/a~1b"),
        ("batches/nightly", Batch + """ "secrets":{"LD_PRELOAD":"a"}}""", "/secrets/LD_PRELOAD"),
        ("configurations/golden-linear", """{"replicas":0}""", "/replicas"),
        ("configurations/golden-linear/rules/newest", """{"tags":{"a":"b"},"name":"a b"}""", "/name"),
        ("configurations/golden-linear", """{"environment":{"A":null}}""", "/environment/A"),
        ("configurations/golden-linear", """{"environment":{"A":"\u0000"}}""", "/environment/A"),
        ("configurations/golden-linear", """{"secrets":{"A":null}}""", "/secrets/A"),
        ("configurations/golden-linear", """{"gates":{"metrics":[null]}}""", "/gates/metrics/0"),
        ("configurations/golden-linear", """{"gates":{"signedBy":[null]}}""", "/gates/signedBy/0"),
        ("configurations/golden-linear", """{"strategy":{"steps":[null]}}""", "/strategy/steps/0"),
        ("configurations/golden-linear/rules/newest", """{"tags":{"a":"b"},"metrics":[null]}""", "/metrics/0"),
        ("configurations/golden-linear/rules/newest", """{"tags":{"a":null}}""", "/tags/a"),
    ];

    private static readonly (string Route, string Settings)[] Right =
    [
        ("batches/nightly", Batch + """ "rule":null,"key":[],"log":null,"environment":{"A":""}}"""),
        ("batches/nightly", """{"envelope":"golden-linear","input":"SELECT * FROM '/in.csv'","output":"/out-{date}-{time}-{run}.csv"}"""),
        ("batches/nightly", """{"envelope":"golden-linear","input":"s3://in/*.parquet","output":"/out.csv"}"""),
        ("configurations/golden-linear", """{"environment":{"A":""},"gates":{"metrics":[],"signedBy":[]}}"""),
    ];

    [Fact]
    public async Task What_is_no_text_of_the_system_is_said_with_its_place_and_what_may_be_left_out_may_be_null()
    {
        await using var here = await BatchesHere.StartAsync();
        foreach (var (route, settings) in Right)
        {
            using var answer = await PutAsync(here, route, settings);
            Assert.True(answer.IsSuccessStatusCode, $"{route} {settings}: {await answer.Content.ReadAsStringAsync()}");
        }

        foreach (var (route, settings, pointer) in Wrong)
        {
            using var answer = await PutAsync(here, route, settings);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{route} {settings}: {text}");
            Assert.Contains($"'{pointer}'", JsonElement.Parse(text).GetProperty("detail").GetString(), StringComparison.Ordinal);
            var errors = JsonElement.Parse(text).GetProperty("errors").EnumerateArray().ToList();
            Assert.True(errors.Exists(one => one.GetProperty("pointer").GetString() == $"#{pointer}"), text);
            Assert.All(errors, one => Assert.EndsWith(".", one.GetProperty("detail").GetString(), StringComparison.Ordinal));
            Assert.DoesNotContain("secret@", text, StringComparison.Ordinal);
        }
    }

    private static async Task<HttpResponseMessage> PutAsync(BatchesHere here, string route, string settings)
    {
        using var body = new StringContent(settings, Encoding.UTF8, "application/json");
        return await here.Deploying.Served.Client.PutAsync(new Uri($"/api/{route}", UriKind.Relative), body);
    }
}
