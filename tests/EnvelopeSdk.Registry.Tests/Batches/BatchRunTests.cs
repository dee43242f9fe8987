using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Deploying;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>Runs of batches, as processes of a job that stands in for a built one.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class BatchRunTests
{
    [Fact]
    public async Task A_run_answers_with_the_envelope_that_is_the_newest_and_its_counts_are_known()
    {
        await using var store = await BatchedStore.StartAsync();
        var envelope = await store.AddAsync(1);
        await store.SaveAsync(store.Settings);

        var done = await store.RunAsync();

        Assert.Equal(
            (BatchRunState.Succeeded, envelope.Digest.ToString(), 10, 1), (done.State, done.Digest, done.Rows, done.Bad));
        Assert.StartsWith(
            $"--json --overwrite --input=/in.csv --output={store.Output} --spill=",
            Assert.Single(await File.ReadAllLinesAsync(store.Output)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_found_all_done_says_that_nothing_was_written_and_when_it_was()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        var settings = store.Settings with { Quarantine = store.Output + "-{run}.csv", Log = store.Output + "-{run}.parquet" };
        await store.SaveAsync(settings with { Environment = Before("2026-03-01T12:00:00.5Z") });
        var before = await store.RunAsync();
        await store.SaveAsync(settings with { Environment = Before("2126-03-01T12:00:00Z") });
        var own = await store.RunAsync(); // an attempt of the same run had done it

        Assert.Equal(
            (BatchRunState.Succeeded, 10, "Nothing was written: it was done at 2026-03-01 12:00:00Z, of the same rows, and is there."),
            (before.State, before.Rows, before.Reason));
        Assert.Equal((BatchRunState.Succeeded, 10, null), (own.State, own.Rows, own.Reason));
        Assert.Equal((null, null), (before.Quarantine, before.Log)); // another run has them
        using var quarantine = await store.GetAsync(before.Id, "quarantine");
        Assert.Equal(HttpStatusCode.NotFound, quarantine.StatusCode);
        Assert.Contains("wrote nothing, since an earlier one had done the same", await quarantine.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(($"{store.Output}-{own.Id}.csv", $"{store.Output}-{own.Id}.parquet"), (own.Quarantine, own.Log));
        Assert.Contains("Nothing was written", await store.Client.GetStringAsync(new Uri("/batches/nightly", UriKind.Relative)), StringComparison.Ordinal);

        static Dictionary<string, string> Before(string time) => new() { ["STANDIN_JobDoneBefore"] = time };
    }

    [Fact]
    public async Task A_job_that_fails_after_the_registry_was_updated_has_failed_for_its_reason_and_keeps_its_build()
    {
        await using var store = await BatchedStore.StartAsync();
        var envelope = await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(milliseconds: 3_000, failures: 1) });
        var run = await store.AskAsync();
        await store.RunsAsync(run.Id);

        await store.Deployed.Served.StopAsync();
        store.Deployed.Platform = "2.0.0";
        await store.Deployed.Served.StartAsync();

        var end = await store.EndAsync(run.Id);
        Assert.Equal((BatchRunState.Failed, 1, "The disk is full.\nFree space."), (end.State, end.Attempt, end.Reason));
        Assert.True(Directory.Exists(store.BuildOf(envelope)));
    }

    [Fact]
    public async Task A_run_that_fails_is_tried_again_behind_what_is_finished_and_no_oftener_than_it_may()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(failures: 3), Retries = 1 });

        var failed = await store.RunAsync();
        Assert.Equal((BatchRunState.Failed, 2, "The disk is full.\nFree space."), (failed.State, failed.Attempt, failed.Reason));
        Assert.All(
            await File.ReadAllLinesAsync(store.Output),
            one => Assert.Contains("--overwrite", one, StringComparison.Ordinal));
        Assert.Contains("The disk is full.", await store.LogAsync(failed.Id), StringComparison.Ordinal);

        var next = await store.RunAsync(); // fails once more, and then no more
        Assert.Equal(
            (BatchRunState.Succeeded, 2, "The attempt 1 failed: The disk is full.\nFree space."), (next.State, next.Attempt, next.Reason));
        Assert.StartsWith("The attempt 1 failed: The disk is full.\nFree space.\n", await store.LogAsync(next.Id), StringComparison.Ordinal);
        Assert.DoesNotContain("failed: ", await store.LogAsync((await store.RunAsync()).Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_attempts_of_a_run_have_one_name_which_no_other_run_has()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(failures: 3), Retries = 1 });
        await store.RunAsync();
        var run = await store.RunAsync();
        await store.Deployed.Served.StopAsync();
        await store.WriteAsync("delete from batch_run where id = @0", run.Id); // as in a database that was brought back
        await store.Deployed.Served.StartAsync();
        Assert.Equal(run.Id, (await store.RunAsync()).Id);

        var names = (await File.ReadAllLinesAsync(store.Output))
            .Select(one => one[one.IndexOf("--run=", StringComparison.Ordinal)..]).ToList();
        var place = await File.ReadAllTextAsync(Path.Combine(store.Deployed.Services, "id"));
        Assert.Equal([0, 0, 1, 1, 2], names.Select(one => names.Distinct().ToList().IndexOf(one)));
        Assert.All(names, one => Assert.StartsWith($"--run={place.Trim()}-", one, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_that_nobody_cancelled_and_the_system_ended_has_failed_and_is_tried_again()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        foreach (var retries in (int[])[1, 0])
        {
            File.Delete(store.Output + ".waits"); // for which each job waits before it is told to end
            await store.SaveAsync(store.Settings with
            {
                Environment = BatchedStore.Does(milliseconds: 4_000),
                Retries = retries,
            });
            var run = await store.AskAsync();
            await store.RunsAsync(run.Id);
            await Patiently.HoldsAsync(() => File.Exists(store.Output + ".waits"));
            SendSignal(store, run.Id, "TERM");

            var end = await store.EndAsync(run.Id);
            Assert.Equal(
                retries == 1
                    ? (BatchRunState.Succeeded, 2, "The attempt 1 failed: The job was interrupted.")
                    : (BatchRunState.Failed, 1, "The job was interrupted."),
                (end.State, end.Attempt, end.Reason));
        }
    }

    [Fact]
    public async Task A_job_whose_wrapper_alone_was_killed_is_ended_before_the_run_goes_on()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(milliseconds: 60_000) });
        var run = await store.AskAsync();
        await store.RunsAsync(run.Id);
        await Patiently.HoldsAsync(() => CommandLines.Count(store.Deployed.Services, "Job.dll", "--json") > 1);
        SendSignal(store, run.Id, "KILL");

        Assert.Equal(BatchRunState.Failed, (await store.EndAsync(run.Id)).State);
        Assert.Equal(0, CommandLines.Count(store.Deployed.Services, "Job.dll"));
    }

    [Fact]
    public async Task What_cannot_be_found_or_read_costs_attempts_and_the_next_may_find_it()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.SaveAsync(store.Settings with { Retries = 1, Secrets = new Dictionary<string, string> { ["STANDIN_Secret"] = "key" } });
        var unfound = await store.RunAsync();
        Assert.Equal((BatchRunState.Failed, 2, null), (unfound.State, unfound.Attempt, unfound.Digest));
        Assert.Contains("golden-linear", unfound.Reason, StringComparison.Ordinal);
        Assert.NotNull(unfound.Started);

        await store.AddAsync(1);
        var bad = store.Deployed.Served.At("bad.csv");
        await store.SaveAsync(store.Settings with
        {
            Retries = 5,
            Quarantine = bad,
            Secrets = new Dictionary<string, string> { ["STANDIN_Secret"] = "key" },
        });
        var run = await store.AskAsync();
        await Patiently.HoldsAsync(async () => (await store.FindAsync(run.Id)).Reason?.Contains("'key'") == true);
        await WriteSecretAsync(store, "of the batch");

        var done = await store.EndAsync(run.Id);
        Assert.Equal((BatchRunState.Succeeded, true), (done.State, done.Attempt is > 1 and <= 6));
        Assert.Contains("of the batch", await File.ReadAllTextAsync(bad), StringComparison.Ordinal);
        Assert.DoesNotContain("of the batch", await store.LogAsync(run.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_away_for_a_while_is_waited_for_and_costs_no_attempt_and_the_history_says_so()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings);
        var before = await store.RunAsync();
        var way = Path.Combine(store.Deployed.Services, "runs", $"{before.Id + 1}-1");
        await File.WriteAllTextAsync(way, "");

        var run = await store.AskAsync();
        await Patiently.HoldsAsync(async () => (await store.FindAsync(run.Id)).Reason?.Contains(way) == true);
        await Task.Delay(1_500);
        Assert.Equal((BatchRunState.Running, 1), await store.FindAsync(run.Id) is var one ? (one.State, one.Attempt) : default);

        File.Delete(way);
        var end = await store.EndAsync(run.Id);
        Assert.Equal((BatchRunState.Succeeded, 1, null), (end.State, end.Attempt, end.Reason));
    }

    [Fact]
    public async Task What_a_job_writes_is_kept_from_becoming_too_much()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(milliseconds: 5_000) });
        var run = await store.AskAsync();
        await store.RunsAsync(run.Id);
        var folder = Path.Combine(store.Deployed.Services, "runs", $"{run.Id}-1");
        Assert.False(File.Exists(Path.Combine(folder, "log.1")));

        foreach (var file in (string[])["log", "result"])
        {
            await File.AppendAllTextAsync(Path.Combine(folder, file), new string('x', 11 << 20));
        }

        await Patiently.HoldsAsync(() => File.Exists(Path.Combine(folder, "log.1")) && File.Exists(Path.Combine(folder, "result.1")));
        Assert.Equal((BatchRunState.Succeeded, 10), await store.EndAsync(run.Id) is var end ? (end.State, end.Rows) : default);
        Assert.True(new FileInfo(Path.Combine(folder, "log")).Length < 1 << 20);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_its_job_is_built_ends_with_the_build()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.Deployed.AddAsync(1);
        await store.SaveAsync(store.Settings with { Retries = 10 });
        var run = await store.AskAsync();
        var builds = Path.Combine(store.Deployed.Services, "builds");
        await Patiently.HoldsAsync(() => Directory.GetDirectories(builds, "*-job-*.partial").Length > 0);

        using var answer = await store.Client.PostAsync($"/api/batches/nightly/runs/{run.Id}/cancel", null);
        answer.EnsureSuccessStatusCode();

        Assert.Equal((BatchRunState.Cancelled, 1), await store.EndAsync(run.Id) is var end ? (end.State, end.Attempt) : default);
        await Patiently.HoldsAsync(() => Directory.GetDirectories(builds, "*.partial").Length == 0);
        Assert.Equal(0, CommandLines.Count(builds, "Job.csproj"));
    }

    [Fact]
    public async Task A_build_that_a_registry_left_is_removed_before_the_run_builds_again()
    {
        await using var store = await BatchedStore.StartAsync();
        var envelope = await store.Deployed.AddAsync(1);
        await store.SaveAsync(store.Settings);
        var run = await store.AskAsync();
        var builds = Path.Combine(store.Deployed.Services, "builds");
        await Patiently.HoldsAsync(() => Directory.GetDirectories(builds, "*-job-*.partial").Length > 0);
        await store.Deployed.Served.StopAsync();
        Assert.Equal(BatchRunState.Building, await StateAsync(store, run.Id));
        var left = Directory.CreateDirectory(store.BuildOf(envelope) + ".0.partial").FullName;
        store.Build(envelope);

        await store.Deployed.Served.StartAsync();

        Assert.Equal((BatchRunState.Succeeded, 1), await store.EndAsync(run.Id) is var end ? (end.State, end.Attempt) : default);
        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public async Task A_run_that_was_not_built_when_the_registry_was_updated_is_built_as_that_builds()
    {
        await using var store = await BatchedStore.StartAsync();
        var envelope = await store.Deployed.AddAsync(1);
        await store.SaveAsync(store.Settings);
        var run = await store.AskAsync();
        var builds = Path.Combine(store.Deployed.Services, "builds");
        await Patiently.HoldsAsync(() => Directory.GetDirectories(builds, "*-1.0.0-job-*.partial").Length > 0);
        await store.Deployed.Served.StopAsync();
        Assert.Equal(BatchRunState.Building, await StateAsync(store, run.Id));
        store.Deployed.Platform = "2.0.0";
        store.Build(envelope, "2.0.0");

        await store.Deployed.Served.StartAsync();

        Assert.Equal((BatchRunState.Succeeded, 1), await store.EndAsync(run.Id) is var end ? (end.State, end.Attempt) : default);
    }

    [Fact]
    public async Task A_run_goes_on_while_the_registry_is_away_and_its_end_is_known_afterwards()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(milliseconds: 3_000) });
        var run = await store.AskAsync();
        await store.RunsAsync(run.Id);

        await store.Deployed.Served.StopAsync();
        await Task.Delay(4_000);
        await store.Deployed.Served.StartAsync();

        Assert.Equal(
            (BatchRunState.Succeeded, 1), await store.EndAsync(run.Id) is var end ? (end.State, end.Attempt) : default);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_ends_and_another_can_begin()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(milliseconds: 60_000) });
        var run = await store.AskAsync();
        await store.RunsAsync(run.Id);
        using var answer = await store.Client.PostAsync($"/api/batches/nightly/runs/{run.Id}/cancel", null);
        answer.EnsureSuccessStatusCode();

        Assert.Equal(BatchRunState.Cancelled, (await store.EndAsync(run.Id)).State);
        Assert.Equal(0, CommandLines.Count(store.Deployed.Services, "Job.dll"));
        Assert.NotEqual(run.Id, (await store.AskAsync()).Id);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_ended_and_tried_again_and_one_that_does_not_is_let_be()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with
        {
            Environment = BatchedStore.Does(milliseconds: 60_000),
            TimeoutMinutes = 5,
        });
        var run = await store.AskAsync();
        await store.RunsAsync(run.Id);
        await LetBeginAsync(store, run.Id, minutes: 4);
        await Task.Delay(1_000);
        Assert.Equal(BatchRunState.Running, (await store.FindAsync(run.Id)).State);

        await LetBeginAsync(store, run.Id, minutes: 2);

        var end = await store.EndAsync(run.Id);
        Assert.Equal(BatchRunState.Failed, end.State);
        Assert.StartsWith("It took longer than 'timeoutMinutes' allows, which is 5, and was stopped.", end.Reason, StringComparison.Ordinal);
        Assert.Equal(0, CommandLines.Count(store.Deployed.Services, "Job.dll"));
    }

    [Fact]
    public async Task Files_are_of_the_run_and_of_the_time_of_its_start()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with
        {
            Output = store.Deployed.Served.At("{date}-{time}-{run}.csv"),
            Log = "/nowhere/{run}.parquet",
        });

        var done = await store.RunAsync();

        var started = done.Started!.Value.UtcDateTime;
        Assert.Equal(
            store.Deployed.Served.At(string.Create(CultureInfo.InvariantCulture, $"{started:yyyy-MM-dd-HHmmss}-{done.Id}.csv")),
            done.Output);
        Assert.Contains($"--log=/nowhere/{done.Id}.parquet", await File.ReadAllTextAsync(done.Output!), StringComparison.Ordinal);
        Assert.NotEqual(done.Output, (await store.RunAsync()).Output);
    }

    [Fact]
    public async Task A_rule_says_the_newest_that_fits_when_the_run_starts_and_none_that_does_not()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with
        {
            Envelope = null,
            Rule = new() { Name = "golden-linear", Tags = new Dictionary<string, string> { ["stage"] = "ready" } },
        });
        var none = await store.RunAsync();
        Assert.Equal((BatchRunState.Failed, "No envelope fits the rule. Save or tag one that does, and run it again."), (none.State, none.Reason));

        var claimed = await store.AddAsync(4);
        var journal = new JournalWriter(claimed.Digest, await store.Deployed.Served.Store.ReadJournalAsync(claimed), TimeProvider.System);
        journal.SetTag("stage", "ready");
        await store.Deployed.Served.Store.AppendAsync(claimed, journal.Events); // beside the registry
        await Patiently.HoldsAsync(async () => // as soon as the catalog has it
            (await store.RunAsync()).Reason!.StartsWith("No envelope fits: of 1 that have the tags and metrics", StringComparison.Ordinal));

        var ready = await store.AddAsync(2, ("stage", "ready"));
        await store.AddAsync(3);

        Assert.Equal((BatchRunState.Succeeded, ready.Digest.ToString()), await store.RunAsync() is var done ? (done.State, done.Digest) : default);
    }

    [Fact]
    public async Task A_batch_runs_by_itself_when_its_time_has_come()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Cron = "0 0 1 1 *" });
        await Task.Delay(500);
        Assert.Empty(await store.ListAsync());

        await store.WriteAsync("update batch set next_run = 1 where name = 'nightly'");

        await Patiently.HoldsAsync(async () => (await store.ListAsync()).Count == 1);
        var run = Assert.Single(await store.ListAsync());
        Assert.Equal(("cron", BatchRunState.Succeeded), (run.RequestedBy, (await store.EndAsync(run.Id)).State));
    }

    [Fact]
    public async Task A_batch_whose_time_zone_this_machine_does_not_know_says_so_and_stops_no_other()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        var settings = store.Settings with { Cron = "0 0 1 1 *", TimeZone = "Europe/Berlin" };
        await store.SaveAsync(settings);
        using var first = await store.Client.PutAsJsonAsync("/api/batches/a-first", settings);
        first.EnsureSuccessStatusCode();
        await store.WriteAsync(
            "update batch_version set settings = replace(settings, 'Europe/Berlin', 'Nowhere/Land') where batch = @0",
            "a-first");
        await store.WriteAsync("update batch set next_run = 1");

        await Patiently.HoldsAsync(async () => (await store.ListAsync()).Count == 1);
        var done = await store.EndAsync((await store.ListAsync())[0].Id);
        var run = await store.RunAsync();
        Assert.Equal((BatchRunState.Succeeded, BatchRunState.Succeeded), (done.State, run.State));
        var page = await store.Client.GetStringAsync(new Uri("/batches/a-first", UriKind.Relative));
        Assert.Contains("is no time zone of this machine", page, StringComparison.Ordinal);
    }

    /// <summary>The state of a run while no registry runs.</summary>
    private static async Task<string> StateAsync(BatchedStore store, long id)
    {
        await using var records = await RecordsDatabase.OpenPreparedAsync(store.Deployed.Served.Options, default);
        return (await records.ReadAsync("select state from batch_run where id = @0", row => row.GetString(0), default, id))[0];
    }

    /// <summary>Signals the first process of the first attempt of a run.</summary>
    private static void SendSignal(BatchedStore store, long id, string signal)
    {
        var process = File.ReadAllText(Path.Combine(store.Deployed.Services, "runs", $"{id}-1", "pid")).Trim();
        using var kill = Process.Start("kill", [$"-{signal}", process]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private static Task LetBeginAsync(BatchedStore store, long id, int minutes) => store.WriteAsync(
        "update batch_run set since = since - @1 where id = @0", id, TimeSpan.FromMinutes(minutes).Ticks);

    private static async Task WriteSecretAsync(BatchedStore store, string value)
    {
        var folder = Directory.CreateDirectory(Path.Combine(store.Deployed.Services, "secrets", "nightly")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "key"), value);
    }
}
