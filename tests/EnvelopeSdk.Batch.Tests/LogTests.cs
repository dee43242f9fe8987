using System.Text.Json;
using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>What is kept of each call.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task The_log_has_what_the_model_was_asked_and_answered_as_the_service_would_write_it()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table(
            """
            SELECT i AS id, CASE WHEN i % 10 = 3 THEN -1 ELSE i + 0.5 END::DOUBLE AS distance, 2 AS passengers,
              CASE WHEN i % 2 = 0 THEN '0' || i END AS zone FROM range(100) t(i)
            """);

        var done = await job.RunAsync(new()
        {
            Input = input,
            Output = job.At("out.parquet"),
            Query = "predict",
            Key = ["id"],
            RowsPerPart = 30,
            Log = job.At("log.parquet"),
            Quarantine = job.At("bad.csv"),
        });

        Assert.Equal((100, 90, 10), (done.Rows, done.Answered, done.Bad));
        var rows = job.RowsOf(job.At("log.parquet"));
        Assert.Equal(90, rows.Count);
        var last = JsonElement.Parse(rows[^1]);
        Assert.Equal("""{"distance":99.5,"passengers":2,"zone":null}""", last.GetProperty("inputs").GetString());
        Assert.Equal("202", last.GetProperty("answer").GetString());
        Assert.Equal((100, 99), (last.GetProperty("row").GetInt32(), last.GetProperty("id").GetInt32()));
        Assert.Equal(("predict", done.Id), (last.GetProperty("query").GetString(), last.GetProperty("run").GetString()));
        Assert.StartsWith("rides@sha256:", last.GetProperty("envelope").GetString(), StringComparison.Ordinal);
        Assert.Equal(["id", "prediction"], job.Rows($"SELECT column_name FROM (DESCRIBE SELECT * FROM '{job.At("out.parquet")}')").Select(row => row.Split('"')[3]));
        Assert.Equal(90, job.RowsOf(job.At("out.parquet")).Count);
    }

    [Fact]
    public async Task A_job_that_was_done_without_this_log_is_done_again_for_it()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = job.Table("SELECT 1::DOUBLE AS distance, 1 AS passengers"),
            Output = job.At("out.parquet"),
            Query = "predict",
            Log = job.At("log.parquet"),
            Overwrite = true,
        };
        await job.RunAsync(options);

        await job.RunAsync(options with { Log = job.At("other.parquet") });

        Assert.Single(job.RowsOf(job.At("other.parquet")));
    }

    [Fact]
    public async Task What_the_log_says_of_itself_no_key_may_be_called()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = job.Table("SELECT 1::DOUBLE AS distance, 1 AS passengers, 'x' AS run"),
            Output = job.At("out.parquet"),
            Query = "predict",
            Log = job.At("log.parquet"),
        };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options with { Key = ["run"] }));

        Assert.Contains("run: --log has a column of this name.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await job.RunAsync(options)).Answered); // without a key the log has none of its columns
    }
}
