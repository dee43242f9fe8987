using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Tests.Deploying;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;
using Microsoft.AspNetCore.Mvc;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>Where runs are, what is left of them there, and who gets it.</summary>
[Collection(ProcessesCollection.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class BatchPlaceTests
{
    [Fact]
    public async Task The_rows_that_were_put_aside_are_downloaded_and_nothing_else_that_lies_there()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        var bad = store.Deployed.Served.At("bad.csv");
        await store.SaveAsync(store.Settings);
        var without = await store.RunAsync();
        await store.SaveAsync(store.Settings with { Quarantine = bad });
        var run = await store.RunAsync();

        using var file = await store.GetAsync(run.Id, "quarantine");
        Assert.Equal("id,reason,\n", await file.Content.ReadAsStringAsync());
        Assert.Equal(
            ("attachment", "bad.csv"),
            (file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileName));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(store, without.Id, "quarantine"));

        File.Delete(bad);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(store, run.Id, "quarantine"));
        File.CreateSymbolicLink(bad, "/etc/passwd");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(store, run.Id, "quarantine"));
        File.Delete(bad);
        Directory.CreateDirectory(bad);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(store, run.Id, "quarantine"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(store, run.Id + 1, "quarantine"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(store, run.Id + 1, "log"));
    }

    [Fact]
    public async Task Rows_that_a_later_run_put_aside_are_not_given_for_those_of_an_earlier_one()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Quarantine = store.Deployed.Served.At("bad.csv") });
        var first = await store.RunAsync();
        var second = await store.RunAsync();

        using var gone = await store.GetAsync(first.Id, "quarantine");

        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Contains("was written again since it ended", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(store, second.Id, "quarantine"));
    }

    [Fact]
    public async Task Rows_that_were_put_aside_in_a_table_are_said_to_be_there()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings);
        var run = await store.RunAsync();
        await store.WriteAsync(
            "update batch_run set quarantine = @1 where id = @0", run.Id, "/nowhere/work.duckdb#bad");

        using var answer = await store.GetAsync(run.Id, "quarantine");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(
            "are in the table 'bad' of '/nowhere/work.duckdb'",
            (await answer.Content.ReadFromJsonAsync<ProblemDetails>())!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_no_such_batch_there_are_no_versions_and_of_a_removed_one_there_are()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.SaveAsync(store.Settings);
        using var removed = await store.Client.DeleteAsync("/api/batches/nightly");
        removed.EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.NotFound, (await store.Client.GetAsync("/api/batches/none/versions")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await store.Client.GetAsync("/api/batches/nightly/versions")).StatusCode);
    }

    [Fact]
    public async Task Who_may_not_deploy_sees_runs_and_neither_starts_nor_stops_nor_reads_them()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with
        {
            Environment = BatchedStore.Does(milliseconds: 60_000),
            Quarantine = store.Deployed.Served.At("bad.csv"),
        });
        var run = await store.AskAsync();
        await store.RunsAsync(run.Id);
        foreach (var role in (string[])[Role.Read, Role.Save, Role.Deploy])
        {
            using var client = store.Deployed.Served.NewClient(await store.Deployed.Served.AddKeyAsync(role, role));
            var may = role == Role.Deploy;
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/batches/nightly/runs/{run.Id}")).StatusCode);
            Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await StatusAsync(store, run.Id, "log", client));
            Assert.Equal( // it has not ended
                may ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, await StatusAsync(store, run.Id, "quarantine", client));
            Assert.Equal(
                may ? HttpStatusCode.Conflict : HttpStatusCode.Forbidden,
                (await client.PostAsync("/api/batches/nightly/runs", null)).StatusCode);
            Assert.Equal(
                may ? HttpStatusCode.OK : HttpStatusCode.Forbidden,
                (await client.PostAsync($"/api/batches/nightly/runs/{run.Id}/cancel", null)).StatusCode);
        }

        using var limited = store.Deployed.Served.NewClient(await store.Deployed.Served.AddKeyAsync("l", Role.Deploy, "other*"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(store, run.Id, "log", limited));
        Assert.Equal(HttpStatusCode.Forbidden, (await limited.PostAsync("/api/batches/nightly/runs", null)).StatusCode);
    }

    [Fact]
    public async Task A_batch_stays_in_the_place_that_took_it_and_what_it_wrote_is_asked_for_there()
    {
        await using var store = await BatchedStore.StartAsync();
        var envelope = await store.AddAsync(1);
        await store.SaveAsync(store.Settings);
        var run = await store.RunAsync();
        await store.Deployed.MoveAsync("elsewhere");
        store.Build(envelope);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(store, run.Id, "log"));
        var waits = await store.AskAsync();
        await Patiently.HoldsAsync(async () => (await store.FindAsync(waits.Id)).Reason is not null);
        Assert.Equal(
            (BatchRunState.Waiting, true),
            await store.FindAsync(waits.Id) is var one
                ? (one.State, one.Reason!.Contains("another registry", StringComparison.Ordinal))
                : default);

        await store.Deployed.MoveAsync("services");
        Assert.Equal(
            (BatchRunState.Succeeded, null),
            await store.EndAsync(waits.Id) is var end ? (end.State, end.Reason) : default);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(store, run.Id, "log"));
    }

    [Fact]
    public async Task What_is_left_of_runs_that_nobody_knows_is_removed_and_homes_when_they_have_ended()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings);
        var ended = await store.RunAsync();
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(milliseconds: 60_000) });
        var active = await store.AskAsync();
        await store.RunsAsync(active.Id);
        await store.Deployed.Served.StopAsync();
        string At(string name) => Path.Combine(store.Deployed.Services, name);
        Directory.CreateDirectory(At("runs/1000-1"));
        Directory.CreateDirectory(At("homes/run-1000"));
        Directory.CreateDirectory(At("homes/other"));

        await store.Deployed.Served.StartAsync();

        await Patiently.HoldsAsync(() => !Directory.Exists(At($"homes/run-{ended.Id}")) && !Directory.Exists(At("homes/run-1000")));
        Assert.False(Directory.Exists(At("runs/1000-1")));
        Assert.All(
            (string[])[$"runs/{ended.Id}-1", $"runs/{active.Id}-1", $"homes/run-{active.Id}", "homes/other"],
            one => Assert.True(Directory.Exists(At(one)), one));
    }

    [Fact]
    public async Task A_batch_of_a_registry_that_is_away_says_so_and_is_made_again_to_run_here()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Cron = "0 3 * * *" });
        await store.RunAsync();
        var page = new Uri("/batches/nightly", UriKind.Relative);
        await store.Deployed.Served.StopAsync();
        await store.WriteAsync("update batch_place set seen = 0"); // the engine's own, which was here
        await store.Deployed.Served.StartAsync();
        await Patiently.HoldsAsync(async () => !(await store.Client.GetStringAsync(page)).Contains("is away", StringComparison.Ordinal));
        await store.WriteAsync("update batch_place set seen = 0, id = 'gone'");
        await store.WriteAsync("update batch set place = 'gone'");

        Assert.Contains("is away, since 0001-01-01", await store.Client.GetStringAsync(page), StringComparison.Ordinal);

        (await store.Client.DeleteAsync(new Uri("/api/batches/nightly", UriKind.Relative))).EnsureSuccessStatusCode();
        await store.SaveAsync(store.Settings with { Cron = "0 3 * * *" });
        Assert.Equal(BatchRunState.Succeeded, (await store.RunAsync()).State);
        Assert.DoesNotContain("is away", await store.Client.GetStringAsync(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_job_that_was_cancelled_while_its_registry_was_away_or_gave_no_sign_is_ended_when_that_is_back(bool isStopped)
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(milliseconds: 60_000) });
        var run = await store.AskAsync();
        await store.RunsAsync(run.Id);
        await Patiently.HoldsAsync(() => CommandLines.Count(store.Deployed.Services, "Job.dll") > 0);
        if (isStopped)
        {
            await store.Deployed.Served.StopAsync();
        }

        await store.WriteAsync("update batch_run set state = 'cancelled', active = 0 where id = @0", run.Id); // by another registry
        if (isStopped)
        {
            await store.Deployed.Served.StartAsync();
        }

        await Patiently.HoldsAsync(() => CommandLines.Count(store.Deployed.Services, "Job.dll") == 0);
        Assert.Equal(BatchRunState.Cancelled, (await store.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_job_whose_build_was_removed_is_built_again_by_the_same_attempt()
    {
        await using var store = await BatchedStore.StartAsync();
        var envelope = await store.AddAsync(1);
        await store.SaveAsync(store.Settings);
        var run = await store.RunAsync();
        await store.Deployed.Served.StopAsync();
        Directory.Delete(store.BuildOf(envelope), recursive: true);
        Directory.Delete(Path.Combine(store.Deployed.Services, "runs", $"{run.Id}-1"), recursive: true);
        await store.WriteAsync(
            "update batch_run set state = 'running', ended = null, active = 1 where id = @0", run.Id);

        await store.Deployed.Served.StartAsync();

        var end = await store.EndAsync(run.Id);
        Assert.Equal((BatchRunState.Failed, 1), (end.State, end.Attempt)); // there is no such platform to build with
        Assert.Contains("cannot be built with EnvelopeSdk.Batch 1.0.0", end.Reason, StringComparison.Ordinal);
        Assert.Contains("EnvelopeSdk.Batch", (await store.LogAsync(run.Id)).Split('\n', 2)[1], StringComparison.Ordinal);
    }

    [RootFact]
    public async Task A_job_of_another_user_reads_nothing_of_the_registry_and_what_it_put_aside_is_read_with_its_rights()
    {
        await using var store = await BatchedStore.StartAsync(runAs: "nobody");
        await store.AddAsync(1);
        var (files, secret) = (store.Deployed.Served.At("files"), store.Deployed.Served.At("private"));
        foreach (var directory in (string[])[files, secret])
        {
            Directory.CreateDirectory(directory);
            await File.WriteAllTextAsync(Path.Combine(directory, "bad.csv"), "of the registry");
        }

        const UnixFileMode All = (UnixFileMode)0b111_111_111;
        File.SetUnixFileMode(files, All);
        File.SetUnixFileMode(Path.Combine(files, "bad.csv"), All);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await store.SaveAsync(store.Settings with
        {
            Output = Path.Combine(files, "out.csv"),
            Quarantine = Path.Combine(files, "bad.csv"),
        });

        var run = await store.RunAsync();
        Assert.Equal((BatchRunState.Succeeded, null), (run.State, run.Reason));
        using var file = await store.GetAsync(run.Id, "quarantine");
        Assert.Equal("id,reason,\n", await file.Content.ReadAsStringAsync());

        Directory.Delete(files, recursive: true);
        File.CreateSymbolicLink(files, secret); // the same name, of the registry's own
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(store, run.Id, "quarantine"));
    }

    private static async Task<HttpStatusCode> StatusAsync(
        BatchedStore store, long id, string what, HttpClient? client = null)
    {
        using var answer = await store.GetAsync(id, what, client);
        return answer.StatusCode;
    }
}

/// <summary>The same in PostgreSQL.</summary>
[Collection(PostgresServer.Collection)]
public sealed class PostgresBatchTests(PostgresServer server)
{
    [DatabaseFact]
    public async Task A_run_is_tried_again_and_ends_and_the_next_is_cancelled()
    {
        await using var store = await BatchedStore.StartAsync(await server.CreateDatabaseAsync());
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(failures: 1), Retries = 1 });
        Assert.Equal((BatchRunState.Succeeded, 2, 10), await store.RunAsync() is var done ? (done.State, done.Attempt, done.Rows) : default);

        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(milliseconds: 60_000) });
        var run = await store.AskAsync();
        await store.RunsAsync(run.Id);
        using var answer = await store.Client.PostAsync($"/api/batches/nightly/runs/{run.Id}/cancel", null);
        answer.EnsureSuccessStatusCode();
        Assert.Equal(BatchRunState.Cancelled, (await store.EndAsync(run.Id)).State);
    }
}
