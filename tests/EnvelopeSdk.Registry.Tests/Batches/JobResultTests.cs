using System.Text.Json;
using EnvelopeSdk.Registry.Batches.Jobs;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>What is read of what a job wrote, behind what its model wrote there.</summary>
public sealed class JobResultTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("\n{\"rows\":10,\"bad\":1}\n", 10L)]
    [InlineData("loaded\n{\"rows\":10,\"bad\":1}\n", 10L)] // without an end of its line, which the job adds
    [InlineData("{\"a\":1}\n{\n  \"job\": {\n    \"files\": {}\n  },\n  \"rows\": 10,\n  \"bad\": 1\n}\n", 10L)]
    [InlineData("\n{\"rows\":10,\"bad\":1}\nunloaded\n", 10L)]
    [InlineData("loaded{\"rows\":10,\"bad\":1}\n", null)]
    [InlineData("{\"rows\":10}\n", null)]
    [InlineData("", null)]
    public void The_counts_of_a_job_are_in_the_last_object_that_begins_a_line(string written, long? rows) =>
        Assert.Equal(rows, Wrote(written).Counts()?.Rows);

    [Fact]
    public void The_counts_of_a_job_are_known_however_much_its_model_has_written() =>
        Assert.Equal(10, Wrote(new string('x', 33 << 20) + "\n{\"rows\":10,\"bad\":1}\n").Counts()?.Rows);

    [Theory]
    [InlineData("loaded\n{\"error\":{\"code\":\"invalid\",\"message\":\"The table does not fit:\\n  carat: There is no column 'carat'.\"}}\n")]
    [InlineData("{\"error\":{\"code\":\"invalid\",\"message\":\"The table does not fit:\\n  carat: There is no column 'carat'.\"}}\n")]
    public void Why_a_job_failed_is_all_that_it_says(string written) =>
        Assert.Equal("The table does not fit:\n  carat: There is no column 'carat'.", Wrote(written).Reason("5"));

    [Theory]
    [InlineData("Keep others with --key, or raise --max-bad.", "Keep others with 'key', or raise 'maxBad'.")]
    [InlineData("Say which is meant with --map from.city=COLUMN.", "Say which is meant with 'map' from.city=COLUMN.")]
    [InlineData("Name a file with --quarantine FILE.", "Name a file with 'quarantine'.")]
    [InlineData("Give it more with --memory MEGABYTES.", "Give it more with 'memoryMegabytes'.")]
    [InlineData("'a--key' and '--key' and --keys and ---key", "'a--key' and '--key' and --keys and ---key")]
    public void What_a_job_says_of_options_is_of_settings(string said, string shown) => Assert.Equal(
        shown, Wrote($"{{\"error\":{{\"code\":\"invalid\",\"message\":{JsonSerializer.Serialize(said)}}}}}\n").Reason("2"));

    [Theory]
    [InlineData("{\"rows\":5,\"of\":10,\"bad\":0,\"secondsLeft\":2.5}\n", 5L, 10L, 2.5)]
    [InlineData("{\"rows\":4,\"of\":10}\n{\"rows\":5,\"of\":10}\nloaded\n{\"rows\":6,\"o", 5L, 10L, null)]
    [InlineData("{\"rows\":5}\n", 5L, null, null)]
    [InlineData("{\"rows\":-1}\n{\"rows\":\"5\"}\nloaded\n", null, null, null), InlineData("", null, null, null)]
    public void How_far_a_job_has_come_is_what_it_said_last(string log, long? rows, long? of, double? left)
    {
        var folder = Wrote("");
        File.WriteAllText(folder.LogFile, log);

        Assert.Equal(
            rows is null ? null : new JobProgress(rows.Value, of, left is { } time ? TimeSpan.FromSeconds(time) : null),
            folder.Progress());
    }

    [Theory]
    [InlineData("", "The job was killed. The machine may have had too little memory.")]
    [InlineData("137", "The job was killed. The machine may have had too little memory.")]
    [InlineData("134", "The job ended with 134. Its log may say more.")]
    public void Why_a_job_failed_that_said_nothing_is_how_it_ended_and_nothing_of_what_it_wrote(string code, string reason)
    {
        var folder = Wrote("");
        File.WriteAllText(folder.LogFile, "{\"rows\":5,\"of\":10,\"bad\":0}\nof a row: secret\n");

        Assert.Equal(reason, folder.Reason(code));
    }

    [Theory]
    [InlineData("{\"rows\":10,\"bad\":1,\"finished\":\"2026-03-01T12:00:00Z\",\"before\":true}\n", true)]
    [InlineData("{\"rows\":10,\"bad\":1,\"finished\":\"2026-03-01T12:00:00Z\"}\n", false)]
    [InlineData("{\"rows\":10,\"bad\":1,\"finished\":\"2026-03-01T12:00:00Z\",\"before\":false}\n", false)]
    [InlineData("{\"rows\":10,\"bad\":1,\"finished\":\"at noon\",\"before\":true}\n", false)]
    [InlineData("", false)]
    public void When_all_of_it_was_done_before_is_known_if_the_job_says_so(string written, bool isKnown) =>
        Assert.Equal(
            isKnown ? new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero) : null, Wrote(written).DoneBefore());

    [Theory]
    [InlineData(-60, false, true)]
    [InlineData(30, false, true)] // by the clock of another disk
    [InlineData(90, false, false)] // by somebody else, while nobody looked
    [InlineData(-60, true, false)]
    public void A_file_of_a_job_is_known_again_as_long_as_nobody_else_writes_it(int seconds, bool isWritten, bool isKept)
    {
        var (folder, file) = (Wrote(""), _directory.At("bad.csv"));
        File.WriteAllText(file, "id\n1\n");
        folder.End("0", null);
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(folder.CodeFile).AddSeconds(seconds));
        Assert.False(folder.HasKept(file));

        folder.Keep(file);
        if (isWritten)
        {
            File.WriteAllText(file, "id\n2\n");
        }

        Assert.Equal(isKept, folder.HasKept(file));
    }

    [Fact]
    public void Why_a_job_failed_that_said_nothing_is_what_the_system_says_of_its_end()
    {
        var folder = Wrote("");

        folder.End("137", "OOMKilled");

        Assert.Equal((true, "137", "OOMKilled"), (folder.HasEnded, folder.Code, folder.Reason(folder.Code)));
    }

    [Fact]
    public async Task The_result_of_a_job_is_found_among_what_it_says_on_its_other_output()
    {
        const string Progress = """{"rows":5,"of":10,"bad":7,"rowsPerSecond":1,"seconds":10.0}""";
        var folder = new AttemptFolder(_directory.FullPath);
        await File.WriteAllTextAsync(
            _directory.At("copy"),
            $"loaded\n{Progress}\n\n{{\n  \"rows\": 10,\n{Progress}\n  \"bad\": 1\n}}\n{Progress}\nunloaded\n");

        await PodLog.SplitAsync(_directory.At("copy"), folder, default);

        Assert.Equal((10, 1), folder.Counts());
        Assert.Contains(Progress, await File.ReadAllTextAsync(folder.LogFile), StringComparison.Ordinal);
    }

    private AttemptFolder Wrote(string text)
    {
        var folder = new AttemptFolder(_directory.FullPath);
        File.WriteAllText(folder.ResultFile, text);
        return folder;
    }
}
