using System.Text.Json;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Jobs that end before their end, and go on.</summary>
public sealed class ResumeTests
{
    [Fact]
    public async Task What_ended_without_a_finished_part_stands_in_the_way_of_nothing()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = job.Text("in.csv", "distance,passengers\n1,1\nfar,1\n"),
            Output = job.At("out.csv"),
            Query = "predict",
        };
        await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Equal(1, (await job.RunAsync(options with { Quarantine = job.At("bad.csv") })).Bad);
        File.Delete(job.At("out.csv"));
        await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));
        job.Text("in.csv", "distance,passengers\n1,1\n2,1\n");
        Assert.Equal(2, (await job.RunAsync(options)).Answered);
        Assert.False(Directory.Exists(job.At("out.csv.parts")));
    }

    [Fact]
    public async Task What_is_refused_leaves_no_folder_behind()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = job.Text("in.csv", "distance,passengers\n1,1\n"),
            Output = job.Text("out.csv", "of somebody else"),
            Query = "predict",
        };

        await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.False(Directory.Exists(job.At("out.csv.parts")));
    }

    [Fact]
    public async Task What_was_done_before_says_so_and_when()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = job.Text("in.csv", "distance,passengers\n1,1\n"),
            Output = job.At("out.csv"),
            Query = "predict",
        };
        var (first, second) = (new Heard(_ => { }), new Heard(_ => { }));

        var done = await job.RunAsync(options, first);
        var again = await job.RunAsync(options, second);

        Assert.Equal((null, true), (done.Before, again.Before));
        Assert.Empty(first.Warnings);
        Assert.Equal([$"This was done at {done.Finished:u} and is not done again."], second.Warnings);
    }

    private const string Rows = "SELECT i AS id, (i % 100) + 0.5::DOUBLE AS distance, 1 AS passengers FROM range(1000) t(i)";

    [Fact]
    public async Task What_is_finished_is_kept_and_each_row_is_there_once()
    {
        using var job = await RidesJob.StartAsync();
        var whole = Options(job, "whole.parquet");
        await job.RunAsync(whole);
        var cut = Options(job, "cut.parquet");
        await StopAfterAsync(job, cut, parts: 2);
        Assert.False(File.Exists(cut.Output));
        var first = File.GetLastWriteTimeUtc(Path.Combine(cut.Output + ".parts", "part-00000.parquet"));
        var parts = new List<BatchProgress>();

        var done = await job.RunAsync(cut, new Heard(parts.Add));

        Assert.Equal((1000, 2), (done.Rows, parts.Count)); // of four
        Assert.NotEqual(default, first);
        Assert.Equal(job.RowsOf(whole.Output), job.RowsOf(cut.Output));
        Assert.False(Directory.Exists(cut.Output + ".parts"));
    }

    [Fact]
    public async Task What_was_done_is_not_done_again()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.parquet");
        var done = await job.RunAsync(options);
        var parts = new List<BatchProgress>();

        var again = await job.RunAsync(options, new Heard(parts.Add));

        Assert.Equal((done.Finished, 0), (again.Finished, parts.Count));
    }

    [Fact]
    public async Task Finished_parts_that_have_other_rows_are_no_parts_of_the_job()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.parquet");
        await StopAfterAsync(job, options, parts: 2);
        File.Delete(Path.Combine(options.Output + ".parts", "part-size.json"));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options with { RowsPerPart = 100 }));

        Assert.Contains("have other rows than this job would give them", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(options.Output));
    }

    [Fact]
    public async Task A_file_that_is_gone_again_is_made_again()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.parquet") with { Log = job.At("log.parquet"), Overwrite = true };
        await job.RunAsync(options);
        File.Delete(job.At("log.parquet"));

        await job.RunAsync(options);

        Assert.True(File.Exists(job.At("log.parquet")));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task An_output_that_somebody_has_changed_is_not_what_the_job_did(bool isAsLong)
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.csv");
        await job.RunAsync(options);
        var whole = await File.ReadAllTextAsync(options.Output);
        if (isAsLong)
        {
            await File.WriteAllTextAsync(options.Output, whole.Replace('1', '2'));
            File.SetLastWriteTimeUtc(options.Output, DateTime.UtcNow.AddSeconds(10));
        }
        else
        {
            await File.AppendAllTextAsync(options.Output, "more");
        }

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));
        await job.RunAsync(options with { Overwrite = true });

        Assert.Contains("--overwrite", refused.Message, StringComparison.Ordinal);
        Assert.Equal(whole, await File.ReadAllTextAsync(options.Output));
    }

    [Fact]
    public async Task A_finished_part_that_is_damaged_since_is_said_with_what_to_do()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.parquet");
        await StopAfterAsync(job, options, parts: 2);
        await File.WriteAllTextAsync(Path.Combine(options.Output + ".parts", "part-00001.parquet"), "PAR1, and no more");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Equal(EnvelopeError.Damaged, failure.Error);
        Assert.Contains("part-00001.parquet", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Remove that folder, and run the job again.", failure.Message, StringComparison.Ordinal);
        Directory.Delete(options.Output + ".parts", recursive: true);
        Assert.Equal(1000, (await job.RunAsync(options)).Rows);
    }

    [Theory]
    [InlineData("distance,passengers\n1,1\n-1,1\n"), InlineData("distance,passengers\n1,1\n1,1,1\n")]
    public async Task A_job_that_fails_before_a_part_is_finished_leaves_nothing(string rows)
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.csv", rows);

        await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "predict" }));

        Assert.Equal(["envelope", "in.csv", "store"], Directory.EnumerateFileSystemEntries(job.At(".")).Select(one => Path.GetFileName(one)!).Order());
    }

    [Fact]
    public async Task A_job_that_fails_behind_a_finished_part_keeps_it()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.csv") with
        {
            Input = job.Table("SELECT CASE WHEN i = 3000 THEN -1 ELSE 1 END::DOUBLE AS distance, 1 AS passengers FROM range(4000) t(i)"),
            RowsPerPart = 2000,
        };

        await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.True(File.Exists(job.At("out.csv.parts/part-00000.parquet")));
    }

    [Theory]
    [InlineData("bad.csv"), InlineData("log.csv"), InlineData("manifest.json")]
    public async Task A_run_that_was_killed_while_its_files_came_into_their_places_is_ended_by_the_next(string last)
    {
        using var job = await RidesJob.StartAsync();
        var options = HalfBad(job) with { Log = job.At("log.csv") };
        var done = await job.RunAsync(options);
        (string Before, string Place)[] files =
        [
            ($"bad.csv.parts/whole-{done.Id}", job.At("bad.csv")), ($"log.csv.parts/whole-{done.Id}", job.At("log.csv")),
            ("out.csv.parts/manifest.json", job.At("out.csv.manifest.json")),
        ];
        var before = files.Select(one => File.ReadAllText(one.Place)).ToList();
        foreach (var output in (string[])["bad.csv", "log.csv", "out.csv"])
        {
            job.Parts(output);
        }

        File.Copy(files[2].Place, job.At(files[2].Before));
        foreach (var (name, place) in files.SkipWhile(one => !one.Before.Contains(last, StringComparison.Ordinal)))
        {
            File.Move(place, job.At(name), overwrite: true);
        }

        await job.RunAsync(options);

        Assert.Equal(before, files.Select(one => File.ReadAllText(one.Place)));
        Assert.Empty(Directory.EnumerateDirectories(job.At("."), "*.parts"));
    }

    [Theory]
    [InlineData("bad.csv", null), InlineData("other.csv", "bad.csv")]
    public async Task Rows_that_a_killed_job_has_yet_to_put_into_their_place_are_not_lost_by_another(string output, string? quarantine)
    {
        using var job = await RidesJob.StartAsync();
        var options = HalfBad(job);
        var done = await job.RunAsync(options);
        job.Parts("bad.csv");
        job.Parts("out.csv");
        File.Move(job.At("bad.csv"), job.At($"bad.csv.parts/whole-{done.Id}"));
        File.Move(job.At("out.csv.manifest.json"), job.At("out.csv.parts/manifest.json"));
        var other = options with
        {
            Input = job.Table("SELECT -1::DOUBLE AS distance, 1 AS passengers", "other.parquet"),
            Output = job.At(output),
            Quarantine = quarantine is null ? job.At("new.csv") : job.At(quarantine),
        };

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(other));
        await job.RunAsync(options);

        Assert.Contains("has rows of another job, which was killed before they came into their place", refused.Message, StringComparison.Ordinal);
        Assert.Equal(6, File.ReadAllLines(job.At("bad.csv")).Length);
        Assert.Empty(Directory.EnumerateDirectories(job.At("."), "*.parts"));
        Assert.Equal(1, (await job.RunAsync(other with { Overwrite = true })).Bad);
    }

    [Theory]
    [InlineData("INTERRUPT Error: Interrupted!", true), InlineData("Out of Memory Error: failed to allocate data", true)]
    [InlineData("IO Error: Cannot open file \"x\": Too many open files", true), InlineData("Invalid Input Error: No magic bytes found at end of file", false)]
    public void What_may_be_done_at_another_time_is_told_from_what_is_damaged(string message, bool isForNow) =>
        Assert.Equal(isForNow, new DuckException(message).IsForNow);

    [Theory]
    [InlineData("Constraint Error: Duplicate key \"id: 424242\" violates primary key constraint.", "Constraint Error: Duplicate key '...' violates primary key constraint.")]
    [InlineData("Conversion Error: Could not convert string 'secret' to INT32", "Conversion Error: Could not convert string '...' to INT32")]
    public void What_is_said_of_a_fault_has_nothing_of_a_row(string message, string said) =>
        Assert.Equal(said, new DuckException(message).Message);

    [Theory]
    [InlineData("bad.parquet"), InlineData("bad.csv")]
    public async Task What_is_beside_the_output_may_be_on_another_disk(string quarantine)
    {
        using var job = await RidesJob.StartAsync();
        var other = Directory.CreateDirectory($"/dev/shm/{Guid.NewGuid():N}");
        var options = HalfBad(job) with { Quarantine = Path.Combine(other.FullName, quarantine) };

        await job.RunAsync(options);

        Assert.Equal(5, job.RowsOf(options.Quarantine).Count);
        Assert.Equal([options.Quarantine], Directory.EnumerateFileSystemEntries(other.FullName));
        other.Delete(recursive: true);
    }

    [Fact]
    public async Task A_place_beside_the_output_that_cannot_be_written_is_said_before_a_row_is_read()
    {
        using var job = await RidesJob.StartAsync();
        job.Text("file", "");
        var options = Options(job, "out.parquet") with { Quarantine = job.At("file/bad.csv") };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.StartsWith($"'{job.At("file/bad.csv.parts")}' cannot be written", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(options.Output));
    }

    [Fact]
    public async Task What_a_run_leaves_that_was_killed_at_its_very_end_is_removed_by_the_next()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.parquet");
        await job.RunAsync(options);
        job.Parts("out.parquet");
        await File.WriteAllTextAsync(Path.Combine(options.Output + ".parts", "part-00000.json"), "{}");

        await job.RunAsync(options);

        Assert.False(Directory.Exists(options.Output + ".parts"));
    }

    [Theory]
    [InlineData("out.parquet"), InlineData("bad.csv"), InlineData("log.csv")]
    public async Task A_folder_of_somebody_that_is_called_as_one_of_parts_is_left_as_it_is(string place)
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At($"{place}.parts/chunks"));
        job.Text($"{place}.parts/chunks/a.csv", "a");
        job.Text($"{place}.parts/b.partial", "b");
        var options = Options(job, "out.parquet") with { Quarantine = job.At("bad.csv"), Log = job.At("log.csv"), Overwrite = true };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.StartsWith($"'{job.At(place)}.parts' is where the parts of a job would be, and no job has made it.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(("a", "b"), (File.ReadAllText(job.At($"{place}.parts/chunks/a.csv")), File.ReadAllText(job.At($"{place}.parts/b.partial"))));
    }

    [Fact]
    public async Task An_empty_folder_that_is_called_so_is_taken()
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At("out.parquet.parts"));

        await job.RunAsync(Options(job, "out.parquet"));

        Assert.False(Directory.Exists(job.At("out.parquet.parts")));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_query_whose_run_was_killed_at_its_very_end_is_asked_anew_only_to_overwrite(bool overwrite)
    {
        using var job = await RidesJob.StartAsync();
        var table = job.Table(Rows);
        var options = Options(job, "out.parquet") with { Input = $"SELECT * FROM '{table}'", Quarantine = job.At("bad.csv"), Log = job.At("log.csv"), Overwrite = true };
        var done = await job.RunAsync(options);
        job.Parts("out.parquet");
        File.Move(job.At("out.parquet.manifest.json"), job.At("out.parquet.parts/manifest.json"));
        await File.WriteAllTextAsync(job.At("out.parquet.parts/job.json"), JsonSerializer.Serialize(done.Job, RunJsonContext.Default.JobIdentity));
        job.Query($"COPY ({Rows} LIMIT 10) TO '{table}' (FORMAT parquet)");
        var heard = new Heard(_ => { });

        var next = await job.RunAsync(options with { Overwrite = overwrite }, heard);

        Assert.Equal(overwrite ? 10 : 1000, next.Rows);
        Assert.Equal(overwrite ? 0 : 1, heard.Warnings.Count(one => one.Contains("killed at its very end", StringComparison.Ordinal)));
        Assert.Equal(next.Rows, job.RowsOf(options.Output).Count);
        Assert.Equal(10, (await job.RunAsync(options)).Rows);
    }

    [Fact]
    public async Task The_folder_to_spill_into_is_made_and_one_that_cannot_be_is_said_before_a_row_is_read()
    {
        using var job = await RidesJob.StartAsync();
        job.Text("file", "");

        await job.RunAsync(Options(job, "out.parquet") with { Spill = job.At("deep/spill") });
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job, "other.parquet") with { Spill = job.At("file/spill") }));

        Assert.True(Directory.Exists(job.At("deep/spill")));
        Assert.StartsWith($"--spill '{job.At("file/spill")}' cannot be made", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_run_of_a_database_is_the_same_however_its_file_is_named()
    {
        using var job = await RidesJob.StartAsync();
        job.Query($"ATTACH '{job.At("in.duckdb")}' AS db; CREATE TABLE db.t AS {Rows}");
        var options = Options(job, "out.parquet") with { Input = $"{job.At("in.duckdb")}#t", Output = $"{job.At("out.duckdb")}#t", Append = true, Run = "monday" };
        await job.RunAsync(options);

        var again = await job.RunAsync(options with { Input = $"{Path.GetRelativePath(Environment.CurrentDirectory, job.At("in.duckdb"))}#t" });

        Assert.True(again.Before);
    }

    [Fact]
    public async Task The_output_of_another_job_is_replaced_only_if_that_is_said()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.parquet");
        await job.RunAsync(options);
        job.Table(Rows + " LIMIT 10"); // the input is another one now

        await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));
        Assert.Equal(1000, job.RowsOf(options.Output).Count);
        Assert.Equal(10, (await job.RunAsync(options with { Overwrite = true })).Rows);
        Assert.Equal(10, job.RowsOf(options.Output).Count);
    }

    [Fact]
    public async Task Finished_parts_of_another_job_are_left_as_they_are()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.parquet");
        await StopAfterAsync(job, options, parts: 1);
        job.Table(Rows + " LIMIT 10");

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));
        Assert.Contains("another job", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(options.Output + ".parts", "part-00000.parquet")));
        Assert.Equal(10, (await job.RunAsync(options with { Overwrite = true })).Rows);
    }

    [Fact]
    public async Task Two_runs_into_one_output_are_not_at_once()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.parquet");
        EnvelopeException? refused = null;
        var inside = new Heard(_ => refused ??= Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options)).Result);

        await job.RunAsync(options, inside);

        Assert.Equal(EnvelopeError.Unavailable, refused!.Error);
        Assert.Equal(1000, job.RowsOf(options.Output).Count);
    }

    [Theory]
    [InlineData("other.parquet", "bad.csv", null), InlineData("other.parquet", null, "log.parquet"), InlineData("other.parquet", "log.parquet", null)]
    [InlineData("bad.csv", null, null), InlineData("other.parquet", "out.parquet", null)]
    public async Task Two_runs_do_not_write_one_file_at_once_whatever_it_is_for_either(string output, string? quarantine, string? log)
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.parquet") with { Quarantine = job.At("bad.csv"), Log = job.At("log.parquet") };
        var second = Options(job, output) with { Quarantine = quarantine is null ? null : job.At(quarantine), Log = log is null ? null : job.At(log) };
        EnvelopeException? refused = null;
        var inside = new Heard(_ => refused ??= Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(second)).Result);

        await job.RunAsync(options, inside);

        Assert.Equal(EnvelopeError.Unavailable, refused!.Error);
        Assert.Contains("is in use: another run writes", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.GetDirectoryName(options.Output)!, "*.parts"));
    }

    [Fact]
    public async Task Two_runs_that_write_other_files_are_at_once()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.parquet") with { Quarantine = job.At("bad.csv"), Log = job.At("log.parquet") };
        var second = Options(job, "other.parquet") with { Quarantine = job.At("other.csv"), Log = job.At("other-log.parquet") };
        RunManifest? done = null;
        var inside = new Heard(_ => done ??= job.RunAsync(second).Result);

        await job.RunAsync(options, inside);

        Assert.Equal(1000, done!.Rows);
    }

    [Fact]
    public async Task Of_a_query_the_rows_are_taken_once_and_its_output_is_never_taken_for_that_of_later_rows()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.parquet") with { Input = $"SELECT * FROM '{job.Table(Rows)}' ORDER BY random()" };
        await StopAfterAsync(job, options, parts: 2);
        job.Table(Rows + " LIMIT 10"); // which comes too late
        var parts = new List<BatchProgress>();
        var heard = new Heard(parts.Add);

        var done = await job.RunAsync(options, heard);

        Assert.Equal((1000, 2), (done.Rows, parts.Count));
        Assert.EndsWith($"Remove '{options.Output}.parts' to begin anew.", Assert.Single(heard.Warnings), StringComparison.Ordinal);
        Assert.Equal(
            ["""{"n":1000,"ids":1000}"""],
            job.Rows($"SELECT count(*) AS n, count(DISTINCT id) AS ids FROM '{options.Output}'"));
        await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));
        Assert.Equal(10, (await job.RunAsync(options with { Overwrite = true })).Rows);
    }

    [Theory]
    [InlineData("*, 1 AS more", "more"), InlineData("* EXCLUDE id", "id"), InlineData("* REPLACE (id::VARCHAR AS id)", "id"), InlineData("* REPLACE (distance::FLOAT AS distance)", "distance")]
    public async Task Rows_that_were_taken_go_on_only_with_the_columns_that_they_have(string columns, string named)
    {
        using var job = await RidesJob.StartAsync();
        var table = job.Table(Rows);
        var options = Options(job, "out.parquet") with { Input = $"SELECT * FROM '{table}'" };
        await StopAfterAsync(job, options, parts: 2);
        job.Query($"COPY (SELECT {columns} FROM ({Rows})) TO '{table}' (FORMAT parquet)");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Equal(EnvelopeError.Mismatch, failure.Error);
        Assert.StartsWith($"The column '{named}' is another than when the rows were taken", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith($"Remove '{options.Output}.parts' to begin anew.", failure.Message, StringComparison.Ordinal);
        Directory.Delete(options.Output + ".parts", recursive: true);
        Assert.Equal(1000, (await job.RunAsync(options)).Rows);
    }

    [Fact]
    public async Task A_job_that_goes_on_has_the_signs_of_its_zeros()
    {
        using var job = await RidesJob.StartAsync();
        const string Zeros = "SELECT i AS id, CASE WHEN i % 9 = 0 THEN -0.0::DOUBLE ELSE 0.0 END AS distance, 1 AS passengers FROM range(1000) t(i)";
        var options = Options(job, "out.parquet") with { Input = Zeros };

        await StopAfterAsync(job, options, parts: 2);
        await job.RunAsync(options);

        Assert.Equal(
            job.Rows($"SELECT id, signbit(distance) AS s FROM ({Zeros}) ORDER BY id"),
            job.Rows($"SELECT id, signbit(distance) AS s FROM '{options.Output}' ORDER BY id"));
    }

    [Fact]
    public async Task What_a_killed_run_left_half_written_goes()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "out.parquet");
        await StopAfterAsync(job, options, parts: 1);
        var half = Path.Combine(options.Output + ".parts", "part-00001.parquet.partial");
        await File.WriteAllTextAsync(half, "PAR1");

        await job.RunAsync(options);

        Assert.Equal(1000, job.RowsOf(options.Output).Count);
    }

    /// <summary>Of ten rows five cannot be answered.</summary>
    private static BatchOptions HalfBad(RidesJob job) => new()
    {
        Input = job.Table("SELECT i::DOUBLE - 5 AS distance, 1 AS passengers FROM range(10) t(i)"),
        Output = job.At("out.csv"),
        Query = "predict",
        Quarantine = job.At("bad.csv"),
    };

    private static BatchOptions Options(RidesJob job, string output) => new()
    {
        Input = job.Table(Rows),
        Output = job.At(output),
        Query = "predict",
        RowsPerPart = 250,
    };

    private static async Task StopAfterAsync(RidesJob job, BatchOptions options, int parts)
    {
        using var stop = new CancellationTokenSource();
        var finished = 0;
        var heard = new Heard(_ =>
        {
            if (++finished == parts)
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.RunAsync(options, heard, stop.Token));
    }
}
