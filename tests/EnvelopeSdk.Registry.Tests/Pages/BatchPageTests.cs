using System.Net;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Batches.Jobs;
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

    [Fact]
    public async Task Batches_of_which_the_last_run_failed_are_the_first_and_marked()
    {
        await _here.SaveAsync("also-nightly", BatchesHere.Settings);
        var reader = await _here.Deploying.SignInAsync(Role.Read, null);
        using var asked = await _here.SendAsync(Page + "/runs");
        var waiting = Main(await _here.Deploying.PageAsync(reader, List));
        await _here.MoveAsync((await _here.LastAsync(BatchesHere.Nightly))!, BatchRunState.Failed);
        var failed = Main(await _here.Deploying.PageAsync(reader, List));

        Assert.DoesNotContain("class=\"failed\"", waiting, StringComparison.Ordinal);
        Assert.InRange(waiting.IndexOf(">nightly<", StringComparison.Ordinal), waiting.IndexOf(">also-nightly<", StringComparison.Ordinal), int.MaxValue);
        Assert.Contains("<strong class=\"failed\">failed</strong>", failed, StringComparison.Ordinal);
        Assert.InRange(failed.IndexOf(">nightly<", StringComparison.Ordinal), 0, failed.IndexOf(">also-nightly<", StringComparison.Ordinal));
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
        using var unsent = await _here.Deploying.Served.Client.PostAsync(
            path, new FormUrlEncodedContent([new("name", "x")]));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, unsent.StatusCode);
        Assert.Contains("Open the page again", await unsent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_asked_for_and_cancelled_and_only_one_is_under_way()
    {
        using var asked = await _here.SendAsync(Page + "/runs");
        var run = (await _here.LastAsync(BatchesHere.Nightly))!;
        using var second = await _here.SendAsync(Page + "/runs");
        var deployer = await _here.Deploying.SignInAsync(Role.Deploy, null, "one");
        await _here.Deploying.SaysNotAsync(deployer, Page, "Run now");
        await _here.Deploying.SaysAsync(deployer, Page, $"/runs/{run.Id}/cancel");

        await _here.MoveAsync(run, BatchRunState.Building); // one that waits is cancelled at once
        run = (await _here.LastAsync(BatchesHere.Nightly))!;

        using var cancelled = await _here.SendAsync($"{Page}/runs/{run.Id}/cancel");

        Assert.Equal(Page, asked.Headers.Location?.OriginalString);
        Assert.Equal(Page, cancelled.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        await _here.Deploying.SaysAsync(deployer, Page, "Is cancelled by ");
        await _here.Deploying.SaysNotAsync(deployer, Page, $"/runs/{run.Id}/cancel");
        await _here.MoveAsync(run, BatchRunState.Cancelled);
        await _here.Deploying.SaysAsync(deployer, Page, "Run now");
    }

    [Fact]
    public async Task Files_of_runs_are_offered_to_who_may_deploy_and_only_where_there_are_any()
    {
        var file = _here.Deploying.Served.At("bad.csv");
        await File.WriteAllTextAsync(file, "x,fault_column,fault_reason\n");
        var first = await _here.RunAsync(BatchesHere.Nightly, BatchRunState.Succeeded, run => run with { Rows = 2, Bad = 1, Quarantine = file });
        var folder = new AttemptFolder(Path.Combine(_here.Deploying.Served.Options.Deploying!.Directory, "runs", $"{first.Id}-1"));
        Directory.CreateDirectory(folder.Path);
        folder.End("0", null);
        folder.Keep(file);
        await _here.RunAsync(BatchesHere.Nightly, BatchRunState.Succeeded, run => run with { Rows = 2, Bad = 0 });
        await _here.RunAsync(BatchesHere.Nightly, BatchRunState.Succeeded, run => run with
        {
            Rows = 2,
            Bad = 1,
            Quarantine = "/data/work.duckdb#bad",
        });
        var deployer = await _here.Deploying.SignInAsync(Role.Deploy, null, "one");
        var reader = await _here.Deploying.SignInAsync(Role.Read, null, "two");

        await _here.Deploying.SaysAsync(deployer, Page, "/api/batches/nightly/runs/1/quarantine");
        await _here.Deploying.SaysNotAsync(deployer, Page, "/runs/2/quarantine");
        await _here.Deploying.SaysNotAsync(deployer, Page + "?run=3", "/runs/3/quarantine");
        await _here.Deploying.SaysAsync(deployer, Page + "?run=3", "/data/work.duckdb#bad");
        await _here.Deploying.SaysAsync(deployer, Page + "?run=2", "/api/batches/nightly/runs/2/log");
        await _here.Deploying.SaysNotAsync(reader, Page + "?run=1", "/api/batches/nightly/runs/");
        await _here.Deploying.SaysAsync(reader, Page + "?run=1", file);

        await File.AppendAllTextAsync(file, "1,x,written again\n"); // by another run
        await _here.Deploying.SaysNotAsync(deployer, Page + "?run=1", "/api/batches/nightly/runs/1/quarantine");
        await _here.Deploying.SaysAsync(deployer, Page + "?run=1", file);
    }

    [Fact]
    public async Task Rows_bad_rows_and_durations_are_drawn_when_there_are_several()
    {
        var reader = await _here.Deploying.SignInAsync(Role.Read, null);
        await _here.SucceedAsync(BatchesHere.Nightly, 1);
        await _here.Deploying.SaysNotAsync(reader, Page, "<svg");

        await _here.SucceedAsync(BatchesHere.Nightly, 2);

        var page = await _here.Deploying.PageAsync(reader, Page);
        Assert.Equal(3, page.Split("<svg").Length - 1);
        Assert.Contains("bad rows by start, UTC", page, StringComparison.Ordinal);
        Assert.Contains(">1.2M</text>", page, StringComparison.Ordinal);
        Assert.Contains("1,220,000", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_rows_are_not_drawn_where_there_were_none()
    {
        var reader = await _here.Deploying.SignInAsync(Role.Read, null);
        await _here.SucceedAsync(BatchesHere.Nightly, 3, bad: 0);

        var page = await _here.Deploying.PageAsync(reader, Page);

        Assert.Equal(2, page.Split("<svg").Length - 1);
        Assert.DoesNotContain("bad rows by", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_a_run_failed_and_what_it_waits_for_is_said()
    {
        var reader = await _here.Deploying.SignInAsync(Role.Read, null);
        var run = await _here.RunAsync(BatchesHere.Nightly, BatchRunState.Running);
        run = await _here.MoveAsync(
            run, BatchRunState.Waiting, one => one with { Reason = "The disk is <full>." },
            DateTimeOffset.UtcNow.AddHours(1));
        await _here.Deploying.SaysAsync(reader, Page, "The next attempt is at ");

        await _here.MoveAsync(run, BatchRunState.Failed, one => one with { Attempt = 2, Ended = one.Started });

        await _here.Deploying.SaysAsync(reader, Page, $"Run {run.Id} has failed");
        await _here.Deploying.SaysAsync(reader, Page, ", 2 attempts");
        await _here.Deploying.SaysAsync(reader, List, "The disk is &lt;full&gt;.");
    }

    [Fact]
    public async Task How_far_a_job_has_come_is_said_to_who_may_read_its_log()
    {
        var (deployer, reader) = (await _here.Deploying.SignInAsync(Role.Deploy, null, "one"), await _here.Deploying.SignInAsync(Role.Read, null));
        var run = await _here.RunAsync(BatchesHere.Nightly, BatchRunState.Running);
        await _here.Deploying.SaysAsync(deployer, Page, "What its job has written");
        var folder = Path.Combine(_here.Deploying.Served.Options.Deploying!.Directory, "runs", $"{run.Id}-{run.Attempt}");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "log"), "{\"rows\":1484800,\"of\":3000000,\"bad\":0,\"secondsLeft\":72}\n");

        await _here.Deploying.SaysAsync(deployer, Page, "1,484,800 of 3,000,000 rows, 1 min 12 s left. ");
        await _here.Deploying.SaysNotAsync(reader, Page, "of 3,000,000 rows");
    }

    [Fact]
    public async Task A_table_that_a_run_that_failed_was_to_write_is_not_said_to_be_there()
    {
        var reader = await _here.Deploying.SignInAsync(Role.Read, null);
        var run = await _here.RunAsync(BatchesHere.Nightly, BatchRunState.Running, one => one with { Output = "/out/made.csv" });
        await _here.MoveAsync(run, BatchRunState.Failed, one => one with { Ended = one.Started, Output = "/out/made.csv" });

        await _here.Deploying.SaysAsync(reader, $"{Page}?run={run.Id}", "<dt>Was to write</dt><dd><code>/out/made.csv</code>");
    }

    [Fact]
    public async Task A_batch_is_removed_by_who_types_its_name_when_nothing_runs()
    {
        var run = await _here.RunAsync(BatchesHere.Nightly, BatchRunState.Waiting);
        using var mistyped = await _here.SendAsync(Page + "/remove", ("name", "other"));
        using var early = await _here.SendAsync(Page + "/remove", ("name", BatchesHere.Nightly));
        await _here.MoveAsync(run, BatchRunState.Cancelled);
        using var removed = await _here.SendAsync(Page + "/remove", ("name", BatchesHere.Nightly));

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
            new StringContent(
                """{"envelope":"golden-linear","input":"/a.csv","output":"/b.csv"}""", null, "application/json"));

        var page = await served.Client.GetStringAsync(Page);

        Assert.Contains("envelope registry --deploy-in DIRECTORY", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Run now", page, StringComparison.Ordinal);
        Assert.Contains("Run now", await _here.Deploying.Served.Client.GetStringAsync(Page), StringComparison.Ordinal);
    }

    private static string Main(string page) => page[page.IndexOf("<main", StringComparison.Ordinal)..];
}
