using System.Text.Json;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Targets;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Files beside an output belong to the job that wrote it, and may be written by others.</summary>
public sealed class BesideTheOutputTests
{
    [Fact]
    public async Task A_run_that_was_killed_behind_the_transaction_brings_its_own_rows_where_those_of_another_job_lie()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = Rides(job, "first.parquet", bad: 5),
            Output = job.At("t.duckdb") + "#t",
            Query = "predict",
            Quarantine = job.At("bad.csv"),
            Overwrite = true,
            Spill = job.At("spill"),
        };
        await job.RunAsync(options);
        var others = await File.ReadAllTextAsync(job.At("bad.csv"));
        options = options with { Input = Rides(job, "second.parquet", bad: 3) };
        var done = await job.RunAsync(options);
        var own = await File.ReadAllTextAsync(job.At("bad.csv"));
        await KilledBeforeItsEndAsync(job, options, done);
        await File.WriteAllTextAsync(job.At("bad.csv"), others);

        var ended = await job.RunAsync(options);

        Assert.Equal((done.Finished, 3), (ended.Finished, ended.Bad));
        Assert.Equal(own, await File.ReadAllTextAsync(job.At("bad.csv")));
        Assert.Empty(Directory.EnumerateDirectories(job.At("."), "*.parts"));
    }

    [Fact]
    public async Task A_run_that_was_killed_behind_the_transaction_puts_its_rows_where_it_said_and_the_next_appends_nothing()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = Rides(job, "in.parquet", bad: 5),
            Output = job.At("t.duckdb") + "#t",
            Query = "predict",
            Quarantine = job.At("bad.csv"),
            Append = true,
            Spill = job.At("spill"),
        };
        var done = await job.RunAsync(options);
        var own = await File.ReadAllTextAsync(job.At("bad.csv"));
        await KilledBeforeItsEndAsync(job, options, done);
        job.Text("bad-2.csv", "of somebody else");

        var ended = await job.RunAsync(options with { Quarantine = job.At("bad-2.csv") });

        Assert.Equal((done.Finished, job.At("bad.csv")), (ended.Finished, ended.Quarantine));
        Assert.Equal(own, await File.ReadAllTextAsync(job.At("bad.csv")));
        Assert.Equal("of somebody else", await File.ReadAllTextAsync(job.At("bad-2.csv")));
        Assert.Empty(Directory.EnumerateDirectories(job.At("."), "*.parts"));
        await job.RunAsync(new() { Input = job.At("t.duckdb") + "#SELECT count(*)::DOUBLE AS distance FROM t", Output = job.At("count.csv"), Query = "usual" });
        Assert.Equal("5.0,10.0", File.ReadLines(job.At("count.csv")).Last());
    }

    [Fact]
    public async Task What_another_job_has_put_where_rows_were_is_not_taken_for_them_although_it_is_as_long()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = Rides(job, "first.parquet", bad: 5),
            Output = job.At("a.csv"),
            Query = "predict",
            Quarantine = job.At("bad.csv"),
        };
        await job.RunAsync(options);
        Assert.True((await job.RunAsync(options)).Before);
        await File.WriteAllTextAsync(job.At("bad.csv"), (await File.ReadAllTextAsync(job.At("bad.csv"))).Replace('1', '2'));

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains("is there, and not of this job, or changed since", refused.Message, StringComparison.Ordinal);
        Assert.Null((await job.RunAsync(options with { Overwrite = true })).Before);
    }

    [Theory]
    [InlineData("out[1].csv", "bad.csv"), InlineData("out.csv", "b?d.csv"), InlineData("sub*/out.csv", "bad.csv")]
    public async Task A_place_whose_parts_would_be_read_as_a_pattern_of_others_is_refused(string output, string quarantine)
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions { Input = Rides(job, "in.parquet", bad: 0), Output = job.At(output), Quarantine = job.At(quarantine), Query = "predict" };

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains("would be read as a pattern of other files", refused.Message, StringComparison.Ordinal);
    }

    private static string Rides(RidesJob job, string name, int bad) =>
        job.Table($"SELECT i::DOUBLE - {bad} AS distance, 1 AS passengers FROM range(10) t(i)", name);

    /// <summary>As a run leaves it that was killed behind the transaction.</summary>
    private static async Task KilledBeforeItsEndAsync(RidesJob job, BatchOptions options, RunManifest done)
    {
        var work = job.Parts(JobTarget.Of(options.Output, "--output", options.Spill!).WorkPath);
        job.Parts("bad.csv");
        await File.WriteAllBytesAsync(
            Path.Combine(work, "manifest.json"), JsonSerializer.SerializeToUtf8Bytes(done, RunJsonContext.Default.RunManifest));
        File.Move(job.At("bad.csv"), job.At($"bad.csv.parts/whole-{done.Id}"));
    }
}
