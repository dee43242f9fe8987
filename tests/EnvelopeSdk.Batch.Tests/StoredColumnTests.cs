using EnvelopeSdk.Batch.Parquet;
using EnvelopeSdk.Batch.Runs;
using Parquet;
using Parquet.Schema;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Columns of a Parquet file that are kept as they are stored, beside answers, and read by others.</summary>
public sealed class StoredColumnTests
{
    private static readonly BatchOptions Predict = new() { Query = "predict" };

    /// <summary>Columns of all kinds, over several row groups, each with nulls, zeros with a sign and no numbers.</summary>
    private static string All(int rows) =>
        $$"""
        SELECT i AS id, i % 900 + 0.5::DOUBLE AS distance, (i % 3)::INT AS passengers, i % 5 = 0 AS flag, (i % 5)::UTINYINT AS tiny,
          CASE i % 4 WHEN 0 THEN '-0.0'::FLOAT WHEN 1 THEN 0 WHEN 2 THEN 'nan' END AS single, (i / 7)::DECIMAL(18, 3) AS exact,
          (i / 7)::DECIMAL(38, 9) AS wide, CASE WHEN i % 9 > 0 THEN 'zone ' || i % 70 END AS zone, encode(i::VARCHAR) AS bytes,
          DATE '2026-01-01' + (i % 90)::INT AS day, TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS stamp,
          TIMESTAMPTZ '2026-01-01 00:00:00+00' + INTERVAL (i) SECOND AS point, TIME '01:02:03' AS time,
          CASE WHEN i % 2 = 0 THEN [i, NULL] END AS list, {a: i, b: [i::VARCHAR, NULL], c: {d: '-0.0'::DOUBLE * (i % 2)} } AS part,
          MAP {'a': i} AS map, '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::UUID AS uuid, NULL::INT AS nothing, i::VARCHAR AS "a column. of ä"
        FROM range({{rows}}) t(i)
        """;

    private static string Answered(string rows) =>
        $"SELECT *, distance * 2 + passengers + coalesce(length(zone), 0) + 1 AS prediction FROM ({rows})";

    [Theory]
    [InlineData(300_000), InlineData(1), InlineData(2048), InlineData(122_880), InlineData(122_881)]
    public async Task Kept_columns_are_those_of_the_input_whatever_they_are(int rows)
    {
        using var job = await RidesJob.StartAsync();
        job.Query($"COPY ({All(rows)}) TO '{job.At("in.parquet")}' (FORMAT parquet, COMPRESSION zstd)");

        await job.RunAsync(Predict with { Input = job.At("in.parquet"), Output = job.At("out.parquet") });

        AssertSame(job, Answered(In(job)), job.At("out.parquet"));
        Assert.Equal(["prediction SNAPPY"], CompressionsOf(job, "out.parquet").Where(one => !one.EndsWith(" ZSTD", StringComparison.Ordinal)));
        Assert.Equal([$"{{\"total_byte_size\":{SizeOf(job, "in.parquet")}}}"], [$"{{\"total_byte_size\":{SizeOf(job, "out.parquet", but: "prediction")}}}"]);
    }

    [Fact]
    public async Task Those_of_the_key_alone_are_kept_in_its_order_and_nested_ones_whole()
    {
        using var job = await RidesJob.StartAsync();
        job.Query($"COPY ({All(200_000)}) TO '{job.At("in.parquet")}' (FORMAT parquet, COMPRESSION zstd)");

        await job.RunAsync(Predict with { Input = job.At("in.parquet"), Output = job.At("out.parquet"), Key = ["part", "zone", "id"] });

        AssertSame(job, $"SELECT part, zone, id, prediction FROM ({Answered(In(job))})", job.At("out.parquet"));
        Assert.Equal(
            ["id ZSTD", "part, a ZSTD", "part, b, list, element ZSTD", "part, c, d ZSTD", "prediction SNAPPY", "zone ZSTD"],
            CompressionsOf(job, "out.parquet"));
    }

    [Theory]
    [InlineData(100_000), InlineData(130_000), InlineData(245_760), InlineData(1_000_000)]
    public async Task Parts_are_whole_row_groups_and_come_together_as_they_are_stored(long rowsPerPart)
    {
        using var job = await RidesJob.StartAsync();
        job.Query($"COPY ({All(400_000)}) TO '{job.At("in.parquet")}' (FORMAT parquet, COMPRESSION zstd)");

        await job.RunAsync(Predict with { Input = job.At("in.parquet"), Output = job.At("out.parquet"), RowsPerPart = rowsPerPart });

        AssertSame(job, Answered(In(job)), job.At("out.parquet"));
        Assert.Equal(rowsPerPart >= 122_880, CompressionsOf(job, "out.parquet").Contains("id ZSTD"));
    }

    /// <summary>A reader skips row groups by filters and indexes, which may lie where they were.</summary>
    [Theory]
    [InlineData(1_000_000), InlineData(122_880)]
    public async Task Rows_are_found_by_their_values_in_what_was_copied(long rowsPerPart)
    {
        using var job = await RidesJob.StartAsync();
        const string rows = "SELECT i % 900 + 0.5::DOUBLE AS distance, 1::INT AS passengers, 'zone ' || i % 7000 * (i // 122880 + 1) AS zone FROM range(400000) t(i)";
        job.Query($"COPY ({rows}) TO '{job.At("in.parquet")}' (FORMAT parquet, COMPRESSION zstd)");
        Assert.NotEmpty(job.Rows($"SELECT 1 AS n FROM parquet_metadata('{job.At("in.parquet")}') WHERE bloom_filter_offset IS NOT NULL"));

        await job.RunAsync(Predict with { Input = job.At("in.parquet"), Output = job.At("out.parquet"), RowsPerPart = rowsPerPart });

        Assert.Contains("zone ZSTD", CompressionsOf(job, "out.parquet"));
        foreach (var zone in (int[])[0, 3, 5001, 13_998, 20_997, 27_996, 27_997])
        {
            static string Count(string path, int zone) => $"SELECT count(*) AS n, sum(distance) AS s FROM '{path}' WHERE zone = 'zone {zone}'";
            Assert.Equal(job.Rows(Count(job.At("in.parquet"), zone)), job.Rows(Count(job.At("out.parquet"), zone)));
            Assert.Equal(job.Rows($"SELECT count(*) AS n, sum(distance) AS s FROM ({rows}) WHERE zone = 'zone {zone}'"), job.Rows(Count(job.At("out.parquet"), zone)));
        }
    }

    [Theory]
    [InlineData(0, 3), InlineData(1, 3), InlineData(2, 3)]
    public async Task A_shard_that_begins_within_a_row_group_has_the_same_rows(int index, int count)
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table(All(300_000));

        await job.RunAsync(Predict with { Input = input, Output = job.At("out.parquet"), Shard = new(index, count) });

        AssertSame(job, $"{Answered(In(job))} WHERE id >= {index * 100_000} AND id < {(index + 1) * 100_000}", job.At("out.parquet"));
    }

    [Theory]
    [InlineData(1000, 3000, 2000), InlineData(2048, 4096, 10), InlineData(4096, 2048, 4096), InlineData(2048, 2048, 2049)]
    public async Task Row_groups_of_other_sizes_than_the_engine_writes_are_answered_all_the_same(params int[] groups)
    {
        using var job = await RidesJob.StartAsync();
        await WriteAsync(job.At("in.parquet"), groups);

        await job.RunAsync(Predict with { Input = job.At("in.parquet"), Output = job.At("out.parquet") });

        AssertSame(job, Answered(In(job)), job.At("out.parquet"));
    }

    [Fact]
    public async Task Files_of_other_writers_are_kept_and_what_comes_out_is_read_by_others()
    {
        using var job = await RidesJob.StartAsync();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Golden", "indexed.parquet"), job.At("in.parquet"));

        await job.RunAsync(Predict with { Input = job.At("in.parquet"), Output = job.At("out.parquet") });

        AssertSame(job, Answered(In(job)), job.At("out.parquet"));
        Assert.Equal(["distance ZSTD", "passengers ZSTD", "prediction SNAPPY", "zone ZSTD"], CompressionsOf(job, "out.parquet"));
        Assert.Equal(["""{"n":4}"""], job.Rows($"SELECT len(column_orders) AS n FROM parquet_file_metadata('{job.At("out.parquet")}')"));
        Assert.Empty(job.Rows($"SELECT * FROM parquet_kv_metadata('{job.At("out.parquet")}')"));
        await using var read = await ParquetReader.CreateAsync(job.At("out.parquet"));
        Assert.Equal(["distance", "passengers", "zone", "prediction"], read.Schema.DataFields.Select(one => one.Name));
        var from = 0;
        foreach (var (number, count) in ((int[])[2048, 2048, 2048, 77]).Index())
        {
            using var group = read.OpenRowGroupReader(number);
            var (zones, predictions) = (new string?[count], new double?[count]);
            await group.ReadAsync(read.Schema.DataFields[2], zones.AsMemory());
            await group.ReadAsync<double>(read.Schema.DataFields[3], predictions.AsMemory());
            Assert.Equal(Enumerable.Range(from, count).Select(ZoneOf), zones);
            Assert.Equal(Enumerable.Range(from, count).Select(i => (double?)((DistanceOf(i) * 2) + (i % 3) + (ZoneOf(i)?.Length ?? 0) + 1)), predictions);
            from += count;
        }
    }

    [Theory]
    [InlineData(4096L, 4096, 4096, 5), InlineData(4096L, 4096, 4096), InlineData(6144L, 5000)]
    [InlineData(null, 4096, 4097), InlineData(null, 4096, 2048, 4096), InlineData(null, 4095, 4095), InlineData(null, 4095, 5)]
    public async Task Row_groups_are_those_of_the_engine_if_all_but_a_smaller_last_are_of_one_size_of_whole_vectors(long? size, params int[] groups)
    {
        using var job = await RidesJob.StartAsync();
        await WriteAsync(job.At("in.parquet"), groups);

        Assert.Equal(size, ParquetGroups.Of(job.At("in.parquet"))?.Size);
    }

    [Fact]
    public async Task Files_that_store_a_column_otherwise_become_one_output_all_the_same()
    {
        using var job = await RidesJob.StartAsync();
        var folder = Directory.CreateDirectory(job.At("folder")).FullName;
        await WriteAsync(Path.Combine(folder, "a.parquet"), 4096, 5);
        File.Copy(job.Table("SELECT 7.5::DOUBLE AS distance, 3::INT AS passengers, 'x' AS zone FROM range(3000)"), Path.Combine(folder, "b.parquet"));
        await WriteAsync(Path.Combine(folder, "c.parquet"), 3);

        await job.RunAsync(Predict with { Input = folder, Output = job.At("out.parquet") });

        AssertSame(job, Answered($"SELECT * FROM '{folder}/*.parquet'"), job.At("out.parquet"));
    }

    [Fact]
    public async Task A_row_that_cannot_be_answered_is_named_and_is_left_out_where_that_is_said()
    {
        using var job = await RidesJob.StartAsync();
        var rows = $"SELECT * REPLACE (CASE WHEN id IN (150000, 250001) THEN -1 ELSE distance END AS distance) FROM ({All(300_000)})";
        var options = Predict with { Input = job.Table(rows), Output = job.At("out.parquet") };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.StartsWith("Row 150001 cannot be answered: in the column 'distance'", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(job.At("out.parquet")));
        await job.RunAsync(options with { Quarantine = job.At("bad.parquet"), Overwrite = true });
        AssertSame(job, $"{Answered(In(job))} WHERE distance >= 0", job.At("out.parquet"));
    }

    /// <summary>Writers of old left the header of a dictionary out of the size of a column (IMPALA-694).</summary>
    [Theory]
    [InlineData(0), InlineData(14), InlineData(15), InlineData(-1)]
    public async Task Columns_of_which_a_footer_says_another_size_than_their_pages_have_are_what_the_engine_reads(int less)
    {
        using var job = await RidesJob.StartAsync();
        job.Query($"COPY ({All(5000)}) TO '{job.At("right.parquet")}' (FORMAT parquet, COMPRESSION uncompressed)");
        var footer = ParquetFooter.Read(job.At("right.parquet"));
        var group = new ThriftStruct(footer.Metadata.Structs(ParquetFooter.RowGroups)![0]);
        group.Set(1, [.. group.Structs(1)!.Select(one =>
        {
            var chunk = new ThriftStruct(one);
            var values = chunk.Struct(3)!;
            values.Change(7, size => size > 100 ? size - less : size);
            chunk.Set(3, values);
            return (ReadOnlyMemory<byte>)chunk.ToBytes();
        })]);
        footer.Metadata.Set(ParquetFooter.RowGroups, [group.ToBytes()]);
        await using (var file = File.Create(job.At("in.parquet")))
        {
            file.Write((await File.ReadAllBytesAsync(footer.Path)).AsSpan(0, (int)footer.Begin));
            ParquetFooter.Write(file, footer.Metadata);
        }

        await job.RunAsync(Predict with { Input = job.At("in.parquet"), Output = job.At("out.parquet") });

        AssertSame(job, Answered($"SELECT * FROM '{job.At("right.parquet")}'"), job.At("out.parquet"));
        Assert.Equal(less == 0, CompressionsOf(job, "out.parquet").Contains("id UNCOMPRESSED"));
    }

    [Fact]
    public async Task Row_groups_that_would_be_too_much_for_the_memory_are_written_by_the_engine()
    {
        using var job = await RidesJob.StartAsync();
        const string rows = "SELECT (i % 900 + 0.5)::DOUBLE AS distance, 1::INT AS passengers FROM range(1100000) t(i)";
        job.Query($"COPY ({rows}) TO '{job.At("in.parquet")}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048000)");
        Assert.Equal(1_101_824, ParquetGroups.Of(job.At("in.parquet"))!.Size);

        await job.RunAsync(Predict with { Input = job.At("in.parquet"), Output = job.At("out.parquet") });

        Assert.DoesNotContain(CompressionsOf(job, "out.parquet"), one => one.EndsWith("ZSTD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Zeros_keep_their_signs_in_answers_beside_them()
    {
        using var job = await RidesJob.StartAsync();
        const string rows = "SELECT CASE WHEN i % 2 = 0 THEN '-0.0'::DOUBLE ELSE 0 END AS distance, i FROM range(200000) t(i)";
        job.Query($"COPY ({rows}) TO '{job.At("in.parquet")}' (FORMAT parquet, DICTIONARY_SIZE_LIMIT 0)");

        await job.RunAsync(new() { Input = job.At("in.parquet"), Output = job.At("out.parquet"), Query = "usual" });

        Assert.Equal(
            ["""{"n":100000,"a":100000,"b":100000}"""],
            job.Rows(
                $"""
                SELECT count(*) AS n, count(*) FILTER (prediction::VARCHAR = '-0.0') AS a, count(*) FILTER (distance::VARCHAR = '-0.0') AS b
                FROM '{job.At("out.parquet")}' WHERE i % 2 = 0
                """));
    }

    private static string? ZoneOf(int row) => row % 7 == 0 ? null : $"zone {row % 50}";

    private static double DistanceOf(int row) => (row % 900) + 0.5;

    /// <summary>A file of Parquet.Net, in which two columns have no nulls by its schema.</summary>
    private static async Task WriteAsync(string path, params int[] groups)
    {
        var schema = new ParquetSchema(new DataField<double>("distance"), new DataField<int>("passengers"), new DataField<string>("zone"));
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(schema, file);
        var from = 0;
        foreach (var rows in groups.Select(count => Enumerable.Range(from, count).ToList()))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<double>(schema.DataFields[0], rows.Select(DistanceOf).ToArray());
            await group.WriteAsync<int>(schema.DataFields[1], rows.Select(i => i % 3).ToArray());
            await group.WriteAsync(schema.DataFields[2], rows.Select(ZoneOf).ToArray());
            from += rows.Count;
        }
    }

    /// <summary>All values, in their order, to the bit.</summary>
    private static void AssertSame(RidesJob job, string expected, string path)
    {
        static string Sum(string rows) =>
            $"SELECT count(*) AS n, sum(hash(row, r::VARCHAR))::VARCHAR AS hash FROM (SELECT row_number() OVER () AS row, r FROM ({rows}) r)";

        Assert.Equal(job.Rows(Sum(expected)), job.Rows(Sum($"SELECT * FROM '{path}'")));
        if (path.EndsWith(".parquet", StringComparison.Ordinal)) // which says how many rows it has in two places
        {
            Assert.Equal(
                job.Rows($"SELECT sum(row_group_num_rows)::BIGINT AS n FROM (SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('{path}'))"),
                job.Rows($"SELECT num_rows AS n FROM parquet_file_metadata('{path}')"));
        }
    }

    /// <summary>The input, where DuckDB has taken both zeros for one.</summary>
    private static string In(RidesJob job) => $"SELECT * FROM '{job.At("in.parquet")}'";

    private static IReadOnlyList<string> CompressionsOf(RidesJob job, string name) =>
        [.. job.Rows($"SELECT DISTINCT path_in_schema || ' ' || compression AS c FROM parquet_metadata('{job.At(name)}') ORDER BY 1").Select(one => one[6..^2])];

    private static string SizeOf(RidesJob job, string name, string but = "") =>
        job.Rows($"SELECT sum(total_uncompressed_size) AS s FROM parquet_metadata('{job.At(name)}') WHERE path_in_schema <> '{but}'")[0];
}
