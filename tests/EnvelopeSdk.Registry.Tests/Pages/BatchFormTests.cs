using System.Net;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Access;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>What the forms of batches make of them.</summary>
public sealed class BatchFormTests : IAsyncLifetime
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
    public async Task A_batch_is_as_its_form_says_and_not_made_twice()
    {
        using var made = await _here.SendAsync(
            "/batches/new", ("name", "third"), ("envelope", "golden-linear"), ("input", "SELECT *\r\nFROM 'a.csv'"),
            ("output", "/b.csv"), ("query", "predict"), ("cron", "0 3 * * *"), ("zone", "Europe/Berlin"),
            ("quarantine", "/bad.csv"), ("maxBad", "0.1%"), ("log", "/calls.jsonl"), ("retries", "2"));
        using var twice = await _here.SendAsync("/batches/new", ("name", "third"));

        Assert.Equal("/batches/third", made.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        var expected = new BatchSettings
        {
            Envelope = "golden-linear",
            Input = "SELECT *\nFROM 'a.csv'",
            Output = "/b.csv",
            Query = "predict",
            Cron = "0 3 * * *",
            TimeZone = "Europe/Berlin",
            Quarantine = "/bad.csv",
            MaxBad = "0.1%",
            Log = "/calls.jsonl",
            Retries = 2,
        };
        Assert.Equivalent(expected, (await _here.BatchAsync("third")).Settings);
    }

    [Fact]
    public async Task A_form_that_is_refused_comes_back_with_what_was_typed_and_each_reason_at_its_field()
    {
        (string, string)[] typed =
        [
            ("name", "third"), ("envelope", "golden-linear"), ("input", "rel<ative>.csv"), ("output", "/b.csv"),
            ("cron", "at noon"), ("tags", "stage=live\nteam=pricing"), ("zone", "Europe/Berlin"), ("retries", "2"), ("runtime", "process"),
        ];
        using var refused = await _here.SendAsync("/batches/new", typed);
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("<strong>Reads</strong>", page, StringComparison.Ordinal);
        Assert.Contains("<strong>Time</strong>", page, StringComparison.Ordinal);
        Assert.Contains("rel&lt;ative&gt;.csv</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("stage=live&#xA;team=pricing</textarea>", page, StringComparison.Ordinal);
        Assert.All(
            ["third", "golden-linear", "/b.csv", "at noon", "Europe/Berlin", "2"],
            text => Assert.Contains($"value=\"{text}\"", page, StringComparison.Ordinal));
        Assert.Contains("action=\"/batches/new\"", page, StringComparison.Ordinal);

        using var unread = await _here.SendAsync("/batches/new", ("name", "third"), ("output", "/b.csv"), ("retries", "some"));
        Assert.Contains("value=\"some\"", await unread.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_comes_late_or_cannot_be_comes_back_to_follow_what_is_there()
    {
        using var wrong = await ChangeAsync([("envelope", "golden-linear"), ("cron", "at noon")], 1);
        await _here.SaveAsync(BatchesHere.Nightly, BatchesHere.Settings with { Answer = "price" });
        using var late = await ChangeAsync([("envelope", "golden-linear"), ("cron", "0 4 * * *")], 1);
        var page = await late.Content.ReadAsStringAsync();

        Assert.Contains("value=\"at noon\"", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Conflict), (wrong.StatusCode, late.StatusCode));
        Assert.Contains("Somebody has changed", page, StringComparison.Ordinal);
        Assert.Contains("value=\"0 4 * * *\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"latest\" value=\"2\"", page, StringComparison.Ordinal);

        using var again = await ChangeAsync([("envelope", "golden-linear"), ("cron", "0 4 * * *")], 2);
        Assert.Equal("0 4 * * *", (await _here.BatchAsync(BatchesHere.Nightly)).Settings.Cron);
        Assert.Equal("price", (await _here.BatchAsync(BatchesHere.Nightly)).Settings.Answer);
    }

    [Fact]
    public async Task An_earlier_version_that_is_refused_comes_back_as_that_one_with_what_it_does_not_show()
    {
        await _here.SaveAsync(BatchesHere.Nightly, BatchesHere.Settings with { Answer = "price" });
        (string, string)[] earlier =
        [
            ("envelope", "golden-linear"), ("input", "/in.csv"), ("output", "/out.csv"), ("zone", "UTC"), ("retries", "0"),
            ("version", "1"), ("latest", "2"),
        ];

        using var refused = await _here.SendAsync(Page + "/settings", [.. earlier, ("cron", "at noon")]);
        var page = await refused.Content.ReadAsStringAsync();
        using var saved = await _here.SendAsync(Page + "/settings", [.. earlier, ("cron", "0 4 * * *")]);

        Assert.Contains("name=\"version\" value=\"1\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"latest\" value=\"2\"", page, StringComparison.Ordinal);
        var settings = (await _here.BatchAsync(BatchesHere.Nightly)).Settings;
        Assert.Equal(("0 4 * * *", BatchesHere.Settings.Answer), (settings.Cron, settings.Answer));
    }

    [Fact]
    public async Task A_form_keeps_what_it_does_not_show_and_takes_the_rest()
    {
        var whole = BatchesHere.Settings with
        {
            Envelope = null,
            Rule = new()
            {
                Name = "golden-linear",
                Tags = new Dictionary<string, string> { ["stage"] = "live" },
                Metrics = ["r2>0.9"],
                By = ["ci"],
            },
            Map = new Dictionary<string, string> { ["x"] = "X" },
            Key = ["id"],
            Answer = "price",
            Threads = 2,
            MemoryMegabytes = 512,
            RetrySeconds = 5,
            TimeoutMinutes = 30,
            Environment = new Dictionary<string, string> { ["A"] = "b" },
            Secrets = new Dictionary<string, string> { ["S"] = "one" },
            Cron = "0 3 * * *",
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
        await _here.SaveAsync(
            BatchesHere.Nightly,
            BatchesHere.Settings with { Input = "SELECT 1\nAS x", Quarantine = "/bad.csv", MaxBad = "1%" });

        using var answer = await ChangeAsync(
        [
            ("envelope", "golden-linear"), ("input", "SELECT 1\r\nAS x"), ("quarantine", "/bad.csv"), ("maxBad", "1%"),
        ]);

        Assert.Equal(2, (await _here.BatchAsync(BatchesHere.Nightly)).Version);
    }

    [Fact]
    public async Task A_form_says_where_a_batch_runs_and_is_told_that_there_is_no_cluster()
    {
        using var answer = await ChangeAsync([("envelope", "golden-linear"), ("runtime", "kubernetes")], latest: 1);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("This registry knows no cluster", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var deployer = await _here.Deploying.SignInAsync(Role.Deploy, null, "one");
        await _here.Deploying.SaysAsync(deployer, Page, "<option value=\"process\" selected");
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
        using var answer = await _here.SendAsync(
            "/batches/new", ("name", "third"), ("input", "a.csv"), ("output", "/b.csv"), (name, value), (other, text));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Contains(reason, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_makes_a_batch_of_a_name_or_of_envelopes_that_are_not_theirs()
    {
        var deployer = await _here.Deploying.SignInAsync(Role.Deploy, "night*");
        (string, string)[] fields = [("input", "a.csv"), ("output", "/b.csv"), ("envelope", "golden-linear")];
        foreach (var name in (string[])["other", "night-other"])
        {
            using var refused = await _here.Deploying.PostAsync(
                deployer, List, "/batches/new", [("name", name), .. fields]);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    private Task<HttpResponseMessage> ChangeAsync((string Name, string Value)[] fields, long latest = 2)
    {
        (string Name, string Value)[] all =
        [
            .. fields, ("input", BatchesHere.Settings.Input), ("output", BatchesHere.Settings.Output), ("zone", "UTC"),
            ("retries", "0"), ("version", $"{latest}"), ("latest", $"{latest}"),
        ];
        return _here.SendAsync(Page + "/settings", [.. all.DistinctBy(one => one.Name)]);
    }
}
