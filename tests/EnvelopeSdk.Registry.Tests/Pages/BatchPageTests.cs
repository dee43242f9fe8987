using System.Net;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>Who sees what of batches on pages, and what their forms do.</summary>
public sealed class BatchPageTests : IAsyncLifetime
{
    private const string List = "/batches";
    private const string Page = BatchesHere.Page;

    private BatchesHere _here = null!;

    public async Task InitializeAsync()
    {
        _here = await BatchesHere.StartAsync();
        await _here.SaveAsync(BatchesHere.Nightly, BatchesHere.Settings);
    }

    public async Task DisposeAsync() => await _here.DisposeAsync();

    [Fact]
    public async Task Who_may_read_some_names_sees_their_batches_alone_and_no_form()
    {
        await _here.SaveAsync("golden-other", BatchesHere.Settings);
        var reader = await _here.Deploying.SignInAsync(Role.Read, "night*");

        var list = await _here.Deploying.PageAsync(reader, List);
        var page = await _here.Deploying.PageAsync(reader, Page);

        Assert.Contains(Page, list, StringComparison.Ordinal);
        Assert.DoesNotContain("golden-other", list, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", Main(list), StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", Main(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await _here.Deploying.StatusAsync(reader, "/batches/golden-other"));
        Assert.Equal(HttpStatusCode.NotFound, await _here.Deploying.StatusAsync(reader, "/batches/night-none"));
    }

    [Theory]
    [InlineData("/batches/new")]
    [InlineData("/batches/nightly/settings")]
    [InlineData("/batches/nightly/remove")]
    [InlineData("/batches/nightly/runs")]
    [InlineData("/batches/nightly/runs/1/cancel")]
    public async Task A_form_of_batches_is_for_who_may_deploy_and_sent_by_a_page(string path)
    {
        var saver = await _here.Deploying.SignInAsync(Role.Save, null);
        using var refused = await _here.Deploying.PostAsync(saver, List, path, ("name", "mine"));
        using var unsent = await _here.Deploying.Served.Client.PostAsync(path, new FormUrlEncodedContent([new("name", "x")]));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, unsent.StatusCode);
        Assert.Contains("Open the page again", await unsent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_is_as_its_form_says_and_not_made_twice()
    {
        using var made = await SendAsync(
            "/batches/new", ("name", "third"), ("envelope", "golden-linear"), ("input", "SELECT *\r\nFROM 'a.csv'"),
            ("output", "b.csv"), ("query", "predict"), ("cron", "0 3 * * *"), ("zone", "Europe/Berlin"),
            ("quarantine", "bad.csv"), ("maxBad", "0.1%"), ("log", "calls.jsonl"), ("retries", "2"));
        using var twice = await SendAsync("/batches/new", ("name", "third"));

        Assert.Equal("/batches/third", made.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        var expected = new BatchSettings
        {
            Envelope = "golden-linear", Input = "SELECT *\nFROM 'a.csv'", Output = "b.csv", Query = "predict",
            Cron = "0 3 * * *", TimeZone = "Europe/Berlin", Quarantine = "bad.csv", MaxBad = "0.1%", Log = "calls.jsonl",
            Retries = 2,
        };
        Assert.Equivalent(expected, (await _here.BatchAsync("third")).Settings);
    }

    [Fact]
    public async Task A_form_keeps_what_it_does_not_show_and_takes_the_rest()
    {
        var whole = BatchesHere.Settings with
        {
            Envelope = null,
            Rule = new()
            {
                Name = "golden-linear", Tags = new Dictionary<string, string> { ["stage"] = "live" }, Metrics = ["r2>0.9"],
                By = ["ci"],
            },
            Map = new Dictionary<string, string> { ["x"] = "X" }, Key = ["id"], Answer = "price", Threads = 2, MemoryMegabytes = 512,
            RetrySeconds = 5, TimeoutMinutes = 30, Environment = new Dictionary<string, string> { ["A"] = "b" },
            Secrets = new Dictionary<string, string> { ["S"] = "one" }, Cron = "0 3 * * *",
        };
        await _here.SaveAsync(BatchesHere.Nightly, whole);
        (string, string)[] rule = [("tags", "stage=live"), ("metrics", "r2>0.9"), ("envelope", "golden-linear")];

        using var changed = await ChangeAsync([.. rule, ("cron", "")]);
        Assert.Equivalent(whole with { Cron = null }, (await _here.BatchAsync(BatchesHere.Nightly)).Settings);

        using var named = await ChangeAsync([("envelope", "golden-linear")], 3);
        Assert.Equivalent(
            whole with { Cron = null, Rule = null, Envelope = "golden-linear" },
            (await _here.BatchAsync(BatchesHere.Nightly)).Settings);
    }

    [Fact]
    public async Task What_the_form_shows_and_nobody_touches_is_saved_as_no_other_version()
    {
        await _here.SaveAsync(BatchesHere.Nightly, BatchesHere.Settings with { Input = "SELECT 1\nAS x", MaxBad = "1%" });

        using var answer = await ChangeAsync([("envelope", "golden-linear"), ("input", "SELECT 1\r\nAS x"), ("maxBad", "1%")]);

        Assert.Equal(2, (await _here.BatchAsync(BatchesHere.Nightly)).Version);
    }

    [Fact]
    public async Task Settings_that_somebody_else_has_changed_since_are_not_overwritten()
    {
        await _here.SaveAsync(BatchesHere.Nightly, BatchesHere.Settings with { Query = "predict" });

        using var answer = await ChangeAsync([("envelope", "golden-linear")], latest: 1);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("predict", (await _here.BatchAsync(BatchesHere.Nightly)).Settings.Query);
    }

    [Theory]
    [InlineData("envelope", "golden-linear@sha256:00", "tags", "a=b", "Name it without its digest")]
    [InlineData("tags", "a=b\na=c", "metrics", "", "The tag 'a' is there twice")]
    [InlineData("cron", "at night", "zone", "Nowhere/Land", "'Nowhere/Land' is no time zone")]
    [InlineData("retries", "often", "zone", "", "'often' is no number of retries")]
    public async Task What_cannot_be_so_is_told(string name, string value, string other, string text, string reason)
    {
        using var answer = await SendAsync(
            "/batches/new", ("name", "third"), ("input", "a.csv"), ("output", "b.csv"), (name, value), (other, text));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_makes_a_batch_of_a_name_or_of_envelopes_that_are_not_theirs()
    {
        var deployer = await _here.Deploying.SignInAsync(Role.Deploy, "night*");
        (string, string)[] fields = [("input", "a.csv"), ("output", "b.csv"), ("envelope", "golden-linear")];
        foreach (var name in (string[])["other", "night-other"])
        {
            using var refused = await _here.Deploying.PostAsync(deployer, List, "/batches/new", [("name", name), .. fields]);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_run_is_asked_for_and_cancelled_and_only_one_is_under_way()
    {
        using var asked = await SendAsync(Page + "/runs");
        var run = (await _here.LastAsync(BatchesHere.Nightly))!;
        using var second = await SendAsync(Page + "/runs");
        var deployer = await _here.Deploying.SignInAsync(Role.Deploy, null, "one");
        await _here.Deploying.SaysNotAsync(deployer, Page, "Run now");
        await _here.Deploying.SaysAsync(deployer, Page, $"/runs/{run.Id}/cancel");

        using var cancelled = await SendAsync($"{Page}/runs/{run.Id}/cancel");

        Assert.Equal((Page, Page), (asked.Headers.Location?.OriginalString, cancelled.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        await _here.Deploying.SaysAsync(deployer, Page, "Is cancelled by ");
        await _here.Deploying.SaysNotAsync(deployer, Page, $"/runs/{run.Id}/cancel");
        await _here.MoveAsync(run, BatchRunState.Cancelled);
        await _here.Deploying.SaysAsync(deployer, Page, "Run now");
    }

    [Fact]
    public async Task Files_of_runs_are_offered_to_who_may_deploy_and_only_where_there_are_any()
    {
        await _here.SucceedAsync(BatchesHere.Nightly, 2); // the first put a row aside
        var deployer = await _here.Deploying.SignInAsync(Role.Deploy, null, "one");
        var reader = await _here.Deploying.SignInAsync(Role.Read, null, "two");

        await _here.Deploying.SaysAsync(deployer, Page, "/api/batches/nightly/runs/1/quarantine");
        await _here.Deploying.SaysNotAsync(deployer, Page, "/runs/2/quarantine");
        await _here.Deploying.SaysAsync(deployer, Page + "?run=2", "/api/batches/nightly/runs/2/log");
        await _here.Deploying.SaysNotAsync(reader, Page + "?run=1", "/api/batches/nightly/runs/");
        await _here.Deploying.SaysAsync(reader, Page + "?run=1", "/data/bad.csv");
    }

    [Fact]
    public async Task Rows_and_durations_are_drawn_when_there_are_several()
    {
        var reader = await _here.Deploying.SignInAsync(Role.Read, null);
        await _here.SucceedAsync(BatchesHere.Nightly, 1);
        await _here.Deploying.SaysNotAsync(reader, Page, "<svg");

        await _here.SucceedAsync(BatchesHere.Nightly, 2);

        var page = await _here.Deploying.PageAsync(reader, Page);
        Assert.Equal(2, page.Split("<svg").Length - 1);
        Assert.Contains("thousand rows", page, StringComparison.Ordinal);
        Assert.Contains("1,220,000", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_a_run_failed_and_what_it_waits_for_is_said()
    {
        var reader = await _here.Deploying.SignInAsync(Role.Read, null);
        var run = await _here.RunAsync(BatchesHere.Nightly, BatchRunState.Running);
        run = await _here.MoveAsync(
            run, BatchRunState.Waiting, one => one with { Reason = "The disk is <full>." }, DateTimeOffset.UtcNow.AddHours(1));
        await _here.Deploying.SaysAsync(reader, Page, "Attempt 1 has failed: The disk is &lt;full&gt;. The next is at ");

        await _here.MoveAsync(run, BatchRunState.Failed, one => one with { Attempt = 2, Ended = one.Started });

        await _here.Deploying.SaysAsync(reader, Page, $"Run {run.Id} has failed");
        await _here.Deploying.SaysAsync(reader, Page, ", 2 attempts");
        await _here.Deploying.SaysAsync(reader, List, "The disk is &lt;full&gt;.");
    }

    [Fact]
    public async Task A_batch_is_removed_by_who_types_its_name_when_nothing_runs()
    {
        var run = await _here.RunAsync(BatchesHere.Nightly, BatchRunState.Waiting);
        using var mistyped = await SendAsync(Page + "/remove", ("name", "other"));
        using var early = await SendAsync(Page + "/remove", ("name", BatchesHere.Nightly));
        await _here.MoveAsync(run, BatchRunState.Cancelled);
        using var removed = await SendAsync(Page + "/remove", ("name", BatchesHere.Nightly));

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.Conflict, "/batches"),
            (mistyped.StatusCode, early.StatusCode, removed.Headers.Location?.OriginalString));
        var reader = await _here.Deploying.SignInAsync(Role.Read, null);
        Assert.Equal(HttpStatusCode.NotFound, await _here.Deploying.StatusAsync(reader, Page));
        await _here.Deploying.SaysAsync(reader, List, "There is no batch.");
    }

    [Fact]
    public async Task A_registry_that_runs_nothing_says_so_and_offers_no_run()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        using var made = await served.Client.PutAsync(
            "/api/batches/nightly",
            new StringContent("""{"envelope":"golden-linear","input":"a.csv","output":"b.csv"}""", null, "application/json"));

        var page = await served.Client.GetStringAsync(Page);

        Assert.Contains("envelope registry --deploy-in DIRECTORY", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Run now", page, StringComparison.Ordinal);
        Assert.Contains("Run now", await _here.Deploying.Served.Client.GetStringAsync(Page), StringComparison.Ordinal);
    }

    private static string Main(string page) => page[page.IndexOf("<main", StringComparison.Ordinal)..];

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        var deployer = await _here.Deploying.SignInAsync(Role.Deploy, null, $"{Guid.NewGuid()}");
        return await _here.Deploying.PostAsync(deployer, List, path, fields);
    }

    private Task<HttpResponseMessage> ChangeAsync((string Name, string Value)[] fields, long latest = 2)
    {
        (string Name, string Value)[] all =
        [
            .. fields, ("input", BatchesHere.Settings.Input), ("output", BatchesHere.Settings.Output), ("zone", "UTC"),
            ("retries", "0"), ("version", $"{latest}"), ("latest", $"{latest}"),
        ];
        return SendAsync(Page + "/settings", [.. all.DistinctBy(one => one.Name)]);
    }
}
