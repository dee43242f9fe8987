using EnvelopeSdk.Batch.Commands;
using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>How it is said how far a job is.</summary>
public sealed class ProgressTests
{
    private static readonly BatchProgress Half = new(600, 1000, 3, 500, TimeSpan.FromSeconds(20));

    [Fact]
    public void A_terminal_has_one_line_that_is_gone_in_the_end()
    {
        var writer = new StringWriter();
        using (var progress = new JobProgress(writer, ProgressForm.Terminal))
        {
            progress.Advanced(Half);
            progress.Finished(new(1000, 1000, 3, 900, TimeSpan.FromSeconds(30)));
        }

        var shown = writer.ToString().Split('\r');
        Assert.Equal("600 of 1000 rows (60 %), 25 rows/s, 16 s left, 3 bad", shown[1]);
        Assert.Equal("1000 of 1000 rows (100 %), 30 rows/s, 3 bad", shown[2].TrimEnd());
        Assert.True(string.IsNullOrWhiteSpace(shown[3]) && shown[4].Length == 0);
        Assert.DoesNotContain('\n', writer.ToString());
    }

    [Theory]
    [InlineData(false, "600 of 1000 rows (60 %), 25 rows/s, 16 s left, 3 bad")]
    [InlineData(true, """{"rows":600,"of":1000,"bad":3,"rowsPerSecond":25,"seconds":20,"secondsLeft":16}""")]
    public void Elsewhere_there_is_a_line_from_time_to_time(bool isJson, string line)
    {
        var writer = new StringWriter();
        var progress = new JobProgress(writer, isJson ? ProgressForm.Json : ProgressForm.Lines);

        progress.Advanced(Half with { Elapsed = TimeSpan.FromSeconds(1) });
        progress.Advanced(Half);
        progress.Advanced(Half with { Elapsed = TimeSpan.FromSeconds(21) });

        Assert.Equal(line + Environment.NewLine, writer.ToString());
    }

    [Theory]
    [InlineData(ProgressForm.Lines), InlineData(ProgressForm.Terminal), InlineData(ProgressForm.Json)]
    internal void A_job_goes_on_where_nobody_can_hear_how_far_it_is(ProgressForm form)
    {
        using var writer = new StreamWriter(new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)) { AutoFlush = true };
        Assert.Throws<IOException>(() => writer.Write("x"));
        using var progress = new JobProgress(writer, form);

        progress.Advanced(Half);
        progress.Finished(Half);
        progress.Warn("x");
    }

    [Fact]
    public async Task Nothing_waits_for_a_listener_that_does_not_come_back()
    {
        using var begun = new ManualResetEventSlim();
        using var isBack = new ManualResetEventSlim();
        using var clock = new JobClock(
            new Heard(_ =>
            {
                begun.Set();
                isBack.Wait();
            }),
            of: 10, finished: (0, 0), running: () => (0, 0));
        var finishing = Task.Run(() => clock.Finish(5, 0));
        begun.Wait();

        var told = Task.Run(clock.Tell);
        var isFirst = await Task.WhenAny(told, Task.Delay(TimeSpan.FromSeconds(10))) == told;

        isBack.Set();
        await finishing;
        Assert.True(isFirst);
    }

    [Fact]
    public async Task A_job_says_how_many_rows_there_are_and_how_far_it_is()
    {
        using var job = await RidesJob.StartAsync();
        var parts = new List<BatchProgress>();

        await job.RunAsync(
            new()
            {
                Input = job.Table("SELECT i::DOUBLE + 0.5 AS distance, 1 AS passengers FROM range(100) t(i)"),
                Output = job.At("out.csv"),
                Query = "predict",
                RowsPerPart = 40,
            },
            new Heard(parts.Add));

        Assert.Equal([(34, 100), (68, 100), (100, 100)], parts.Select(one => ((int)one.Rows, (int)one.Of)));
    }
}
