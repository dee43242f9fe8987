using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Which files a folder or a pattern means.</summary>
public sealed class FoundFilesTests
{
    private const string Row = "{\"distance\":1.5}\n";

    [Theory]
    [InlineData(".a.jsonl"), InlineData("._a.jsonl"), InlineData(".ipynb_checkpoints/a-checkpoint.jsonl"), InlineData("_temporary/0/part.jsonl"), InlineData("_a.jsonl")]
    public async Task What_others_keep_for_themselves_in_a_folder_is_not_read(string hidden)
    {
        using var job = await StartAsync("in/a.jsonl", $"in/{hidden}");

        Assert.Equal(1, await RowsOfAsync(job, "in"));
        Assert.Equal(1, await RowsOfAsync(job, "in/**/*.jsonl"));
    }

    [Theory]
    [InlineData("in/_day=7/a.jsonl", "in"), InlineData("in/b_c/a.jsonl", "in"), InlineData("in/_a.jsonl", "in/_*.jsonl"), InlineData(".in/a.jsonl", ".in")]
    [InlineData(".in/a.jsonl", ".in/*.jsonl"), InlineData("in/.a.jsonl", "in/.a.jsonl")]
    public async Task What_is_named_is_read_whatever_it_is_called(string file, string input)
    {
        using var job = await StartAsync(file);
        await File.WriteAllTextAsync(job.At(file), "{\"distance\":1.5,\"_day\":7}\n");

        Assert.Equal(1, await RowsOfAsync(job, input));
    }

    [Fact]
    public async Task A_folder_of_nothing_else_has_no_files_and_the_message_says_what_is_not_read()
    {
        using var job = await StartAsync("in/_a.jsonl");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => RowsOfAsync(job, "in"));

        Assert.Equal(EnvelopeError.NotFound, failure.Error);
        Assert.Contains("What is called .name or _name is not read.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in/loop", ".")]
    [InlineData("in/sub/loop", "../../in")]
    [InlineData("in/latest", "sub")]
    [InlineData("in/z.jsonl", "a.jsonl")]
    public async Task A_link_to_what_is_read_anyway_is_refused_for_rows_would_come_twice(string link, string target)
    {
        using var job = await StartAsync("in/a.jsonl", "in/sub/b.jsonl");
        File.CreateSymbolicLink(job.At(link), target);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => RowsOfAsync(job, "in"));

        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.Contains("again, by a link: its rows would come twice.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_files_of_a_pattern_that_are_one_are_refused_too()
    {
        using var job = await StartAsync("in/a.jsonl");
        File.CreateSymbolicLink(job.At("in/b.jsonl"), "a.jsonl");

        await Assert.ThrowsAsync<EnvelopeException>(() => RowsOfAsync(job, "in/*.jsonl"));
        Assert.Equal(1, await RowsOfAsync(job, "in/b*.jsonl"));
    }

    [Theory]
    [InlineData("in/gone.jsonl", "other.jsonl", "in"), InlineData("in/round.jsonl", "round.jsonl", "in"), InlineData("in/share", "../not-mounted", "in")]
    [InlineData("in/gone.jsonl", "other.jsonl", "in/*.jsonl"), InlineData("in/share", "../not-mounted", "in/**/*.jsonl"), InlineData("share", "not-mounted", "*/a.jsonl")]
    public async Task A_link_that_leads_nowhere_is_refused_by_name(string link, string target, string input)
    {
        using var job = await StartAsync("in/a.jsonl");
        File.CreateSymbolicLink(job.At(link), target);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => RowsOfAsync(job, input));

        Assert.StartsWith($"'{job.At(link)}' is a link that leads nowhere.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in/.gone.jsonl", "in"), InlineData("in/gone.csv", "in/*.jsonl"), InlineData("in/sub/gone.jsonl", "in/*.jsonl")]
    public async Task A_link_that_leads_nowhere_and_is_not_meant_is_passed_over(string link, string input)
    {
        using var job = await StartAsync("in/a.jsonl");
        Directory.CreateDirectory(job.At("in/sub"));
        File.CreateSymbolicLink(job.At(link), "other");

        Assert.Equal(1, await RowsOfAsync(job, input));
    }

    [Theory]
    [InlineData("in/*"), InlineData("in/*.jsonl"), InlineData("*/?.*")]
    public async Task A_folder_of_files_that_a_pattern_matches_is_refused_for_they_would_not_be_read(string input)
    {
        using var job = await StartAsync("in/a.jsonl", "in/b.jsonl/part-0.jsonl");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => RowsOfAsync(job, input));

        Assert.StartsWith($"'{job.At("in/b.jsonl")}' is a folder that the pattern matches", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, await RowsOfAsync(job, "in/**/*.jsonl"));
        Assert.Equal(2, await RowsOfAsync(job, "in/**"));
        Assert.Equal(1, await RowsOfAsync(job, "in/?.jsonl/*"));
    }

    [Fact]
    public async Task A_folder_without_files_of_tables_that_a_pattern_matches_is_passed_over()
    {
        using var job = await StartAsync("in/a.jsonl", "in/docs/notes.md", "in/_kept/b.jsonl");

        Assert.Equal(1, await RowsOfAsync(job, "in/*"));
    }

    [Theory]
    [InlineData("in/b.parq"), InlineData("in/sub/b.jsonl.zst"), InlineData("in/part-00000"), InlineData("in/b.orc")]
    public async Task What_a_folder_has_that_cannot_be_read_is_refused_by_name(string file)
    {
        using var job = await StartAsync("in/a.jsonl", file);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => RowsOfAsync(job, "in"));

        Assert.StartsWith($"'{job.At(file)}' in the folder '{job.At("in")}' would not be read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_of_jobs_lie_beside_the_tables_that_another_reads()
    {
        using var job = await StartAsync("in/a.jsonl");
        await job.RunAsync(new() { Input = job.At("in/a.jsonl"), Output = job.At("out/b.jsonl"), Query = "usual", Key = ["distance"] });

        Assert.Equal(["b.jsonl", "b.jsonl.manifest.json"], Directory.EnumerateFiles(job.At("out")).Select(Path.GetFileName).Order());
        Assert.Equal(1, await RowsOfAsync(job, "out"));
        Assert.Equal(1, await RowsOfAsync(job, "out/*"));
    }

    [Fact]
    public async Task A_database_that_a_job_writes_may_lie_in_the_folder_that_it_reads()
    {
        using var job = await StartAsync("in/a.jsonl");
        var options = new BatchOptions { Input = job.At("in"), Output = job.At("in/t.duckdb") + "#t", Query = "usual", Append = true };
        await job.RunAsync(options);

        Assert.True((await job.RunAsync(options)).Before);
        var other = await Assert.ThrowsAsync<EnvelopeException>(() => RowsOfAsync(job, "in"));
        Assert.StartsWith($"'{job.At("in/t.duckdb")}' in the folder", other.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in/_delta_log/00000000000000000000.json", "in", "Delta Lake"), InlineData("in/.hoodie/hoodie.properties", "in/*.jsonl", "Apache Hudi")]
    [InlineData("in/metadata/v1.metadata.json", "in/data/*.jsonl", "Apache Iceberg"), InlineData("in/metadata/v1.metadata.json", "in", "Apache Iceberg")]
    public async Task Files_of_a_table_with_a_log_of_its_own_are_refused_for_they_have_rows_that_were_deleted(string log, string input, string name)
    {
        using var job = await StartAsync("in/a.jsonl", "in/data/b.jsonl", log);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => RowsOfAsync(job, input));

        Assert.StartsWith($"'{job.At("in")}' is a table of {name}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, await RowsOfAsync(job, "in/a.jsonl"));
    }

    [Theory]
    [InlineData("pipe.csv"), InlineData("link.csv")]
    public async Task A_pipe_is_refused_and_not_waited_for(string input)
    {
        using var job = await StartAsync("a.csv");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [job.At("pipe.csv")]))
        {
            await made.WaitForExitAsync();
        }

        File.CreateSymbolicLink(job.At("link.csv"), "pipe.csv");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => RowsOfAsync(job, input));

        Assert.StartsWith($"'{job.At(input)}' is a pipe, which can be read once only", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_into_a_job_is_no_file()
    {
        using var job = await StartAsync("a.csv");
        using var read = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);
        var input = $"/proc/self/fd/{read.ClientSafePipeHandle.DangerousGetHandle()}";

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => RowsOfAsync(job, input));

        Assert.StartsWith($"'{input}' is a pipe, which can be read once only", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_link_says_of_the_folder_above_is_that_of_where_it_leads()
    {
        using var job = await StartAsync("in/a.jsonl", "old/b.jsonl", "old/sub/c.jsonl");
        File.CreateSymbolicLink(job.At("sub"), "old/sub");
        File.CreateSymbolicLink(job.At("in/b.jsonl"), "../sub/../b.jsonl");

        Assert.Equal(2, await RowsOfAsync(job, "in"));
    }

    [Fact]
    public async Task Parts_of_a_job_are_not_read_by_another()
    {
        using var job = await StartAsync("in/a.jsonl", "in/out.jsonl.parts/part.jsonl", "in/out.jsonl.parts/lock", "in/b.parts/part.jsonl");

        Assert.Equal(2, await RowsOfAsync(job, "in"));
        Assert.Equal(2, await RowsOfAsync(job, "in/**/*.jsonl"));
    }

    [Fact]
    public async Task A_link_to_files_elsewhere_is_followed()
    {
        using var job = await StartAsync("in/a.jsonl", "old/b.jsonl", "c.jsonl");
        File.CreateSymbolicLink(job.At("in/old"), "../old");
        File.CreateSymbolicLink(job.At("in/c.jsonl"), "../c.jsonl");
        File.CreateSymbolicLink(job.At("all"), "in");

        Assert.Equal(3, await RowsOfAsync(job, "in"));
        Assert.Equal(3, await RowsOfAsync(job, "all"));
    }

    private static async Task<RidesJob> StartAsync(params string[] files)
    {
        var job = await RidesJob.StartAsync();
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(job.At(file))!);
            job.Text(file, Row);
        }

        return job;
    }

    private static async Task<long> RowsOfAsync(RidesJob job, string input)
    {
        var output = job.At($"out-{Guid.NewGuid():N}.csv");
        return (await job.RunAsync(new() { Input = job.At(input), Output = output, Query = "usual", Key = ["distance"] })).Rows;
    }
}
