using EnvelopeSdk.Batches;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Batches;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Access;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>What is known of batches and their runs, whatever database they lie in, on a clock that is set.</summary>
public abstract class BatchStoreContract : IAsyncLifetime, IDisposable
{
    private static readonly Caller Ada = new("ada", "test");

    private static readonly BatchSettings Nightly = new()
    {
        Envelope = "prices",
        Input = "/in.csv",
        Output = "/out.csv",
        Cron = "30 2 * * *",
        TimeZone = "Europe/Berlin",
    };

    private readonly TempDirectory _directory = new();
    private readonly SetClock _clock = new();
    private RecordsDatabase _database = null!;
    private BatchStore _batches = null!;
    private RunStore _runs = null!;
    private EndedRuns _ended = null!;

    public async Task InitializeAsync()
    {
        _database = RecordsDatabase.Open(await CreateDatabaseAsync(), _directory.FullPath);
        await _database.PrepareAsync(default);
        var audit = new AuditLog(_database, _clock);
        (_batches, _runs) = (new(_database, audit, _clock), new(_database, audit, _clock));
        _ended = new(_database);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    [DatabaseFact]
    public async Task Each_change_is_a_version_and_the_same_settings_are_none()
    {
        await _batches.SaveAsync(Ada, "nightly", Nightly, default);
        await _batches.SaveAsync(Ada, "nightly", Nightly, default);
        var changed = await _batches.SaveAsync(Ada, "nightly", Nightly with { Cron = null }, default);

        Assert.Equal((2, null), (changed.Version, (await _batches.GetAsync("nightly", default)).NextRun));
        Assert.Equal([2, 1], (await _batches.VersionsAsync("nightly", default)).Select(one => one.Version));
        Assert.Equal("30 2 * * *", (await _batches.SettingsAsync("nightly", 1, default)).Cron);
    }

    [DatabaseFact]
    public async Task Texts_that_say_nothing_are_none()
    {
        await _batches.SaveAsync(Ada, "nightly", Nightly, default);
        var same = await _batches.SaveAsync(
            Ada, "nightly", Nightly with { Quarantine = " ", Log = "", Query = "", Answer = "", MaxBad = "" }, default);

        Assert.Equal((1, null), (same.Version, same.Settings.Quarantine));
    }

    [DatabaseFact]
    public async Task A_batch_has_one_run_under_way_and_the_next_when_that_has_ended()
    {
        var batch = await _batches.SaveAsync(Ada, "nightly", Nightly, default);
        var first = await _runs.RequestAsync(Ada, batch, default);
        var conflict = await Assert.ThrowsAsync<EnvelopeException>(() => _runs.RequestAsync(Ada, batch, default));
        Assert.Equal(EnvelopeError.Mismatch, conflict.Error);
        await Assert.ThrowsAsync<EnvelopeException>(() => _batches.RemoveAsync(Ada, "nightly", default));

        Assert.True(await _runs.MoveAsync(first, first with { State = BatchRunState.Succeeded, Rows = 5, Bad = 1 }, null, default));
        Assert.False(await _runs.MoveAsync(first, first with { State = BatchRunState.Failed }, null, default)); // it has gone on

        var second = await _runs.RequestAsync(Ada, batch, default);
        Assert.Equal([second.Id, first.Id], (await _runs.ListAsync("nightly", null, 10, default)).Select(one => one.Shown.Id));
        Assert.Equal((5, 1), ((await _runs.LastSuccessAsync("nightly", default))!.Rows, (await _runs.LastSuccessAsync("nightly", default))!.Bad));
    }

    [DatabaseFact]
    public async Task A_run_that_is_under_way_can_be_cancelled_and_one_that_has_ended_cannot()
    {
        var batch = await _batches.SaveAsync(Ada, "nightly", Nightly, default);
        var run = await _runs.RequestAsync(Ada, batch, default);
        await _runs.CancelAsync(Ada, run, null, default);
        var row = (await _runs.FindAsync(run.Id, default))!;
        Assert.Equal( // nothing runs of it, wherever its engine is
            (BatchRunState.Cancelled, "By ada.", _clock.Now, false),
            (row.Shown.State, row.Shown.Reason, row.Shown.Ended, row.IsActive));

        run = await _runs.RequestAsync(Ada, batch, default);
        var running = run with { State = BatchRunState.Running };
        await _runs.MoveAsync(run, running, null, default);
        Assert.Equal(BatchRunState.Running, (await _runs.CancelAsync(Ada, run, null, default)).State);
        Assert.Equal("ada", (await _runs.FindAsync(run.Id, default))!.Stop);

        await _runs.MoveAsync(running, run with { State = BatchRunState.Cancelled }, null, default);
        await Assert.ThrowsAsync<EnvelopeException>(() => _runs.CancelAsync(Ada, run, null, default));
    }

    [DatabaseFact]
    public async Task A_run_whose_engine_is_away_is_cancelled_at_once_and_the_batch_can_be_removed()
    {
        var batch = await _batches.SaveAsync(Ada, "nightly", Nightly, default);
        await _batches.TakeAsync("here", default);
        await _batches.SeeAsync("here", default);
        var run = await _runs.RequestAsync(Ada, batch, default);
        var running = run with { State = BatchRunState.Running };
        await _runs.MoveAsync(run, running, null, default);
        _clock.Now += TimeSpan.FromMinutes(2);
        Assert.Null(await _batches.AwayAsync("nightly", default));
        Assert.Equal(BatchRunState.Running, (await _runs.CancelAsync(Ada, run, null, default)).State); // the engine stops it

        var last = _clock.Now - TimeSpan.FromMinutes(2);
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(last, await _batches.AwayAsync("nightly", default));
        var cancelled = await _runs.CancelAsync(Ada, run, null, default);

        Assert.Equal((BatchRunState.Cancelled, _clock.Now), (cancelled.State, cancelled.Ended));
        Assert.StartsWith("By ada, while the registry that runs it was away", cancelled.Reason, StringComparison.Ordinal);
        Assert.False(await _runs.MoveAsync(running, running with { State = BatchRunState.Succeeded }, null, default)); // it is back
        await _batches.SeeAsync("here", default);
        Assert.Null(await _batches.AwayAsync("nightly", default));
        await _batches.RemoveAsync(Ada, "nightly", default);
    }

    [DatabaseFact]
    public async Task A_batch_is_of_the_place_that_took_it_first()
    {
        await _batches.SaveAsync(Ada, "nightly", Nightly, default);
        Assert.Single(await _batches.TakeAsync("here", default));
        Assert.Empty(await _batches.TakeAsync("there", default));

        var batch = await _batches.GetAsync("nightly", default);
        var run = await _runs.RequestAsync(Ada, batch, default);
        Assert.Equal(run.Id, (await _runs.ActiveAsync("here", default)).Single().Shown.Id);
        Assert.Empty(await _runs.ActiveAsync("there", default));
    }

    [DatabaseFact]
    public async Task A_run_is_to_be_told_once_it_has_ended_by_the_place_of_its_batch_and_until_it_was()
    {
        var batch = await _batches.SaveAsync(Ada, "nightly", Nightly, default);
        await _batches.TakeAsync("here", default);
        var run = await _runs.RequestAsync(Ada, batch, default);
        var untold = new UntoldRuns(_database);
        Assert.Empty(await untold.ListAsync("here", default));

        _clock.Now += TimeSpan.FromMinutes(1);
        var ended = run with { State = BatchRunState.Failed, Reason = "Größe.\nZeile", Ended = _clock.Now };
        await _runs.MoveAsync(run, ended, null, default);

        var one = Assert.Single(await untold.ListAsync("here", default));
        Assert.Equal(
            new(run.Id, "nightly", null, null, BatchRunState.Failed, ended.Reason, _clock.Now, run.RequestedBy), one);
        Assert.Empty(await untold.ListAsync("there", default));
        await untold.ToldAsync([one], default);
        Assert.Empty(await untold.ListAsync("here", default));
    }

    [DatabaseFact]
    public async Task What_is_no_name_of_a_batch_is_refused_as_one()
    {
        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => _batches.SaveAsync(Ada, "Nightly Prices", Nightly, default));

        Assert.StartsWith("'Nightly Prices' is not a name for a batch.", failure.Message, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Times_that_were_missed_are_caught_up_by_one_run_and_one_engine()
    {
        var batch = await SaveAsync("2026-03-01T12:00Z", Nightly);
        _clock.Now = Time("2026-03-11T12:00Z");

        Assert.True(await _runs.RunDueAsync(batch, default));
        Assert.False(await _runs.RunDueAsync(batch, default)); // of another engine, which read it before

        Assert.Equal("cron", Assert.Single(await _runs.ListAsync("nightly", null, 10, default)).Shown.RequestedBy);
        Assert.Equal(Time("2026-03-12T01:30Z"), (await _batches.GetAsync("nightly", default)).NextRun);
    }

    [DatabaseFact]
    public async Task A_run_that_is_due_comes_although_the_batch_is_changed_before_it_has_begun()
    {
        await SaveAsync("2026-03-01T12:00Z", Nightly);
        var changed = Nightly with { Retries = 1 };
        await SaveAsync("2026-03-01T13:00Z", changed with { Cron = "30 1 * * *" }); // nothing is due: the next time is that of now
        Assert.Equal(Time("2026-03-02T00:30Z"), (await _batches.GetAsync("nightly", default)).NextRun);

        var due = await SaveAsync("2026-03-02T09:00Z", changed);
        Assert.Equal(Time("2026-03-02T00:30Z"), due.NextRun);
        Assert.True(await _runs.RunDueAsync(due, default));
        Assert.Equal(Time("2026-03-03T01:30Z"), (await _batches.GetAsync("nightly", default)).NextRun);

        await EndAsync();
        await SaveAsync("2026-03-04T09:00Z", changed with { Cron = null }); // by hand alone
        Assert.Null((await _batches.GetAsync("nightly", default)).NextRun);
        await SaveAsync("2026-03-04T10:00Z", Nightly);
        await _batches.RemoveAsync(Ada, "nightly", default);
        await SaveAsync("2026-03-06T10:00Z", Nightly);
        Assert.Equal(Time("2026-03-07T01:30Z"), (await _batches.GetAsync("nightly", default)).NextRun);

        async Task EndAsync()
        {
            var run = (await _runs.LastAsync("nightly", default))!;
            await _runs.MoveAsync(run, run with { State = BatchRunState.Succeeded }, null, default);
        }
    }

    [DatabaseFact]
    public async Task The_builds_of_what_runs_and_of_each_batch_are_known_however_many_times_were_skipped()
    {
        await SaveAsync("2026-03-01T12:00Z", Nightly);
        var (name, digest) = ("prices", "sha256:" + new string('a', 64));
        var run = await _runs.RequestAsync(Ada, await _batches.GetAsync("nightly", default), default);
        var building = run with { State = BatchRunState.Building, Name = name, Digest = digest };
        await _runs.BuildAsync(run, building, "1.0.0", default);
        Assert.Equal("1.0.0", (await _runs.FindAsync(run.Id, default))!.Platform);
        Assert.Equal(["1.0.0"], await PlatformsAsync("2.0.0"));

        var running = building with { State = BatchRunState.Running };
        await _runs.MoveAsync(building, running, null, default);
        Assert.Equal("1.0.0", (await _runs.FindAsync(run.Id, default))!.Platform);
        await _runs.MoveAsync(running, running with { State = BatchRunState.Failed }, null, default);

        var other = await _batches.SaveAsync(Ada, "often", Nightly, default);
        await _runs.RequestAsync(Ada, other, default);
        for (var i = 0; i < 150; i++)
        {
            _clock.Now += TimeSpan.FromDays(1);
            await _runs.RunDueAsync(await _batches.GetAsync("often", default), default);
        }

        Assert.Equal(["2.0.0"], await PlatformsAsync("2.0.0")); // of the next run
        await _batches.RemoveAsync(Ada, "nightly", default);
        Assert.Empty(await PlatformsAsync("2.0.0"));

        async Task<IEnumerable<string>> PlatformsAsync(string platform) =>
            (await _runs.RecentAsync(platform, default)).Select(one => one.Platform);
    }

    [DatabaseFact]
    public async Task A_time_that_comes_while_a_run_is_under_way_is_skipped_and_the_history_says_so()
    {
        var batch = await SaveAsync("2026-03-01T12:00Z", Nightly);
        var run = await _runs.RequestAsync(Ada, batch, default);
        _clock.Now = Time("2026-03-02T01:31Z");

        Assert.False(await _runs.RunDueAsync(batch, default));

        var (latest, all) = (await _runs.LastAsync("nightly", default), await _runs.ListAsync("nightly", null, 10, default));
        Assert.Equal(
            (BatchRunState.Skipped, $"The run {run.Id} was under way at 2026-03-02 01:30:00Z.", "cron", 0),
            (all[0].Shown.State, all[0].Shown.Reason, all[0].Shown.RequestedBy, all[0].Shown.Attempt));
        Assert.Equal((_clock.Now, run.Id, false), (all[0].Shown.Ended, latest!.Id, all[0].IsActive));
        await Assert.ThrowsAsync<EnvelopeException>(() => _runs.CancelAsync(Ada, all[0].Shown, null, default));

        await _runs.MoveAsync(run, run with { State = BatchRunState.Succeeded }, null, default);
        _clock.Now = Time("2026-03-03T01:31Z");
        Assert.True(await _runs.RunDueAsync(await _batches.GetAsync("nightly", default), default)); // and the next is not
    }

    [DatabaseFact]
    public async Task In_Berlin_a_run_comes_once_in_the_night_that_has_an_hour_twice_and_in_that_which_lacks_one()
    {
        await SaveAsync("2026-03-28T12:00Z", Nightly);
        Assert.Equal(
            ["2026-03-29T01:00Z", "2026-03-30T00:30Z"], await DueAsync("2026-03-30T12:00Z"));

        await SaveAsync("2026-03-30T12:00Z", Nightly with { Cron = null });
        await SaveAsync("2026-10-24T12:00Z", Nightly with { Retries = 1 });
        Assert.Equal(
            ["2026-10-25T00:30Z", "2026-10-26T01:30Z"], await DueAsync("2026-10-26T12:00Z"));
    }

    [DatabaseFact]
    public async Task A_time_that_was_planned_while_the_clock_was_ahead_is_planned_anew_and_no_other_is()
    {
        var ahead = await SaveAsync("2030-03-01T12:00Z", Nightly);
        _clock.Now = Time("2026-03-01T12:00Z");

        await _batches.PlanAsync(ahead, default);
        var planned = await _batches.GetAsync("nightly", default);
        _clock.Now = Time("2026-03-02T12:00Z"); // the run is due
        await _batches.PlanAsync(planned, default);

        Assert.Equal(Time("2026-03-02T01:30Z"), planned.NextRun);
        Assert.Equal(planned.NextRun, (await _batches.GetAsync("nightly", default)).NextRun);
    }

    [DatabaseFact]
    public async Task Runs_are_forgotten_but_the_last_and_the_last_success_of_a_batch_that_is_there()
    {
        await SaveAsync("2026-03-01T12:00Z", Nightly);
        await _batches.TakeAsync("here", default);
        var all = new List<long>();
        foreach (var state in (string[])[
            BatchRunState.Failed, BatchRunState.Succeeded, BatchRunState.Succeeded, BatchRunState.Failed, BatchRunState.Failed])
        {
            all.Add(await EndAsync("nightly", state));
        }

        Assert.Equal(0, await ForgetAsync(days: 100)); // they ended later
        Assert.Equal(0, await ForgetAsync(days: 0, "there"));
        Assert.Equal(3, await ForgetAsync(days: 0));
        Assert.Equal(0, await ForgetAsync(days: 0));
        Assert.Equal([all[4], all[2]], (await _runs.ListAsync("nightly", null, 10, default)).Select(one => one.Shown.Id));

        await _batches.SaveAsync(Ada, "other", Nightly, default);
        await _batches.TakeAsync("here", default);
        var active = await _runs.RequestAsync(Ada, await _batches.GetAsync("other", default), default);
        await _batches.RemoveAsync(Ada, "nightly", default);
        Assert.Equal(2, await ForgetAsync(days: 0));
        Assert.Equal([new(active.Id, true)], await _ended.KnownAsync(default));
    }

    [DatabaseFact]
    public async Task Why_a_run_stands_still_is_known_and_it_is_where_it_was()
    {
        var batch = await SaveAsync("2026-03-01T12:00Z", Nightly);
        var run = await _runs.RequestAsync(Ada, batch, default);
        var next = _clock.Now.AddSeconds(5);

        await _runs.ExplainAsync(run, "The store is away.", next, default);
        await _runs.ExplainAsync(run with { State = BatchRunState.Building }, "It has gone on.", next.AddDays(1), default);

        var row = (await _runs.FindAsync(run.Id, default))!;
        Assert.Equal(
            (BatchRunState.Waiting, "The store is away.", next, true),
            (row.Shown.State, row.Shown.Reason, row.NextAttempt, row.IsActive));
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private Task<BatchVersion> SaveAsync(string now, BatchSettings settings)
    {
        _clock.Now = Time(now);
        return _batches.SaveAsync(Ada, "nightly", settings, default);
    }

    /// <summary>Lets time go by, minute by minute, and each run end at once.</summary>
    /// <returns>When runs were asked for.</returns>
    private async Task<IEnumerable<string>> DueAsync(string until)
    {
        var times = new List<string>();
        for (; _clock.Now < Time(until); _clock.Now += TimeSpan.FromMinutes(30))
        {
            if (await _batches.GetAsync("nightly", default) is { NextRun: { } next } batch && next <= _clock.Now
                && await _runs.RunDueAsync(batch, default))
            {
                times.Add(next.ToString("yyyy-MM-dd'T'HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture));
                var run = (await _runs.LastAsync("nightly", default))!;
                await _runs.MoveAsync(run, run with { State = BatchRunState.Succeeded }, null, default);
            }
        }

        return times;
    }

    private async Task<long> EndAsync(string name, string state)
    {
        var run = await _runs.RequestAsync(Ada, await _batches.GetAsync(name, default), default);
        await _runs.MoveAsync(run, run with { State = state, Ended = _clock.Now }, null, default);
        _clock.Now += TimeSpan.FromDays(1);
        return run.Id;
    }

    private Task<int> ForgetAsync(int days, string place = "here") =>
        _ended.ForgetAsync(place, _clock.Now - TimeSpan.FromDays(days), default);

    /// <returns>How to connect to an empty database; null: files.</returns>
    private protected abstract Task<string?> CreateDatabaseAsync();
}

/// <summary>In a file.</summary>
public sealed class BatchStoreTests : BatchStoreContract
{
    private protected override Task<string?> CreateDatabaseAsync() => Task.FromResult<string?>(null);
}

/// <summary>In PostgreSQL.</summary>
[Collection(PostgresServer.Collection)]
public sealed class PostgresBatchStoreTests(PostgresServer server) : BatchStoreContract
{
    private protected override async Task<string?> CreateDatabaseAsync() => await server.CreateDatabaseAsync();
}

/// <summary>What settings may say.</summary>
public sealed class BatchCheckTests
{
    private static readonly BatchSettings Good = new() { Envelope = "prices", Input = "/in.csv", Output = "/out.csv" };

    [Fact]
    public void All_that_is_wrong_is_said_at_once_and_of_what_is_right_nothing()
    {
        BatchCheck.Run(Good with { Cron = "0 3 * * 1-5", TimeZone = "Europe/Berlin", Quarantine = "/bad.csv" });

        var wrong = Assert.Throws<EnvelopeException>(() => BatchCheck.Run(Good with
        {
            Envelope = null,
            Cron = "at night",
            TimeZone = "Nowhere/Land",
            Retries = 11,
            RetrySeconds = 0,
            Output = " ",
            Environment = new Dictionary<string, string> { ["LD_PRELOAD"] = "a.so" },
            Quarantine = "bad.csv",
        })).Message;
        Assert.All(
            (string[])["/envelope", "'at night'", "'Nowhere/Land'", "/retries", "/retrySeconds", "/output", "LD_PRELOAD", "'bad.csv'"],
            one => Assert.Contains(one, wrong, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/data/prices.duckdb#prices", true, null)]
    [InlineData("postgresql://me@host/prices#prices", true, null)]
    [InlineData("/data/prices.duckdb", false, "Name the table too")]
    [InlineData("prices.sqlite#prices", false, "Write the whole path")]
    [InlineData("/data/prices.csv", true, "/append")]
    [InlineData("/data/PRICES.ARROW", false, null)]
    [InlineData("/data/prices.csv.gz", false, "Let it end with one of .parquet, .csv, .jsonl, .arrow")]
    [InlineData("/data/prices", false, "Let it end with one of")]
    public void Answers_go_into_a_file_or_a_table_and_are_appended_to_a_table_alone(
        string output, bool append, string? wrong)
    {
        var failure = Record.Exception(() => BatchCheck.Run(Good with { Output = output, Append = append }));

        Assert.Equal(wrong is null, failure is null);
        Assert.Contains(wrong ?? "", failure?.Message ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/bad.csv", null, false, null)]
    [InlineData("/bad.txt", null, false, "'/bad.txt' is no file that a job writes")]
    [InlineData("/w.duckdb#bad", "/w.duckdb#log", false, null)]
    [InlineData("/w.duckdb#bad", "/w.duckdb#bad", false, "Name a place of its own")]
    [InlineData("/w.duckdb#out", null, false, "Name a place of its own")]
    [InlineData("/other.duckdb#bad", null, false, "'/other.duckdb#bad' can be a table only where")]
    [InlineData("/bad.csv", "/w.duckdb#log", true, "'/bad.csv' is there already for the second run")]
    [InlineData("/w.duckdb#bad", "/log-{date}.csv", true, "'/log-{date}.csv' is there already for the second run")]
    [InlineData("/bad-{run}.csv", "/w.duckdb#log", true, null)]
    public void What_is_beside_the_answers_can_be_written_by_each_run(
        string quarantine, string? log, bool append, string? wrong)
    {
        var failure = Record.Exception(() => BatchCheck.Run(Good with
        {
            Output = "/w.duckdb#out",
            Quarantine = quarantine,
            Log = log,
            Append = append,
        }));

        Assert.Equal(wrong is null, failure is null);
        Assert.Contains(wrong ?? "", failure?.Message ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("10", true)]
    [InlineData("10.0", true)]
    [InlineData("0.1%", true)]
    [InlineData("100%", true)]
    [InlineData("100.1%", false)]
    [InlineData("Infinity", false)]
    [InlineData("0.5", false)]
    [InlineData("-1", false)]
    [InlineData("1 %", false)]
    [InlineData("1e3", false)]
    [InlineData("%", false)]
    [InlineData("some", false)]
    public void How_many_rows_may_be_bad_is_a_number_or_a_share(string text, bool isSo)
    {
        var failure = Record.Exception(() => BatchCheck.Run(Good with { Quarantine = "/bad.csv", MaxBad = text }));

        Assert.Equal(isSo, failure is null);
    }

    [Fact]
    public void What_a_job_refuses_is_refused_before()
    {
        BatchCheck.Run(Good with { MaxBad = "1%", Quarantine = "/bad.csv", MemoryMegabytes = 64 });

        var wrong = Assert.Throws<EnvelopeException>(() => BatchCheck.Run(Good with
        {
            MaxBad = "some",
            MemoryMegabytes = 63,
            Map = new Dictionary<string, string> { ["carat="] = "c" },
        })).Message;
        Assert.All(
            (string[])["'some'", "and there is none", "/memoryMegabytes", "/map"],
            one => Assert.Contains(one, wrong, StringComparison.Ordinal));
    }

    [Fact]
    public void A_batch_runs_as_a_process_or_on_a_cluster_and_in_no_other_way()
    {
        BatchCheck.Run(Good with { Runtime = BatchRuntime.Kubernetes, Image = new() { Base = "registry/base:1" } });

        var wrong = Assert.Throws<EnvelopeException>(() => BatchCheck.Run(
            Good with { Runtime = "container", Image = new() { Base = "registry/base:1 -p:Other=1" } })).Message;
        Assert.All(
            (string[])["'container' runs no batches", "/image/base"],
            one => Assert.Contains(one, wrong, StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_becomes_an_image_for_a_cluster_and_a_program_for_this_machine()
    {
        BuildKey Of(BatchSettings settings) => BuildKey.Of(new("prices", Digest.Of("prices"u8)), "1.0.0", settings);
        var image = new ImageSettings { SelfContained = true };

        Assert.Null(Of(Good with { Image = image }).Image);
        Assert.Equal(image, Of(Good with { Runtime = BatchRuntime.Kubernetes, Image = image }).Image);
        Assert.NotEqual(Of(Good).Folder, Of(Good with { Runtime = BatchRuntime.Kubernetes }).Folder);
    }

    [Theory]
    [InlineData("SELECT 1", "/out.csv", "")]
    [InlineData("SELECT * FROM main.db", "/out.csv", "")] // of a schema that is called so
    [InlineData("in.sqlite#t", "postgresql://host/db#t", "SQLite,PostgreSQL")]
    [InlineData("/in.duckdb#t", "/out.db#t", "SQLite")]
    public void A_job_is_built_with_the_databases_that_it_names_and_no_other(string input, string output, string databases) =>
        Assert.Equal(
            databases,
            BuildKey.Of(
                new("prices", Digest.Of("prices"u8)), "1.0.0",
                Good with { Input = input, Output = output }).Databases);

    [Theory]
    [InlineData("0 0 30 2 *", false)] // a day that no February has
    [InlineData("0 0 29 2 *", true)]
    public void A_time_that_never_comes_is_none(string cron, bool comes)
    {
        var failure = Record.Exception(() => BatchCheck.Run(Good with { Cron = cron }));

        Assert.Equal(comes, failure is null);
    }

    [Theory]
    [InlineData("2026-03-28T12:00Z", "2026-03-29T01:00Z")] // 2:30 is skipped: the first moment behind the gap
    [InlineData("2026-03-29T12:00Z", "2026-03-30T00:30Z")] // summer
    [InlineData("2026-10-24T12:00Z", "2026-10-25T00:30Z")] // 2:30 comes twice, and runs the first time
    [InlineData("2026-10-25T00:30Z", "2026-10-26T01:30Z")] // and not the second
    public void A_time_that_the_clocks_skip_or_repeat_runs_once(string after, string next) => Assert.Equal(
        DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture),
        BatchCheck.Next(
            Good with { Cron = "30 2 * * *", TimeZone = "Europe/Berlin" },
            DateTimeOffset.Parse(after, System.Globalization.CultureInfo.InvariantCulture)));
}
