using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Sources;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Files that another program writes while a job reads them.</summary>
public sealed class ChangedInputTests
{
    [Theory]
    [InlineData("in.jsonl", "{\"distance\":1}\n", "{\"distance\":2}\n{\"distance\":3}\n"), InlineData("in.csv", "distance\n1\n", "distance\n2\n3\n")]
    public async Task Rows_that_were_taken_of_a_file_that_has_changed_are_not_those_that_a_job_goes_on_with(string name, string first, string second)
    {
        using var job = await RidesJob.StartAsync();
        var file = job.Text(name, first);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => TakeAsync(job, file, () => throw new EnvelopeException(EnvelopeError.Mismatch, "changed")));
        job.Text(name, second);
        var rows = await TakeAsync(job, file, () => { });

        Assert.Equal("changed", failure.Message);
        Assert.Equal(2, rows);
        job.Text(name, first);
        Assert.Equal(2, await TakeAsync(job, file, () => { })); // they were taken once
    }

    [Theory]
    [InlineData("in/a.csv", "distance\n1\n", "passengers\n1\n"), InlineData("in/a.jsonl", "{\"distance\":1}", "{\"passengers\":1}")]
    public async Task Files_are_looked_at_before_their_columns_are_read(string name, string before, string after)
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At("in"));
        job.Text(name, before);
        using var tables = new DuckTables(job.At("spill"), 256, 1);
        var digests = new FileDigests(job.At("in"), default);
        var search = new SourceSearch(tables, _ => false, keepsUnread: false, files =>
        {
            digests.Look(files);
            job.Text(name, after);
            File.SetLastWriteTimeUtc(job.At(name), DateTime.UtcNow.AddSeconds(5));
        });

        using var source = await search.FindAsync(job.At("in"), default);
        var columns = await source.ColumnsAsync(default);
        await digests.OfAsync(source.Files);

        Assert.Equal(["passengers"], columns.Select(one => one.Name));
        var failure = Assert.Throws<EnvelopeException>(() => digests.EnsureUnchanged());
        Assert.StartsWith($"'{job.At(name)}' was changed", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_link_is_another_when_what_it_leads_to_is(bool isReplaced)
    {
        using var job = await RidesJob.StartAsync();
        job.Text("monday.csv", "distance\n1\n");
        File.CreateSymbolicLink(job.At("latest.csv"), "monday.csv");
        var digests = new FileDigests(job.At("latest.csv"), default);
        await digests.OfAsync([job.At("latest.csv")]);
        digests.EnsureUnchanged();

        job.Text(isReplaced ? "tuesday.csv" : "monday.csv", "distance\n22\n");
        if (isReplaced)
        {
            File.Delete(job.At("latest.csv"));
            File.CreateSymbolicLink(job.At("latest.csv"), "tuesday.csv");
        }

        Assert.Contains("latest.csv' was changed", Assert.Throws<EnvelopeException>(() => digests.EnsureUnchanged()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_files_the_one_that_was_changed_is_named()
    {
        using var job = await RidesJob.StartAsync();
        string[] files = [job.Text("a.csv", "a"), job.Text("b.csv", "b"), job.Text("c.csv", "c")];
        var digests = new FileDigests(job.At("*.csv"), default);
        await digests.OfAsync(files);
        job.Text("b.csv", "bb");

        digests.EnsureUnchanged(files[0]);
        Assert.Contains(files[1], Assert.Throws<EnvelopeException>(() => digests.EnsureUnchanged()).Message, StringComparison.Ordinal);
        Assert.Contains(files[1], Assert.Throws<EnvelopeException>(() => digests.EnsureUnchanged(files[1])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Row 2 cannot be answered: "), InlineData("distance\n1\n2\n3\n", "Row 2 cannot be answered: "), InlineData("distance\n1\n", "Row 1 of '")]
    public async Task A_bad_row_of_files_that_are_others_by_now_has_its_number_in_all(string? by, string begin)
    {
        using var job = await RidesJob.StartAsync();
        job.Text("a.csv", "distance\n1\n");
        job.Text("b.csv", "distance\nfar\n");
        var written = File.GetLastWriteTimeUtc(job.At("a.csv"));
        void Change(BatchProgress progress)
        {
            File.Delete(job.At("a.csv"));
            if (by is not null)
            {
                job.Text("a.csv", by);
                File.SetLastWriteTimeUtc(job.At("a.csv"), written); // the last is as it was
            }
        }

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(
            new() { Input = job.At("[ab].csv"), Output = job.At("out.csv"), Query = "usual", RowsPerPart = 1 }, new Heard(Change)));

        Assert.StartsWith(begin, failure.Message, StringComparison.Ordinal);
    }

    private static async Task<long> TakeAsync(RidesJob job, string file, Action ensureUnchanged)
    {
        using var tables = new DuckTables(job.At("spill"), 256, 1);
        using var work = WorkFolder.Open(job.At("out.csv"));
        TableSource source = file.EndsWith(".csv", StringComparison.Ordinal) ? new CsvFiles(tables, [file]) : new JsonFiles([file], keepsUnread: false);
        var snapshot = new RowSnapshot(tables, work, source, new Heard(_ => { }), ensureUnchanged);
        var ranges = await snapshot.CutAsync([new Column("distance", new(ColumnKind.Text, "VARCHAR"))], Shard.Whole, _ => Task.FromResult(100L), default);
        snapshot.Release();
        return ranges.Sum(one => one.Count);
    }
}
