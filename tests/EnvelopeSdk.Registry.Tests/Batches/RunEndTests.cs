using System.Diagnostics;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Tests.Deploying;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>What is said of runs that ended while nobody looked, and of attempts that were followed by others.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class RunEndTests
{
    [Fact]
    public async Task A_job_that_ended_while_the_registry_was_away_ended_then_and_a_time_that_came_after_it_is_done()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with
        {
            Cron = "0 0 1 1 *",
            Environment = BatchedStore.Does(milliseconds: 5_000),
        });
        var run = await store.AskAsync();
        await store.RunsAsync(run.Id);
        await store.Deployed.Served.StopAsync();
        Assert.False(File.Exists(At(store, run.Id, "code")), "It ended too soon.");
        await Patiently.HoldsAsync(() => File.Exists(At(store, run.Id, "code")));
        var ended = DateTimeOffset.UtcNow;
        await Task.Delay(1_000);
        await store.WriteAsync("update batch set next_run = 1 where name = 'nightly'");

        await store.Deployed.Served.StartAsync();
        await Patiently.HoldsAsync(async () => (await store.ListAsync()).Count == 2);
        var all = await store.ListAsync();

        Assert.Equal(("cron", BatchRunState.Succeeded), (all[0].RequestedBy, (await store.EndAsync(all[0].Id)).State));
        Assert.Equal((run.Id, BatchRunState.Succeeded), (all[1].Id, all[1].State));
        Assert.InRange(all[1].Ended!.Value, all[1].Started!.Value, ended);
    }

    [Fact]
    public async Task A_time_that_comes_while_a_job_still_runs_is_skipped_also_by_a_registry_that_has_just_started()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with
        {
            Cron = "0 0 1 1 *",
            Environment = BatchedStore.Does(milliseconds: 600_000),
        });
        var run = await store.AskAsync();
        await store.RunsAsync(run.Id);
        await store.Deployed.Served.StopAsync();
        await store.WriteAsync("update batch set next_run = 1 where name = 'nightly'");

        await store.Deployed.Served.StartAsync();
        await Patiently.HoldsAsync(async () => (await store.ListAsync()).Count == 2);

        Assert.Equal(
            [BatchRunState.Skipped, BatchRunState.Running], (await store.ListAsync()).Select(one => one.State));
    }

    [Fact]
    public async Task A_job_that_was_killed_and_found_late_was_not_ended_for_the_time_that_it_took()
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
        await store.Deployed.Served.StopAsync();
        using (var kill = Process.Start("kill", ["-KILL", "--", $"-{(await File.ReadAllTextAsync(At(store, run.Id, "pid"))).Trim()}"]))
        {
            await kill.WaitForExitAsync();
            Assert.Equal(0, kill.ExitCode);
        }

        await store.WriteAsync(
            "update batch_run set since = since - @1 where id = @0", run.Id, TimeSpan.FromMinutes(9).Ticks);
        await store.Deployed.Served.StartAsync();

        var end = await store.EndAsync(run.Id);
        Assert.Equal(
            (BatchRunState.Failed, "The job was killed. The machine may have had too little memory."),
            (end.State, end.Reason));
    }

    [Fact]
    public async Task Why_an_attempt_failed_is_said_while_the_next_one_waits_and_runs_and_when_it_is_cancelled()
    {
        const string Why = "The attempt 1 failed: The disk is full.\nFree space.";
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        var settings = store.Settings with { Retries = 1, RetrySeconds = 3_600, Environment = BatchedStore.Does(failures: 2) };
        await store.SaveAsync(settings);
        var waiting = await store.AskAsync();
        await Patiently.HoldsAsync(async () => await store.FindAsync(waiting.Id) is { Attempt: 1, State: BatchRunState.Waiting });
        using (await store.PostAsync(waiting.Id, "cancel"))
        {
            Assert.Equal($"By root. {Why}", (await store.EndAsync(waiting.Id)).Reason?.Replace(Environment.UserName, "root", StringComparison.Ordinal));
        }

        var does = BatchedStore.Does(milliseconds: 5_000, failures: 2);
        await store.SaveAsync(settings with { RetrySeconds = 1, Environment = does });
        var running = await store.AskAsync();
        await Patiently.HoldsAsync(async () => await store.FindAsync(running.Id) is { Attempt: 2, State: BatchRunState.Running });
        Assert.Equal(Why, (await store.FindAsync(running.Id)).Reason);
        using (await store.PostAsync(running.Id, "cancel"))
        {
            Assert.EndsWith($" {Why}", (await store.EndAsync(running.Id)).Reason, StringComparison.Ordinal);
        }
    }

    private static string At(BatchedStore store, long run, string file) =>
        Path.Combine(store.Deployed.Services, "runs", $"{run}-1", file);
}
