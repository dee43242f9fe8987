using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Inputs that are not what they seem, each with words that name it and say what helps.</summary>
public sealed class MisreadInputTests
{
    [Theory]
    [InlineData("in.duckdb"), InlineData("in.sqlite")]
    public async Task A_table_with_a_dot_in_its_name_is_asked_for_by_the_query_that_is_said(string file)
    {
        using var job = await RidesJob.StartAsync();
        await MakeAsync(job, file, "CREATE TABLE \"we ird.t\" AS SELECT CAST(1.5 AS DOUBLE) AS distance");

        foreach (var name in (string[])["we ird.t", "\"we ird.t\""])
        {
            var refused = await RefusedAsync(job, $"{job.At(file)}#{name}");
            Assert.Contains("a table with a dot in its name", refused.Message, StringComparison.Ordinal);
            var cure = refused.Message[refused.Message.IndexOf("rows: '", StringComparison.Ordinal)..]["rows: '".Length..^2];
            Assert.Equal(1, (await RunAsync(job, cure)).Answered);
            File.Delete(job.At("out.csv"));
        }
    }

    [Fact]
    public async Task Something_behind_what_was_packed_is_said_with_the_input()
    {
        using var job = await RidesJob.StartAsync();
        await using (var packed = new GZipStream(File.Create(job.At("in.csv.gz")), CompressionMode.Compress))
        {
            await packed.WriteAsync("distance\n1.5\n"u8.ToArray());
        }

        await File.AppendAllTextAsync(job.At("in.csv.gz"), "garbage");

        var refused = await RefusedAsync(job, job.At("in.csv.gz"));

        Assert.Equal(EnvelopeError.Damaged, refused.Error);
        Assert.Contains("in.csv.gz' that is called .gz is not packed with gzip, or has something behind that. Make it anew.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_in_UTF_16_is_known_by_its_zeros_where_no_mark_begins_it()
    {
        using var job = await RidesJob.StartAsync();
        await File.WriteAllBytesAsync(job.At("in.csv"), new UnicodeEncoding(false, byteOrderMark: false).GetBytes("distance\n1.5\n"));

        var refused = await RefusedAsync(job, job.At("in.csv"));

        Assert.Contains("is not in UTF-8. Write the file in UTF-8, or convert it with iconv.", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_of_Arrow_without_a_name_is_said_to_be_one()
    {
        using var job = await RidesJob.StartAsync();
        await job.RunAsync(new() { Input = job.Table("SELECT 1.5::DOUBLE AS distance, 'a' AS qqqq"), Output = job.At("in.arrows.arrow"), Query = "usual" });
        var bytes = await File.ReadAllBytesAsync(job.At("in.arrows.arrow"));
        for (int at; (at = bytes.AsSpan().IndexOf("\u0004\0\0\0qqqq"u8)) >= 0;)
        {
            bytes[at] = 0;
            bytes[at + 4] = 0;
        }

        await File.WriteAllBytesAsync(job.At("in.arrow"), bytes);

        Assert.EndsWith(
            "in.arrow' has a column without a name. Give it one where the file is written.",
            (await RefusedAsync(job, job.At("in.arrow"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("left.distance,left.passengers\n1,2\n", "left.distance: There is no column 'distance'. Say that 'left.distance' is meant with --map left.distance=left.distance.")]
    [InlineData("distance,passengers,right.distance,right.passengers\n1,2,3,4\n", "right: There is no column 'right', and 'right.distance' may be meant: say so with --map right.distance=\"right.distance\"")]
    public async Task Columns_that_are_called_as_the_places_of_members_are_said_to_be_meant(string table, string words)
    {
        using var job = await RidesJob.StartAsync();
        await File.WriteAllTextAsync(job.At("in.csv"), table);

        Assert.Contains(words, (await RefusedAsync(job, job.At("in.csv"), "longer")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_is_no_place_of_a_parameter_is_none_that_is_meant()
    {
        using var job = await RidesJob.StartAsync();
        await File.WriteAllTextAsync(job.At("in.csv"), "distance,passengers,right.of\n1,2,3\n");

        Assert.Equal(1, (await RunAsync(job, job.At("in.csv"), "longer")).Answered);
    }

    [Fact]
    public async Task A_query_over_files_that_are_not_there_says_which()
    {
        using var job = await RidesJob.StartAsync();

        var refused = await RefusedAsync(job, $"SELECT * FROM '{job.At("none.csv")}'");

        Assert.Equal(EnvelopeError.NotFound, refused.Error);
        Assert.Contains("none.csv\". Name files that are there in the query.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_other_files_is_read_by_the_pattern_that_is_said()
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At("in"));
        await File.WriteAllTextAsync(job.At("in/a.csv"), "distance\n1.5\n");
        await File.WriteAllTextAsync(job.At("in/notes.txt"), "none");

        var refused = await RefusedAsync(job, job.At("in"));
        var pattern = refused.Message.Split('\'').First(one => one.Contains('*', StringComparison.Ordinal));

        Assert.Equal(1, (await RunAsync(job, pattern)).Answered);
    }

    private static Task<EnvelopeException> RefusedAsync(RidesJob job, string input, string query = "usual") =>
        Assert.ThrowsAsync<EnvelopeException>(() => RunAsync(job, input, query));

    private static Task<Runs.RunManifest> RunAsync(RidesJob job, string input, string query = "usual") =>
        job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = query });

    private static async Task MakeAsync(RidesJob job, string file, string sql)
    {
        if (file.EndsWith(".duckdb", StringComparison.Ordinal))
        {
            job.Query($"ATTACH '{job.At(file)}' AS s; USE s; {sql}; USE memory; DETACH s");
            return;
        }

        await using var connection = new SqliteConnection($"Data Source={job.At(file)};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
