using System.Text;
using System.Text.Json;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Files of Arrow that another implementation reads and writes: that of JavaScript, from npm.</summary>
public sealed class ArrowPeerTests
{
    /// <summary>The directory of the packages, beside that of their commands.</summary>
    private static readonly string? Modules = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(path => new[] { Path.Combine(path, ".."), Path.Combine(path, "..", "lib", "node_modules") })
        .FirstOrDefault(modules => Directory.Exists(Path.Combine(modules, "apache-arrow")));

    [PeerFact]
    public async Task The_peer_reads_what_a_job_wrote_as_the_same()
    {
        using var job = await RidesJob.StartAsync();
        var options = new Runs.BatchOptions
        {
            Input = job.Table(
                """
                SELECT i AS id, i % 900 + 0.5::DOUBLE AS distance, 1 AS passengers, i % 3 = 0 AS flag, (i % 5)::UTINYINT AS tiny,
                  (i % 8)::FLOAT / 4 AS single, CASE WHEN i % 4 > 0 THEN repeat('ä', (i % 4)::INT) END AS zone,
                  CASE WHEN i % 2 = 0 THEN [i, NULL] END AS list, {a: i, b: [i::VARCHAR]} AS part
                FROM range(70000) t(i)
                """),
            Output = job.At("out.parquet"),
            Query = "predict",
        };
        await job.RunAsync(options);

        await job.RunAsync(options with { Output = job.At("out.arrow") });

        var read = Encoding.UTF8.GetString(await RunAsync("read", job.At("out.arrow"))).TrimEnd().Split('\n');
        Assert.Equal(70_000, read.Length);
        Assert.All(
            job.RowsOf(job.At("out.parquet")).Zip(read),
            one => Assert.True(JsonElement.DeepEquals(JsonElement.Parse(one.First), JsonElement.Parse(one.Second)), $"{one}"));
    }

    [PeerTheory]
    [InlineData("stream"), InlineData("stream", "large")]
    [InlineData("file"), InlineData("file", "plain"), InlineData("file", "large")]
    public async Task A_job_reads_what_the_peer_wrote_as_the_same(string format, string size = "")
    {
        using var job = await RidesJob.StartAsync();
        await RunAsync("write", job.At("in.arrow"), format, "6000", size);

        await job.RunAsync(new() { Input = job.At("in.arrow"), Output = job.At("out.parquet"), Query = "predict" });

        Assert.Equal(
            job.Rows(
                """
                SELECT i::INT AS id, i % 900 + 0.5::DOUBLE AS distance, (i % 3)::INT AS passengers,
                  CASE WHEN i % 7 > 0 THEN 'zone ' || (i % 50 + CASE WHEN i >= 3000 THEN 25 ELSE 0 END) END AS zone,
                  i % 2 = 0 AS flag, distance * 2 + passengers + coalesce(length(zone), 0) + 1 AS prediction
                FROM range(6000) t(i)
                """),
            job.RowsOf(job.At("out.parquet")));
    }

    private static Task<byte[]> RunAsync(params string[] arguments) => Programs.RunAsync(
        "env", ["NODE_PATH=" + Path.GetFullPath(Modules!), "node", Path.Combine(AppContext.BaseDirectory, "Peers", "arrow.cjs"), .. arguments]);

    private static string? WhySkipped => Modules is null ? "Not installed: npm install -g apache-arrow" : null;

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class PeerFactAttribute : FactAttribute
    {
        public PeerFactAttribute() => Skip = WhySkipped;
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class PeerTheoryAttribute : TheoryAttribute
    {
        public PeerTheoryAttribute() => Skip = WhySkipped;
    }
}
