using EnvelopeSdk.Batch.Parquet;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Parquet files that are put together as they are stored.</summary>
public sealed class ParquetMergeTests
{
    private const string All =
        """
        SELECT i AS id, i % 7 AS few, i / 3 AS many, repeat('ä', (i % 4)::INT) AS word, CASE WHEN i % 2 = 0 THEN [i, NULL] END AS list,
          {a: i, b: [i::VARCHAR]} AS part, MAP {'a': i} AS map, (i / 7)::DECIMAL(18, 3) AS exact, '-0.0'::DOUBLE * (i % 2) AS zero,
          TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS stamp
        """;

    [Fact]
    public async Task Files_of_the_same_columns_become_one_with_all_rows_in_their_order()
    {
        using var job = await RidesJob.StartAsync();
        string[] files =
        [
            job.Table($"{All} FROM range(300000) t(i)", "a.parquet"), job.Table($"{All} FROM range(0) t(i)", "b.parquet"),
            job.Table($"{All} FROM range(300000, 300005) t(i)", "c.parquet"), job.Table($"{All} FROM range(300005, 500000) t(i)", "d.parquet"),
        ];

        Assert.True(ParquetMerge.TryWrite(files, job.At("all.parquet")));

        const string rows = "SELECT count(*) AS n, count(DISTINCT id) AS d, sum(hash(t::VARCHAR)) AS h FROM";
        Assert.Equal(job.Rows($"{rows} ({All} FROM range(500000) t(i)) t"), job.Rows($"{rows} '{job.At("all.parquet")}' t"));
        Assert.Equal(["""{"n":500000}"""], job.Rows($"SELECT num_rows AS n FROM parquet_file_metadata('{job.At("all.parquet")}')"));
    }

    /// <summary>A reader skips row groups by filters, which lie behind all of a file.</summary>
    [Fact]
    public async Task Rows_are_found_by_their_values_in_all_files()
    {
        using var job = await RidesJob.StartAsync();
        string[] files =
        [
            .. Enumerable.Range(0, 4).Select(file => job.Table(
                $"SELECT 'word ' || (i % 50 * 7 + {file} * 1000) AS word, i FROM range(5000) t(i)", $"{file}.parquet")),
        ];

        Assert.True(ParquetMerge.TryWrite(files, job.At("all.parquet")));

        Assert.Equal(
            ["""{"n":4}"""],
            job.Rows($"SELECT count(DISTINCT bloom_filter_offset) AS n FROM parquet_metadata('{job.At("all.parquet")}') WHERE path_in_schema = 'word'"));
        Assert.All(Enumerable.Range(0, 4).SelectMany(file => Enumerable.Range(0, 50).Select(i => $"word {(i * 7) + (file * 1000)}")), word => Assert.Equal(
            ["""{"n":100}"""], job.Rows($"SELECT count(*) AS n FROM '{job.At("all.parquet")}' WHERE word = '{word}'")));
    }

    [Theory]
    [InlineData(0, 4096, true), InlineData(4096, 4096, true), InlineData(8192, 3908, false), InlineData(0, 8192, false)]
    [InlineData(100, 4096, null), InlineData(0, 4095, null), InlineData(4096, 4097, null), InlineData(12_288, 4096, null)]
    public async Task Columns_come_beside_others_only_where_row_groups_begin_and_end_and_have_the_same_rows(long from, long count, bool? isThere)
    {
        using var job = await RidesJob.StartAsync();
        job.Query($"COPY (SELECT i FROM range(12100) t(i)) TO '{job.At("in.parquet")}' (FORMAT parquet, ROW_GROUP_SIZE 4096)");
        var answers = job.Table("SELECT i AS answer FROM range(4096) t(i)", "answers.parquet");

        Assert.Equal(isThere, ParquetJoin.Of(job.At("in.parquet"), ["i"], from, count)?.TryWrite(job.At("out.parquet"), answers, () => { }));
        Assert.Null(ParquetJoin.Of(job.At("in.parquet"), ["j"], from, count));

        if (isThere == true)
        {
            Assert.Equal(["""{"n":4096}"""], job.Rows($"SELECT count(*) AS n FROM '{job.At("out.parquet")}' WHERE i - {from} = answer"));
        }
    }
    [Fact]
    public async Task What_is_kept_is_let_go_where_nothing_comes_beside_it()
    {
        using var job = await RidesJob.StartAsync();
        var join = ParquetJoin.Of(job.Table("SELECT i FROM range(1000000) t(i)"), ["i"], 0, 1_000_000)!;

        Assert.Throws<TimeoutException>(() => join.TryWrite(job.At("out.parquet"), job.At("none.parquet"), () => throw new TimeoutException()));
        File.Delete(job.At("in.parquet"));
        Assert.Throws<FileNotFoundException>(() => join.TryWrite(job.At("out.parquet"), job.At("none.parquet"), () => { }));

        File.Delete(job.At("out.parquet")); // nobody has it open, which would matter where that keeps it
    }
}
