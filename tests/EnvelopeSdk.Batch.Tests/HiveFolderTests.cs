using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Files in folders that say what a column has in all of them.</summary>
public sealed class HiveFolderTests
{
    private const string Query = "SELECT * FROM ";

    [Theory]
    [InlineData("parquet", ""), InlineData("csv", ""), InlineData("jsonl", "")]
    [InlineData("parquet", "**/*.parquet"), InlineData("csv", "zone=*/*.csv"), InlineData("jsonl", "*/part.jsonl")]
    public async Task A_column_that_folders_name_and_files_lack_is_refused_with_a_query_that_reads_it(
        string ending, string pattern)
    {
        using var job = await RidesJob.StartAsync();
        Parts(job, ending, "zone=ab", "zone=abc");
        var options = Options(job, Path.Combine(job.At("in"), pattern));

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Equal(EnvelopeError.Invalid, refused.Error);
        Assert.Contains("has folders such as 'zone=ab", refused.Message, StringComparison.Ordinal);
        Assert.Contains("its files have no column 'zone', which would be missing", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(job.At("out.csv.parts")));

        await job.RunAsync(options with
        {
            Input = refused.Message[refused.Message.IndexOf(Query, StringComparison.Ordinal)..],
            Key = ["zone"],
        });
        Assert.Equal(["zone,prediction", "ab,7.0", "abc,8.0"], File.ReadAllLines(job.At("out.csv")));
    }

    [Fact]
    public async Task Of_files_that_no_query_reads_those_of_one_folder_are_to_be_named()
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At("in/zone=ab"));
        await job.RunAsync(new()
        {
            Input = job.Table("SELECT 1::DOUBLE AS distance, 1 AS passengers"),
            Output = job.At("in/zone=ab/part.arrow"),
            Query = "predict",
            Answer = "first",
        });

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job, job.At("in"))));
        var done = await job.RunAsync(Options(job, job.At("in/zone=ab")) with { Key = ["distance"] });

        Assert.EndsWith("Name the files of one folder.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, done.Answered);
    }

    [Theory]
    [InlineData("parquet", "ZONE=other"), InlineData("csv", "zone=other"), InlineData("jsonl", "zone=other")]
    [InlineData("parquet", "other"), InlineData("csv", "=other")]
    public async Task A_column_that_the_files_have_is_read_wherever_they_lie(string ending, string folder)
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At($"in/{folder}"));
        job.Query($"COPY (SELECT 1::DOUBLE AS distance, 2 AS passengers, 'ab' AS zone) TO '{job.At($"in/{folder}/part.{ending}")}' (FORMAT {(ending == "jsonl" ? "json" : ending)})");

        await job.RunAsync(Options(job, job.At("in")) with { Key = ["zone"] });

        Assert.Equal(["zone,prediction", "ab,7.0"], File.ReadAllLines(job.At("out.csv")));
    }

    [Fact]
    public async Task The_folder_that_was_named_may_be_called_as_it_likes()
    {
        using var job = await RidesJob.StartAsync();
        Parts(job, "parquet", "zone=ab");

        foreach (var input in (string[])["in/zone=ab", "in/zone=ab/*.parquet", "in/zone=ab/part.parquet"])
        {
            Assert.Equal(1, (await job.RunAsync(Options(job, job.At(input)) with { Overwrite = true })).Answered);
        }
    }

    private static BatchOptions Options(RidesJob job, string input) => new()
    {
        Input = input,
        Output = job.At("out.csv"),
        Query = "predict",
    };

    private static void Parts(RidesJob job, string ending, params string[] folders)
    {
        foreach (var folder in folders)
        {
            Directory.CreateDirectory(job.At($"in/{folder}"));
            job.Query($"COPY (SELECT 1::DOUBLE AS distance, 2 AS passengers) TO '{job.At($"in/{folder}/part.{ending}")}' (FORMAT {(ending == "jsonl" ? "json" : ending)})");
        }
    }
}
