namespace EnvelopeSdk.Batch.Tests;

/// <summary>Tables of so many columns that a few rows of each are much.</summary>
public sealed class WideTableTests
{
    [Theory]
    [InlineData(1_000, 50, "csv", "csv"), InlineData(1_000, 50, "jsonl", "parquet"), InlineData(300, 9_000, "csv", "parquet")]
    public async Task A_table_of_very_many_columns_needs_no_option(int columns, int rows, string from, string to)
    {
        using var job = await RidesJob.StartAsync();
        var input = Wide(job, columns, rows, from);

        var done = await job.RunAsync(new() { Input = input, Output = job.At("out." + to), Query = "usual" });

        Assert.Equal(rows, done.Answered);
        var last = columns - 1;
        Assert.Equal(
            [$$"""{"n":{{rows}},"same":{{rows}}}"""],
            job.Rows($"SELECT count(*) AS n, count(*) FILTER (c{last} = 'v' || (distance::DOUBLE::BIGINT) || '_{last}') AS same FROM '{job.At("out." + to)}'"));
    }

    [Fact]
    public async Task What_is_too_much_for_the_memory_is_said_with_what_helps()
    {
        using var job = await RidesJob.StartAsync();
        var input = Wide(job, 1_000, 50, "csv");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "usual", Memory = 64 }));

        Assert.StartsWith($"The rows of '{input}' are too much for the memory of the engine: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--memory MEGABYTES", failure.Message, StringComparison.Ordinal);
    }

    private static string Wide(RidesJob job, int columns, int rows, string ending)
    {
        IEnumerable<string> ColumnsOf(Func<int, string> one) => Enumerable.Range(0, columns).Select(one);
        return job.Text($"in.{ending}", string.Concat(ending == "csv"
            ? [$"distance,{string.Join(",", ColumnsOf(i => $"c{i}"))}\n", .. Enumerable.Range(0, rows).Select(row => $"{row},{string.Join(",", ColumnsOf(i => $"v{row}_{i}"))}\n")]
            : Enumerable.Range(0, rows).Select(row => $"{{\"distance\":{row},{string.Join(",", ColumnsOf(i => $"\"c{i}\":\"v{row}_{i}\""))}}}\n")));
    }
}
