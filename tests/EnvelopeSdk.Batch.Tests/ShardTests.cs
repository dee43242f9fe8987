using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Jobs that share the rows of an input.</summary>
public sealed class ShardTests
{
    [Theory]
    [InlineData("in*.parquet"), InlineData("in*.csv")]
    public async Task Each_row_is_in_one_of_the_shards_and_in_its_order(string pattern)
    {
        using var job = await RidesJob.StartAsync();
        foreach (var (from, to) in ((int, int)[])[(0, 40), (40, 41), (41, 41), (41, 101)])
        {
            job.Query($"COPY (SELECT i AS id, i + 0.5::DOUBLE AS distance, 1 AS passengers FROM range({from}, {to}) t(i)) TO '{job.At($"in{from:000}{to:000}")}{Path.GetExtension(pattern)}'");
        }

        for (var i = 0; i < 7; i++)
        {
            var done = await job.RunAsync(Options(job, pattern, new(i, 7)));
            Assert.InRange(done.Rows, 14, 15);
        }

        Assert.Equal(
            Enumerable.Range(0, 101).Select(i => $$"""{"id":{{i}},"prediction":{{(i * 2) + 3}}.0}"""),
            job.Rows($"SELECT id::INT AS id, prediction FROM read_parquet('{job.At("out*.parquet")}') ORDER BY id"));
    }

    [Fact]
    public async Task There_may_be_more_shards_than_rows()
    {
        using var job = await RidesJob.StartAsync();
        job.Table("SELECT 1 AS id, 1::DOUBLE AS distance, 1 AS passengers");

        var rows = 0L;
        for (var i = 0; i < 3; i++)
        {
            rows += (await job.RunAsync(Options(job, "in.parquet", new(i, 3)))).Rows;
        }

        Assert.Equal(1, rows);
        Assert.Single(job.Rows($"SELECT * FROM read_parquet('{job.At("out*.parquet")}')"));
    }

    [Fact]
    public async Task A_bad_row_has_the_number_that_it_has_in_the_whole_input()
    {
        using var job = await RidesJob.StartAsync();
        job.Table("SELECT i AS id, CASE WHEN i = 8 THEN -1 ELSE 1 END::DOUBLE AS distance, 1 AS passengers FROM range(10) t(i)");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job, "in.parquet", new(1, 2))));

        Assert.StartsWith("Row 9 cannot be answered", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parquet"), InlineData("csv"), InlineData("jsonl"), InlineData("arrow")]
    public async Task A_bad_row_of_several_files_has_its_number_in_the_one_it_is_of(string ending)
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At("rides"));
        foreach (var (name, bad) in (IEnumerable<(string, int)>)[("a", 99), ("b", 8), ("c", 0)])
        {
            var rows = job.Table($"SELECT i AS id, CASE WHEN i = {bad} THEN -1 ELSE 1 END::DOUBLE AS distance, 1 AS passengers FROM range(10) t(i)", $"{name}.parquet");
            await job.RunAsync(new() { Input = rows, Output = job.At($"rides/{name}.{ending}"), Query = "usual", Answer = "usual" });
        }

        foreach (var manifest in Directory.EnumerateFiles(job.At("rides"), "*.json"))
        {
            File.Delete(manifest);
        }

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job, "rides", Shard.Whole)));

        Assert.StartsWith($"Row 9 of '{job.At($"rides/b.{ending}")}' cannot be answered: in the column 'distance', ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(". --quarantine FILE puts such rows aside and goes on.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("distance\n\n1\n", "distance\nx\n2\n", "Row 3 cannot be answered"), InlineData("distance\n1\n", "distance\n2\nx\n", "Row 2 of '")]
    public async Task A_bad_row_has_its_number_in_all_files_where_it_cannot_be_told_whether_an_empty_line_is_one(string first, string second, string begin)
    {
        using var job = await RidesJob.StartAsync();
        job.Text("a.csv", first);
        job.Text("b.csv", second);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new() { Input = job.At("[ab].csv"), Output = job.At("out.csv"), Query = "usual" }));

        Assert.StartsWith(begin, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_has_no_shards()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "in.parquet", new(0, 2)) with { Input = "SELECT 1::DOUBLE AS distance, 1 AS passengers, 1 AS id" };

        Assert.Contains(
            "--shard cuts the rows of files",
            (await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8/8"), InlineData("1"), InlineData("-1/3"), InlineData("a/b"), InlineData("0/0")]
    public async Task What_is_no_shard_is_refused(string text)
    {
        using var job = await RidesJob.StartAsync();

        Assert.Equal(2, await job.RunProgramAsync("-i", "in.csv", "-o", job.At("out.csv"), "--shard", text));
    }

    private static BatchOptions Options(RidesJob job, string input, Shard shard) => new()
    {
        Input = job.At(input),
        Output = job.At($"out{shard.Index}.parquet"),
        Query = "predict",
        Key = ["id"],
        Shard = shard,
    };
}
