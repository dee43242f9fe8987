using EnvelopeSdk.Batch.Parquet;
using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Times in Parquet files that others than the engine of a job have written.</summary>
public sealed class ParquetTests
{
    // The column x of each has times of which the engine would drop parts of a second. Written with ParquetSharp.
    private const string NanosecondsOfUtc =
        "UEFSMRUEFSAVJEwVBBUAEgAAEDy8zIU9/pyXFxXNhT3+nJcXFQAVBhUKLBUEFRAVBhUGAAADCAEDAhUEFSAVJEwVBBUAEgAAEDz//////////wDKhT3+nJcXFQAVBhUKLBUEFRAVBhUGAAADCAEDAhkRAhkYCLzMhT3+nJcXGRgIFc2FPf6clxcVAhkWAAAZEQIZGAj//////////xkYCADKhT3+nJcXFQIZFgAAGRwWSBUsFgAAABkcFrQBFSwWAAAAFQQZLDUAGAZzY2hlbWEVAgAVBCUAGAF4bIwRHDwAAAAAABYIGSwZHCYAHBUEGTUABhAZGAF4FQIWBBZkFmwmSCYIHBgIFc2FPf6clxcYCLzMhT3+nJcXFgAoCBXNhT3+nJcXGAi8zIU9/pyXFxERABksFQQVABUCABUAFRAVAgAAFtwCFRQW4AEVPgAWZBYEJggWbAAZHCYAHBUEGTUABhAZGAF4FQIWBBZkFmwmtAEmdBwYCADKhT3+nJcXGAj//////////xYAKAgAyoU9/pyXFxgI//////////8REQAZLBUEFQAVAgAVABUQFQIAABbwAhUWFp4CFT4AFmQWBCZ0FmwAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI1LjAuMRkcHAAAAC0BAABQQVIx";

    private const string Int96 =
        "UEFSMRUEFTAVNEwVBBUAEgAAGFy8bBQ4RgMAAIw9JQAVbRQ4RgMAAIw9JQAVABUGFQosFQQVEBUGFQYAAAMIAQMCGRwWWBUsFgAAABUEGSw1ABgGc2NoZW1hFQIAFQYlABgBeAAWBBkcGRwmABwVBhk1AAYQGRgBeBUCFgQWdBZ8JlgmCCksFQQVABUCABUAFRAVAgAAFoQBFRQAFnQWBCYIFnwAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI1LjAuMRkcHAAAAIEAAABQQVIx";

    [Theory]
    [InlineData(NanosecondsOfUtc), InlineData(Int96)]
    public async Task Times_that_would_be_cut_to_microseconds_are_refused_until_a_query_says_so(string file)
    {
        using var job = await RidesJob.StartAsync();
        await File.WriteAllBytesAsync(job.At("in.parquet"), Convert.FromBase64String(file));
        var options = new BatchOptions { Input = job.At("in.parquet"), Output = job.At("out.csv"), Query = "usual" };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains("x: No file can keep a time in nanoseconds, of which microseconds would be read, as it is.", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(job.At("out.csv")));
        await job.RunAsync(options with { Input = $"SELECT x::TIMESTAMP AS x, 1.5::DOUBLE AS distance FROM '{job.At("in.parquet")}'" });
    }

    [Theory]
    [InlineData("TIMESTAMP '2024-01-02 03:04:05'", "TIMESTAMP_NS '2024-01-02 03:04:05.123456789'")]
    [InlineData("TIMESTAMP_NS '2024-01-02 03:04:05.123456789'", "TIMESTAMP '2024-01-02 03:04:05'")]
    [InlineData("{'at': TIMESTAMP '2024-01-02 03:04:05'}", "{'at': TIMESTAMP_NS '2024-01-02 03:04:05.123456789'}")]
    public async Task Files_of_which_some_have_finer_times_are_no_one_table(string first, string second)
    {
        using var job = await RidesJob.StartAsync();
        job.Table($"SELECT 1.5::DOUBLE AS distance, {first} AS x", "in-1.parquet");
        job.Table($"SELECT 1.5::DOUBLE AS distance, {second} AS x", "in-2.parquet");
        var options = new BatchOptions { Input = job.At("in-*.parquet"), Output = job.At("out.parquet"), Query = "usual" };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains("The column 'x' is", failure.Message, StringComparison.Ordinal);
        Assert.Contains("TIMESTAMP_NS", failure.Message, StringComparison.Ordinal);
        job.Table($"SELECT 1.5::DOUBLE AS distance, {first} AS x", "in-2.parquet");
        Assert.Equal(2, (await job.RunAsync(options)).Answered);
    }

    [Fact]
    public async Task Decimal_numbers_of_more_digits_than_the_engine_has_are_refused_and_those_that_it_has_are_not()
    {
        using var job = await RidesJob.StartAsync();
        var file = await File.ReadAllBytesAsync(job.Table("SELECT 1.5::DOUBLE AS distance, 1234.56::DECIMAL(38, 2) AS x"));
        byte[] digits = [0x15, 0x04, 0x15, 2 * 38]; // scale and precision, as Thrift writes them
        for (var at = file.AsSpan().IndexOf(digits); at >= 0; at = file.AsSpan().IndexOf(digits))
        {
            file[at + 3] = 2 * 40;
        }

        await File.WriteAllBytesAsync(job.At("wide.parquet"), file);
        var options = new BatchOptions { Input = job.At("wide.parquet"), Output = job.At("out.csv"), Query = "usual" };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains("x: No file can keep a decimal number of more than 38 digits, which would be read as a rounded one, as it is.", failure.Message, StringComparison.Ordinal);
        await job.RunAsync(options with { Input = job.At("in.parquet") });
        Assert.Equal(["distance,x,prediction", "1.5,1234.56,3.0"], await File.ReadAllLinesAsync(job.At("out.csv")));
    }

    [Fact]
    public async Task A_file_that_is_changed_while_its_rows_are_answered_ends_the_job_and_one_whose_rows_were_taken_does_not()
    {
        using var job = await RidesJob.StartAsync();
        const string Rows = "SELECT i::DOUBLE AS distance FROM range(300) r(i)";
        job.Table(Rows);
        job.Query($"COPY ({Rows}) TO '{job.At("in.csv")}'");
        var options = new BatchOptions { Input = job.At("in.parquet"), Output = job.At("out.csv"), Query = "usual", RowsPerPart = 100 };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options, Changing(job.At("in.parquet"))));
        var done = await job.RunAsync(options with { Input = job.At("in.csv"), Output = job.At("taken.csv") }, Changing(job.At("in.csv")));

        Assert.Contains($"'{job.At("in.parquet")}' was changed while its rows were answered", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(job.At("out.csv")));
        Assert.Equal(300, done.Answered);
        Assert.Equal(300, (await job.RunAsync(options with { Overwrite = true })).Answered);

        static Heard Changing(string file) => new(progress => File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(progress.Rows)));
    }

    [Fact]
    public async Task Times_that_Spark_has_written_are_read_again_when_a_job_has_kept_them()
    {
        using var job = await RidesJob.StartAsync();
        await File.WriteAllBytesAsync(job.At("x.parquet"), Convert.FromBase64String(Int96));
        var footer = ParquetFooter.Read(job.At("x.parquet"));
        var key = "org.apache.spark.version"u8;
        footer.Metadata.Set(ParquetFooter.KeyValues, [(ReadOnlyMemory<byte>)(byte[])[0x18, (byte)key.Length, .. key, 0x18, 1, (byte)'4', 0]]);
        await using (var file = File.Create(job.At("in.parquet")))
        {
            file.Write((await File.ReadAllBytesAsync(footer.Path)).AsSpan(0, (int)footer.Begin));
            ParquetFooter.Write(file, footer.Metadata);
        }

        await job.RunAsync(new() { Input = job.At("in.parquet"), Output = job.At("out.parquet"), Query = "flat" });
        await job.RunAsync(new() { Input = job.At("out.parquet"), Output = job.At("again.parquet"), Query = "flat", Answer = "second" });

        Assert.Equal(job.Rows($"SELECT x::TIMESTAMP AS x FROM '{job.At("in.parquet")}'"), job.Rows($"SELECT x FROM '{job.At("again.parquet")}'"));
    }

    [Fact]
    public async Task Times_that_would_be_cut_are_no_matter_where_nobody_asks_for_them()
    {
        using var job = await RidesJob.StartAsync();
        await File.WriteAllBytesAsync(job.At("x.parquet"), Convert.FromBase64String(NanosecondsOfUtc));
        var input = job.Table("SELECT 1.5::DOUBLE AS distance, TIMESTAMP_NS '2024-01-02 03:04:05.123456789' AS x");

        await job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "usual" });

        Assert.Equal(["""{"x":"2024-01-02 03:04:05.123456789"}"""], job.Rows($"SELECT x FROM '{job.At("out.parquet")}'"));
    }

    [Fact]
    public async Task A_time_of_day_that_would_be_cut_is_refused_too()
    {
        using var job = await RidesJob.StartAsync();
        var file = await File.ReadAllBytesAsync(job.Table("SELECT 1.5::DOUBLE AS distance, TIME_NS '01:02:03.123456789' AS x"));
        var type = file.AsSpan().LastIndexOf<byte>([0x7C, 0x12, 0x1C, 0x3C]); // TimeType, not of UTC, in nanoseconds, as Thrift writes it
        file[type + 1] = 0x11; // of UTC
        var options = new BatchOptions { Input = job.At("utc.parquet"), Output = job.At("out.csv"), Query = "usual" };
        await File.WriteAllBytesAsync(job.At("utc.parquet"), file);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains("x: No file can keep a time in nanoseconds, of which microseconds would be read, as it is.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_of_day_is_one_whatever_the_file_says_of_UTC()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("SELECT 1.5::DOUBLE AS distance, TIMETZ '23:59:59.123456+00' AS x, TIME_NS '01:02:03.123456789' AS y");

        await job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "usual" });

        await job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "usual" });

        Assert.Equal(["distance,x,y,prediction", "1.5,23:59:59.123456,01:02:03.123456789,3.0"], await File.ReadAllLinesAsync(job.At("out.csv")));
        Assert.Equal(["""{"x":"TIME"}"""], job.Rows($"SELECT typeof(x) AS x FROM '{job.At("out.parquet")}'"));
    }

    [Fact]
    public async Task Times_come_through_a_file_of_Arrow_as_they_were()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table(
            """
            SELECT 1.5::DOUBLE AS distance, TIMETZ '23:59:59.123456+00' AS x, TIME_NS '01:02:03.123456789' AS y, TIME '01:02:03.123456' AS z,
              TIMESTAMP_NS '2024-01-02 03:04:05.123456789' AS t, TIMESTAMPTZ '2024-01-02 03:04:05.5+00' AS p
            """);

        await job.RunAsync(new() { Input = input, Output = job.At("between.arrow"), Query = "usual" });
        await job.RunAsync(new() { Input = job.At("between.arrow"), Output = job.At("out.csv"), Query = "usual", Answer = "again" });

        Assert.Equal(
            "1.5,23:59:59.123456,01:02:03.123456789,01:02:03.123456,2024-01-02T03:04:05.123456789,2024-01-02T03:04:05.5+00:00,3.0,3.0",
            (await File.ReadAllLinesAsync(job.At("out.csv")))[1]);
    }

    [Theory]
    [InlineData(3), InlineData(100), InlineData(0)]
    public async Task A_file_that_is_cut_is_named_with_what_to_do_wherever_it_is_among_others(int length)
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At("in"));
        job.Table("SELECT 1.5::DOUBLE AS distance", "in/a.parquet");
        var whole = await File.ReadAllBytesAsync(job.Table("SELECT 1.5::DOUBLE AS distance", "in/b.parquet"));
        await File.WriteAllBytesAsync(job.At("in/b.parquet"), whole[..length]);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = job.At("in"), Output = job.At("out.csv"), Query = "usual" }));

        Assert.StartsWith($"'{job.At("in/b.parquet")}' is no whole Parquet file that can be read: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Make it anew.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1::JSON", "'abc'"), InlineData("[1::JSON]", "['abc']"), InlineData("{'a': 'abc'}", "{'a': 1::JSON}")]
    public async Task Files_of_which_one_has_JSON_and_another_text_are_refused_before_a_row_is_read(string first, string second)
    {
        using var job = await RidesJob.StartAsync();
        job.Table($"SELECT 1.5::DOUBLE AS distance, {first} AS j", "a.parquet");
        job.Table($"SELECT 1.5::DOUBLE AS distance, {second} AS j", "b.parquet");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = job.At("[ab].parquet"), Output = job.At("out.parquet"), Query = "usual" }));

        Assert.StartsWith("The column 'j' is ", failure.Message, StringComparison.Ordinal);
    }
}
