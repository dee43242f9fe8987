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
    public async Task Of_files_that_no_query_reads_the_column_is_to_be_written_into_them()
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
        Assert.EndsWith("Write it into the files.", refused.Message, StringComparison.Ordinal);
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

    [Theory]
    [InlineData("in/zone=ab"), InlineData("in/zone=ab/*.csv"), InlineData("in/zone=ab/part.csv"), InlineData("in/Zone=ab/below/*.csv")]
    public async Task A_parameter_that_the_folder_that_was_named_says_has_not_its_default_in_silence(string input)
    {
        using var job = await RidesJob.StartAsync();
        Parts(job, "csv", Path.GetDirectoryName(input[3..])!.TrimEnd('/') is { Length: > 0 } folder ? folder : "zone=ab");
        var options = Options(job, job.At(input));

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains("The files have no column 'zone', and '", refused.Message, StringComparison.OrdinalIgnoreCase);
        var query = refused.Message[refused.Message.IndexOf(Query, StringComparison.Ordinal)..].Split('\n')[0];
        await job.RunAsync(options with { Input = query, Key = ["zone"] });
        Assert.Equal("ab,7.0", File.ReadAllLines(job.At("out.csv"))[1]);
    }

    [Theory]
    [InlineData("in/part-0.csv", "in/zone=ab/part.csv"), InlineData("in/year=1/a.csv", "in/year=1/month=2/b.csv")]
    public async Task Files_of_which_some_are_in_such_folders_and_have_the_column_are_read(string one, string other)
    {
        using var job = await RidesJob.StartAsync();
        foreach (var file in (string[])[one, other])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(job.At(file))!);
            await File.WriteAllTextAsync(job.At(file), "distance,passengers,zone,year,month\n1,2,abc,1,2\n");
        }

        Assert.Equal(2, (await job.RunAsync(Options(job, job.At("in")))).Answered);
    }

    [Fact]
    public async Task The_folder_that_was_named_may_be_called_as_it_likes_where_no_parameter_is_or_the_files_have_it()
    {
        using var job = await RidesJob.StartAsync();
        Parts(job, "parquet", "day=ab");

        foreach (var input in (string[])["in/day=ab", "in/day=ab/*.parquet", "in/day=ab/part.parquet"])
        {
            Assert.Equal(1, (await job.RunAsync(Options(job, job.At(input)) with { Overwrite = true })).Answered);
        }

        Directory.CreateDirectory(job.At("in/zone=ab"));
        await File.WriteAllTextAsync(job.At("in/zone=ab/part.csv"), "distance,passengers,zone\n1,2,abc\n");
        await job.RunAsync(Options(job, job.At("in/zone=ab")) with { Overwrite = true, Key = ["zone"] });
        Assert.Equal("abc,8.0", File.ReadAllLines(job.At("out.csv"))[1]);
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
