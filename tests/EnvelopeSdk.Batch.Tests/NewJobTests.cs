using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>A job that finds nothing of an earlier one, and need not know what it is called before it begins.</summary>
public sealed class NewJobTests
{
    [Theory]
    [InlineData("in.parquet"), InlineData("in.csv")]
    public async Task Its_rows_are_read_while_the_digest_of_its_input_is(string name)
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, name);

        var done = await RunAsync(job, options, async (file, cancellation) =>
        {
            await UntilAsync(() => Files(options).Length > 1, cancellation); // beside the lock
            return "sha256:late";
        });

        Assert.Equal((6, "sha256:late"), (done.Answered, done.Job.Files[options.Input]));
        Assert.True((await job.RunAsync(options with { Output = job.At("other.csv") })).Answered == 6);
        Assert.Equal(job.RowsOf(job.At("other.csv")), job.RowsOf(options.Output));
    }

    [Theory]
    [InlineData("in.csv"), InlineData("in.parquet")]
    public async Task Rows_that_come_while_the_digest_is_read_are_not_taken_for_answered(string name)
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, name);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => RunAsync(job, options, async (file, cancellation) =>
        {
            await UntilAsync(() => Files(options).Any(one => one is "part-size.json" or "answers.partial"), cancellation); // they were taken
            await Task.Delay(300, cancellation);
            Options(job, name, rows: 7);
            return "sha256:of seven rows";
        }));

        Assert.Contains("was changed while its rows were answered", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(options.Output));
        Assert.False(Directory.Exists(options.Output + ".parts"));
    }

    [Fact]
    public async Task No_part_is_finished_of_a_job_that_has_no_name()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "in.parquet") with { RowsPerPart = 2 };
        string[] atOnce = [];

        var done = await RunAsync(job, options, async (file, cancellation) =>
        {
            await UntilAsync(() => Files(options).Any(one => one.StartsWith("part-00000", StringComparison.Ordinal)), cancellation);
            await Task.Delay(300, cancellation); // a fast job has them all by then
            atOnce = Files(options);
            return "sha256:late";
        });

        Assert.DoesNotContain("job.json", atOnce);
        Assert.DoesNotContain("part-00000.json", atOnce);
        Assert.Equal(6, done.Answered);
    }

    [Fact]
    public async Task What_it_left_when_it_was_killed_before_it_had_one_is_begun_anew()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "in.parquet");
        var parts = job.Parts("out.csv");
        await File.WriteAllTextAsync(Path.Combine(parts, "part-size.json"), "{\"rows\":1,\"bad\":0}");
        await File.WriteAllTextAsync(Path.Combine(parts, "part-00000.parquet"), "of another job");

        var finished = 0;
        var done = await job.RunAsync(options, new Heard(_ => finished++));

        Assert.Equal((6, 1), (done.Answered, finished));
        Assert.False(Directory.Exists(parts));
    }

    [Fact]
    public async Task A_digest_that_cannot_be_made_ends_it_and_leaves_nothing()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "in.parquet");

        var failure = await Assert.ThrowsAsync<IOException>(() => RunAsync(
            job, options, async (file, cancellation) =>
            {
                await UntilAsync(() => Files(options).Length > 1, cancellation);
                throw new IOException("The disk is broken.");
            }));

        Assert.Equal("The disk is broken.", failure.Message);
        Assert.False(File.Exists(options.Output));
        Assert.False(Directory.Exists(options.Output + ".parts"));
    }

    [Theory]
    [InlineData("out.csv.parts"), InlineData("out.csv")]
    public async Task One_that_finds_something_is_known_before_it_begins(string there)
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "in.parquet") with { Overwrite = true };
        await job.RunAsync(options with { Output = job.At("out.csv") });
        var output = await File.ReadAllTextAsync(job.At("out.csv"));
        if (there == "out.csv.parts")
        {
            File.Delete(job.At("out.csv"));
            job.Parts("out.csv");
        }

        var before = Files(options);
        await RunAsync(job, options, async (file, cancellation) =>
        {
            await Task.Delay(500, cancellation); // for it to begin meanwhile
            Assert.Equal(before, Files(options));
            return "sha256:first";
        });

        Assert.Equal(output, await File.ReadAllTextAsync(options.Output));
    }

    [Fact]
    public async Task One_whose_output_was_removed_is_new()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "in.parquet");
        await job.RunAsync(options);
        File.Delete(options.Output); // and not what was done

        var done = await RunAsync(job, options, async (file, cancellation) =>
        {
            await UntilAsync(() => Files(options).Length > 1, cancellation);
            return "sha256:late";
        });

        Assert.Null(done.Before);
        Assert.Equal(6, done.Answered);
    }

    private static BatchOptions Options(RidesJob job, string name, int rows = 6)
    {
        job.Query($"COPY (SELECT i::DOUBLE AS distance FROM range({rows}) t(i)) TO '{job.At(name)}'");
        return new() { Input = job.At(name), Output = job.At("out.csv"), Query = "usual" };
    }

    private static async Task<RunManifest> RunAsync(
        RidesJob job, BatchOptions options, Func<string, CancellationToken, Task<string>> read)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await new BatchJob(
            await job.OpenAsync(patience.Token), options, new(options.Input, patience.Token, read), new Heard(_ => { })).RunAsync(patience.Token);
    }

    private static string[] Files(BatchOptions options) => Directory.Exists(options.Output + ".parts")
        ? [.. Directory.EnumerateFiles(options.Output + ".parts").Select(one => Path.GetFileName(one)).Order(StringComparer.Ordinal)] : [];

    private static async Task UntilAsync(Func<bool> holds, CancellationToken cancellationToken)
    {
        while (!holds())
        {
            await Task.Delay(5, cancellationToken);
        }
    }
}
