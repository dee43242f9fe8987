using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Lines of files that cannot be read, which are put aside as rows that cannot be answered.</summary>
public sealed class UnreadRowTests
{
    private static readonly string[] Json =
    [
        """{"id":1,"distance":1,"passengers":1}""", """{"id":2,"distanze":2,"passengers":""", "", "[3]",
        """{"id":4,"distance":-4,"passengers":1}""", """{"id":5,"distance":5,"passengers":1}""",
    ];

    [Fact]
    public async Task Lines_that_are_no_objects_are_put_aside_with_their_places_and_without_what_was_read_of_them()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.jsonl", string.Join('\n', Json));

        var done = await job.RunAsync(Options(job, input));

        Assert.Equal((5, 2, 3), (done.Rows, done.Answered, done.Bad));
        Assert.Equal(["id,prediction", "1,4.0", "5,12.0"], await File.ReadAllLinesAsync(job.At("out.csv")));
        Assert.Equal(
            [
                $$"""{"id":null,"fault_column":null,"fault_reason":"line 2 of '{{input}}' is no object of JSON"}""",
                $$"""{"id":null,"fault_column":null,"fault_reason":"line 4 of '{{input}}' is no object of JSON"}""",
            ],
            job.RowsOf(job.At("bad.jsonl")).Where(row => row.Contains("line", StringComparison.Ordinal)));
        Assert.Contains("""{"id":4,"fault_column":"distance",""", job.RowsOf(job.At("bad.jsonl"))[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_other_values_than_the_first_are_put_aside_with_their_places()
    {
        using var job = await RidesJob.StartAsync();
        var other = job.Text("a.csv", "passengers;distance;id\n1;3;x\n1;4\n");
        await File.WriteAllBytesAsync(job.At("b.csv"), [.. "id,distance,passengers\n1,1,1\n2,2\n3,3,1,9\n4,-4,1\n"u8, 0xE9, .. ",5,1\n\n6,6,1\n"u8]);

        var done = await job.RunAsync(Options(job, job.At("*.csv")) with { Output = job.At("out.parquet") });

        Assert.Equal((8, 3, 5), (done.Rows, done.Answered, done.Bad));
        Assert.Equal(
            ["""{"id":"x","prediction":8.0}""", """{"id":"1","prediction":4.0}""", """{"id":"6","prediction":14.0}"""],
            job.RowsOf(job.At("out.parquet")));
        Assert.Equal(
            [
                $"line 3 of '{other}' has fewer values than the first line", $"line 3 of '{job.At("b.csv")}' has fewer values than the first line",
                $"line 4 of '{job.At("b.csv")}' has more values than the first line", $"line 6 of '{job.At("b.csv")}' is no valid UTF-8",
            ],
            job.Rows($"SELECT fault_reason AS why FROM '{job.At("bad.jsonl")}' WHERE fault_reason LIKE 'line%'").Select(row => row[8..^2]));
    }

    /// <summary>It may have taken all lines behind it for one value.</summary>
    [Fact]
    public async Task A_quote_that_is_not_closed_ends_a_job_all_the_same()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.csv", "id,distance,passengers\n1,1,1\n2,2\n3,3,\"1\n4,4,1\n5,5,1\n");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job, input)));

        Assert.Contains("in.csv", failure.Message, StringComparison.Ordinal);
        Assert.Equal([input], Directory.EnumerateFiles(job.At("."), "*.csv").Select(Path.GetFullPath));
    }

    [Theory]
    [InlineData("in.jsonl"), InlineData("in.csv")]
    public async Task There_may_be_as_many_of_them_as_of_other_rows_that_cannot_be_answered(string name)
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text(name, name == "in.csv" ? "id,distance,passengers\n1,1,1\n2\n3\n" : """{"id":1,"distance":1,"passengers":1}""" + "\n2\n3\n");
        var options = Options(job, input);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options with { MaxBad = BadRows.Parse("1") }));
        Assert.Contains("--max-bad allows 1", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await job.RunAsync(options with { MaxBad = BadRows.Parse("2") })).Bad);
    }

    [Fact]
    public async Task A_model_that_takes_tables_is_asked_without_them()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.jsonl", string.Join('\n', Enumerable.Range(0, 5000).Select(i => i % 7 == 3 ? "{" : $$"""{"id":{{i}},"distance":{{i % 13}},"passengers":1,"zone":"a"}""")));

        var done = await job.RunAsync(Options(job, input) with { Query = "table" });

        Assert.Equal(714, done.Bad);
        Assert.Equal(5000, done.Rows);
    }

    private static BatchOptions Options(RidesJob job, string input) => new()
    {
        Input = input,
        Output = job.At("out.csv"),
        Query = "predict",
        Key = ["id"],
        Quarantine = job.At("bad.jsonl"),
    };
}
