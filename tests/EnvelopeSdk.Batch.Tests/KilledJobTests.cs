using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>
/// Jobs that are killed wherever they are, and run again. How often, the environment variable says; a few times are enough
/// to notice a step in the wrong order.
/// </summary>
public sealed class KilledJobTests
{
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("ENVELOPE_TEST_KILLS") ?? "8", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Run_again_a_killed_job_has_each_row_once_and_the_same_answers()
    {
        using var job = await RidesJob.StartAsync();
        job.Text("appsettings.json", """{"Batch":{"Query":"predict","RowsPerPart":2000,"Threads":2}}""");
        var input = job.Table(
            "SELECT i AS id, CASE WHEN i % 1000 = 7 THEN -1 ELSE (i % 100) + 0.5 END::DOUBLE AS distance, 1 AS passengers "
            + "FROM range(20000) t(i)");
        string[] To(string name) =>
            [job.At("envelope"), "--input", input, "--output", job.At(name + ".parquet"), "--quarantine", job.At(name + ".csv")];
        var longest = await MillisecondsAsync(To("whole"));
        var (kills, round) = (0, 0);
        while (kills < Kills)
        {
            var name = $"cut{round++}";
            while (await RunAsync(To(name), RandomNumberGenerator.GetInt32(longest)) != 0)
            {
                kills++;
            }

            Assert.Equal(job.RowsOf(job.At("whole.parquet")), job.RowsOf(job.At(name + ".parquet")));
            Assert.Equal(
                await File.ReadAllTextAsync(job.At("whole.csv")), await File.ReadAllTextAsync(job.At(name + ".csv")));
            Assert.False(Directory.Exists(job.At(name + ".parquet.parts")));
            Assert.True(File.Exists(job.At(name + ".parquet.manifest.json")));
        }
    }

    [Theory]
    [InlineData("rides.duckdb")]
    [InlineData("rides.sqlite")]
    public async Task Run_again_a_killed_job_has_appended_each_row_to_a_table_once(string database)
    {
        using var job = await RidesJob.StartAsync();
        job.Text("appsettings.json", """{"Batch":{"Query":"usual","RowsPerPart":2000,"Threads":2,"Append":true}}""");
        var (kills, rounds) = (0, 0);
        string[] Of(string table) =>
        [
            job.At("envelope"), "--output", $"{job.At(database)}#{table}", "--input",
            job.Table($"SELECT i + {rounds * 20000} AS id, (i % 100) + 0.5::DOUBLE AS distance FROM range(20000) t(i)"),
        ];
        var longest = await MillisecondsAsync(Of("timed"));
        while (kills < Kills)
        {
            var arguments = Of("prices");
            rounds++;
            while (await RunAsync(arguments, RandomNumberGenerator.GetInt32(longest)) != 0)
            {
                kills++;
            }

            Assert.Equal(0, await RunAsync(arguments, null)); // once more, for nothing
        }

        await job.RunAsync(new()
        {
            Input = $"{job.At(database)}#SELECT count(*) AS n, count(DISTINCT id) AS ids, max(id) AS last, CAST(1 AS DOUBLE) AS distance FROM prices",
            Output = job.At("counts.csv"),
            Query = "usual",
        });
        var all = rounds * 20000;
        Assert.Equal($"{all},{all},{all - 1},1.0,2.0", File.ReadLines(job.At("counts.csv")).Last());
    }

    [Fact]
    public async Task A_job_ends_so_that_it_can_go_on_when_who_waits_for_it_was_killed()
    {
        using var job = await RidesJob.StartAsync();
        job.Text("appsettings.json", """{"Batch":{"Query":"usual"}}""");
        using var waiting = Process.Start(new ProcessStartInfo("sh")
        {
            ArgumentList =
            {
                "-c", $"{StartedBy.Variable}=$$ dotnet exec \"$0\" \"$1\" -i \"$2\" -o \"$3\" & echo $!; wait",
                typeof(RidesProgram).Assembly.Location, job.At("envelope"), "SELECT i::DOUBLE AS distance FROM range(100000000000) t(i)", job.At("out.csv"),
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var started = Process.GetProcessById(int.Parse((await waiting.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
        while (!File.Exists(job.At("out.csv.parts/input.duckdb")))
        {
            Assert.False(started.HasExited);
            await Task.Delay(50);
        }

        waiting.Kill();

        var said = await waiting.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1)); // the job has it open, too
        Assert.Contains("It was interrupted. Run it again", said, StringComparison.Ordinal);
    }

    /// <summary>How long a job takes that nobody kills.</summary>
    private static async Task<int> MillisecondsAsync(string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, await RunAsync(arguments, null));
        return (int)watch.ElapsedMilliseconds;
    }

    /// <returns>Its exit code; one of a signal when it was killed.</returns>
    private static async Task<int> RunAsync(string[] arguments, int? killedAfter)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", ["exec", typeof(RidesProgram).Assembly.Location, .. arguments])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (killedAfter is { } milliseconds)
        {
            using var patience = new CancellationTokenSource(milliseconds);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        await output;
        Assert.DoesNotContain("error:", await errors, StringComparison.Ordinal);
        return process.ExitCode;
    }
}
