namespace EnvelopeSdk.Batch.Tests;

/// <summary>Places of what a job writes that are another's.</summary>
public sealed class TakenPlaceTests
{
    [Fact]
    public async Task A_file_is_not_appended_to_and_what_another_job_wrote_is_not_what_this_one_did()
    {
        using var job = await RidesJob.StartAsync();
        await job.RunAsync(new() { Input = job.Text("monday.csv", "distance\n1\n"), Output = job.At("out.parquet"), Query = "usual" });

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = job.Text("tuesday.csv", "distance\n7\n8\n"),
            Output = job.At("out.parquet"),
            Query = "usual",
            Append = true,
        }));

        Assert.Contains("--append is for tables of databases", failure.Message, StringComparison.Ordinal);
        Assert.Single(job.RowsOf(job.At("out.parquet")));
    }

    [Theory]
    [InlineData("out.csv"), InlineData("bad.csv"), InlineData("log.jsonl")]
    public async Task A_file_that_came_while_rows_were_answered_stays_and_the_parts_are_kept_until_it_is_taken_away(string name)
    {
        using var job = await RidesJob.StartAsync();
        var options = new Runs.BatchOptions
        {
            Input = job.Text("in.csv", "distance\n1\nfar\n"),
            Output = job.At("out.csv"),
            Quarantine = job.At("bad.csv"),
            Log = job.At("log.jsonl"),
            Query = "usual",
        };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(options, new Heard(_ => File.WriteAllText(job.At(name), "mine"))));

        Assert.Contains($"'{job.At(name)}' came there while rows were answered", failure.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(job.At(name)));
        File.Delete(job.At(name));
        var done = await job.RunAsync(options);
        Assert.Equal((2, 1, 1), (done.Rows, done.Answered, done.Bad));
    }

    [Fact]
    public async Task An_input_that_is_named_by_another_way_is_not_replaced()
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At("data"));
        var input = job.Text("data/in.csv", "distance\n1\n");
        Directory.CreateSymbolicLink(job.At("current"), job.At("data"));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = job.At("current/in.csv"),
            Output = input,
            Query = "usual",
            Overwrite = true,
        }));

        Assert.Contains("is the input, and the job would write it, too", failure.Message, StringComparison.Ordinal);
        Assert.Equal("distance\n1\n", await File.ReadAllTextAsync(input));
    }

    [Fact]
    public async Task A_table_that_is_read_is_not_replaced_by_way_of_a_link_to_its_database()
    {
        using var job = await RidesJob.StartAsync();
        job.Query($"ATTACH '{job.At("a.duckdb")}' AS a; CREATE TABLE a.t AS SELECT 1::DOUBLE AS distance; DETACH a");
        File.CreateSymbolicLink(job.At("b.duckdb"), job.At("a.duckdb"));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = job.At("a.duckdb") + "#t",
            Output = job.At("b.duckdb") + "#t",
            Query = "usual",
            Overwrite = true,
        }));

        Assert.Contains("is what the job writes itself", failure.Message, StringComparison.Ordinal);
    }
}
