using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Batches;
using EnvelopeSdk.Registry.Batches.Jobs;
using EnvelopeSdk.Registry.Deploying;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>What jobs are told to read and write.</summary>
public sealed class JobWordTests
{
    [Fact]
    public void What_is_read_is_of_the_run_as_what_is_written_is_and_braces_of_a_query_stay()
    {
        var start = new DateTimeOffset(2026, 3, 1, 2, 30, 0, TimeSpan.Zero);
        var run = new BatchRun(
            7, "nightly", 1, "prices", null, BatchRunState.Running, null, start, "cron", start, null, null, null, 1, "/out.csv", null, null);

        Assert.Contains("--input=/in/2026-03-01-023000-7.csv", Words("/in/{date}-{time}-{run}.csv"));
        Assert.Contains("--input=SELECT {'a': 1} AS x", Words("SELECT {'a': 1} AS x"));

        IReadOnlyList<string> Words(string input) =>
            JobWords.Of(run, new() { Input = input, Output = "/out.csv" }, "run", "/spill");
    }

    [Fact]
    public void What_is_read_is_not_written_too()
    {
        var failure = Assert.Throws<EnvelopeException>(
            () => BatchCheck.Run(new() { Envelope = "prices", Input = "/a.csv", Output = "/a.csv" }));

        Assert.Contains(SettingsFault.Of(failure), one => one.Pointer == "/output" && one.Detail.StartsWith("It is what the batch reads.", StringComparison.Ordinal));
        BatchCheck.Run(new() { Envelope = "prices", Input = "/a.csv", Output = "/b.csv" });
    }
}
