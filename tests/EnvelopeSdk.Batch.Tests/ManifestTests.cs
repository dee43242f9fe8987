using System.Text.Json;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Tool.Tests;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>What a job says with <c>--json</c>, in the form that is published.</summary>
public sealed class ManifestTests
{
    [Fact]
    public async Task Each_member_of_what_a_job_says_is_in_the_published_schema()
    {
        using var job = await RidesJob.StartAsync();
        var files = new BatchOptions
        {
            Input = job.Text("in.csv", "id,distance,passengers\n1,1,1\n2,far,1\n"),
            Output = job.At("out.parquet"),
            Query = "predict",
            Key = ["id"],
            Quarantine = job.At("bad.csv"),
            Log = job.At("log.parquet"),
            Shard = Shard.Parse("0/1"),
        };
        var table = new BatchOptions
        {
            Input = "SELECT 1.5::DOUBLE AS distance, 1 AS passengers",
            Output = $"{job.At("rides.duckdb")}#prices",
            Query = "predict",
            Run = "nightly",
        };

        var done = await job.RunAsync(files);
        var again = await job.RunAsync(files);
        var named = await job.RunAsync(table);

        Assert.Equal((1, true, "nightly"), (done.Bad, again.Before, named.Job.Run));
        Assert.All(
            (RunManifest[])[done, again, named],
            one => OutputSchema.Holds("batch", JsonSerializer.SerializeToNode(one, RunJsonContext.Default.RunManifest)!));
    }

    [Fact]
    public async Task The_same_files_are_the_same_rows_however_they_are_named()
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At("rides"));
        var options = new BatchOptions
        {
            Input = job.Text("rides/in.csv", "distance,passengers\n1,1\n2,1\n"),
            Output = $"{job.At("rides.duckdb")}#prices",
            Query = "predict",
            Append = true,
        };
        string[] names =
        [
            Path.GetRelativePath(Environment.CurrentDirectory, options.Input), job.At("rides"), job.At("rides/./in.csv"),
            job.At("rides/../rides/in.csv"), job.At("r*/*.csv"),
        ];

        var done = await job.RunAsync(options);
        foreach (var name in names)
        {
            Assert.Equal((true, done.Finished), await job.RunAsync(options with { Input = name }) is var again ? (again.Before, again.Finished) : default);
        }

        job.Text("rides/more.csv", "distance,passengers\n3,1\n");
        Assert.Null((await job.RunAsync(options with { Input = job.At("rides") })).Before);
    }

    [Fact]
    public async Task The_same_columns_are_the_same_rows_however_they_are_named()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = job.Text("in.csv", "Id,Distance,passengers\n7,1,1\n8,2,1\n"),
            Output = $"{job.At("rides.duckdb")}#prices",
            Query = "predict",
            Key = ["Id"],
            Append = true,
        };

        var done = await job.RunAsync(options);
        var again = await job.RunAsync(options with
        {
            Key = ["id", "ID"],
            Map = new Dictionary<string, string> { ["distance"] = "distance", ["passengers"] = "passengers" },
        });
        var other = await job.RunAsync(options with { Map = new Dictionary<string, string> { ["passengers"] = "id" } });

        Assert.Equal("Id", Assert.Single(done.Job.Key));
        Assert.Equal(("Distance", true, null), (done.Job.Map["distance"], again.Before, other.Before));
    }

    [Fact]
    public async Task A_key_that_several_columns_are_but_for_their_case_is_none()
    {
        using var job = await RidesJob.StartAsync();
        var model = await job.OpenAsync();
        var plan = (IReadOnlyList<string> keys) => RowPlan.Of(
            JobQuery.Find(model, "predict"), model.Content.Record.Schema, [Of("id"), Of("ID"), Of("distance"), Of("passengers")],
            ValueForm.Text, new() { Input = "in.csv", Output = "out.csv", Key = keys });

        Assert.Equal(["ID"], plan(["ID"]).Key);
        var failure = Assert.Throws<EnvelopeException>(() => plan(["Id"]));
        Assert.Contains("--key Id: Several columns are called so but for their case: 'id', 'ID'.", failure.Message, StringComparison.Ordinal);

        static Column Of(string name) => new(name, new(ColumnKind.Text, "VARCHAR"));
    }

    [Fact]
    public async Task A_named_run_of_a_query_is_the_same_when_its_table_has_more_columns_since()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = $"SELECT * FROM '{job.Table("SELECT 1.5::DOUBLE AS distance, 1 AS passengers")}'",
            Output = $"{job.At("rides.duckdb")}#prices",
            Query = "predict",
            Append = true,
            Run = "monday",
        };
        await job.RunAsync(options);
        job.Table("SELECT 1.5::DOUBLE AS distance, 1 AS passengers, 'A' AS zone");

        Assert.True((await job.RunAsync(options)).Before);
    }
}
