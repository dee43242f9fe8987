using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Lines of JSON that cannot be read, which are put aside as rows that cannot be answered.</summary>
public sealed class UnreadRowTests
{
    private static readonly string[] Json =
    [
        """{"id":1,"distance":1,"passengers":1}""", """{"id":2,"distanze":2,"passengers":""", "", "[3]",
        """{"id":4,"distance":-4,"passengers":1}""", """{"id":5,"distance":5,"passengers":1}""",
    ];

    [Fact]
    public async Task Lines_that_are_no_objects_are_put_aside_with_their_places_and_what_was_read_in_front_of_the_fault()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.jsonl", string.Join('\n', Json));

        var done = await job.RunAsync(Options(job, input));

        Assert.Equal((5, 2, 3), (done.Rows, done.Answered, done.Bad));
        Assert.Equal(["id,prediction", "1,4.0", "5,12.0"], await File.ReadAllLinesAsync(job.At("out.csv")));
        Assert.Equal(
            [
                $$"""{"id":2,"fault_column":null,"fault_reason":"line 2 of '{{input}}' is no object of JSON: what is wrong is at the member 'passengers' or behind it"}""",
                $$"""{"id":null,"fault_column":null,"fault_reason":"line 4 of '{{input}}' is no object of JSON"}""",
            ],
            job.RowsOf(job.At("bad.jsonl")).Where(row => row.Contains("line", StringComparison.Ordinal)));
        Assert.Contains("""{"id":4,"fault_column":"distance",""", job.RowsOf(job.At("bad.jsonl"))[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_a_line_that_can_be_read_ends_a_job()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.jsonl", "{\n[3]\n");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job, input)));

        Assert.StartsWith($"Line 1 of '{input}' is no object of JSON", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("No line of the input is one.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_without_members_is_a_row_beside_them()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.jsonl", "{\"odd\":1,\n{}\n");

        var done = await job.RunAsync(Options(job, input) with { Query = "usual", Key = [] });

        Assert.Equal((2, 1, 1), (done.Rows, done.Answered, done.Bad));
        Assert.Equal(["prediction", "10.0"], await File.ReadAllLinesAsync(job.At("out.csv")));
    }

    /// <summary>A quote that is not closed may have taken all lines behind it for one value.</summary>
    [Fact]
    public async Task A_line_of_a_csv_file_that_cannot_be_read_ends_a_job_all_the_same()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.csv", "id,distance,passengers\n1,1,1\n3,\"3,1\n4,4,1\n5\",5,1\n6,6,1\n");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job, input)));

        Assert.Contains("has 4 values, and there are 3 columns", failure.Message, StringComparison.Ordinal);
        Assert.Equal([input], Directory.EnumerateFiles(job.At("."), "*.csv").Select(Path.GetFullPath));
    }

    [Fact]
    public async Task There_may_be_as_many_of_them_as_of_other_rows_that_cannot_be_answered()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, job.Text("in.jsonl", """{"id":1,"distance":1,"passengers":1}""" + "\n2\n3\n"));

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

        Assert.Equal((5000, 714), (done.Rows, done.Bad));
        Assert.Equal(["""{"n":714,"c":0}"""], job.Rows($"SELECT count(*) AS n, count(fault_column) AS c FROM '{job.At("bad.jsonl")}'"));
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
