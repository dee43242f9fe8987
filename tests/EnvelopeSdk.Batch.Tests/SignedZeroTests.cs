using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>-0.0 and 0.0 are equal, and not the same.</summary>
public sealed class SignedZeroTests
{
    private const string Zeros =
        """
        SELECT i AS key, distance, distance::FLOAT AS single, [distance, NULL] AS list, {'a': distance} AS parts, MAP {'k': distance} AS map,
          [distance, 1]::DOUBLE[2] AS pair
        FROM (SELECT i, CASE WHEN i % 2 = 0 THEN 0.0 ELSE -0.0::DOUBLE END AS distance FROM range(10) t(i))
        """;

    private const string Read =
        "distance::VARCHAR AS distance, single::VARCHAR AS single, list::VARCHAR AS list, parts::VARCHAR AS parts, map::VARCHAR AS map, pair::VARCHAR AS pair, prediction::VARCHAR AS prediction";

    [Theory]
    [InlineData(10), InlineData(3)]
    public async Task Zeros_with_and_without_a_sign_stay_what_they_are_in_kept_columns_and_answers(long rowsPerPart)
    {
        using var job = await RidesJob.StartAsync();
        job.Query($"COPY ({Zeros}) TO '{job.At("in.parquet")}' (FORMAT parquet, DICTIONARY_SIZE_LIMIT 0)");

        await job.RunAsync(new() { Input = job.At("in.parquet"), Output = job.At("out.parquet"), Query = "usual", RowsPerPart = rowsPerPart });

        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? "0.0" : "-0.0").Select(zero =>
                $$"""{"distance":"{{zero}}","single":"{{zero}}","list":"[{{zero}}, NULL]","parts":"{'a': {{zero}}}","map":"{k={{zero}}}","pair":"[{{zero}}, 1.0]","prediction":"{{zero}}"}"""),
            job.Rows($"SELECT {Read} FROM '{job.At("out.parquet")}' ORDER BY key"));
    }

    [Theory]
    [InlineData("out.csv"), InlineData("out.jsonl"), InlineData("out.arrow")]
    public async Task They_do_so_in_files_of_other_forms(string output)
    {
        using var job = await RidesJob.StartAsync();
        job.Query($"COPY (SELECT key, distance FROM ({Zeros})) TO '{job.At("in.parquet")}' (FORMAT parquet, DICTIONARY_SIZE_LIMIT 0)");
        var options = new BatchOptions { Input = job.At("in.parquet"), Output = job.At(output), Query = "usual", Key = ["key"] };

        await job.RunAsync(options);
        await job.RunAsync(options with { Input = job.At(output), Output = job.At("read.csv"), Query = "usual", Map = new Dictionary<string, string> { ["distance"] = "prediction" }, Answer = "again" });

        var read = await File.ReadAllLinesAsync(job.At("read.csv"));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i},{(i % 2 == 0 ? "0.0" : "-0.0")}"), read.Skip(1));
    }

    [Fact]
    public async Task Rows_of_a_part_that_begins_anew_are_counted_and_put_aside_once()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("SELECT CASE WHEN i = 5 THEN -0.0::DOUBLE WHEN i < 3 THEN -1 ELSE 0 END AS distance, 1 AS passengers FROM range(10) t(i)");

        var done = await job.RunAsync(
            new() { Input = input, Output = job.At("out.parquet"), Quarantine = job.At("bad.parquet"), Query = "predict" });

        Assert.Equal((10, 7, 3), (done.Rows, done.Answered, done.Bad));
        Assert.Equal(3, job.RowsOf(job.At("bad.parquet")).Count);
        Assert.Equal(7, job.RowsOf(job.At("out.parquet")).Count);
    }

    [Theory]
    [InlineData("{'t': TIMESTAMP '2024-01-02 03:04:05', 'x': 1.5::DOUBLE}", "{'t': TIMESTAMP_NS '2024-01-02 03:04:05.123456789', 'x': 1.5::DOUBLE}")]
    [InlineData("{'t': TIMESTAMP_NS '2024-01-02 03:04:05.123456789', 'x': 1.5::DOUBLE}", "{'t': TIMESTAMP '3020-01-02 03:04:05', 'x': 1.5::DOUBLE}")]
    [InlineData("[1, 2]::DOUBLE[2]", "[1, 2, 3]::DOUBLE[3]")]
    [InlineData("{'e': 'a'::ENUM('a', 'b'), 'x': 1.5::DOUBLE}", "{'e': 'c'::ENUM('c'), 'x': 1.5::DOUBLE}")]
    [InlineData("{'j': '1', 'x': 1.5::DOUBLE}", "{'j': '{}'::JSON, 'x': 1.5::DOUBLE}")]
    public async Task Columns_whose_types_are_alike_keep_their_own(string one, string other)
    {
        using var job = await RidesJob.StartAsync();
        var rows = $"SELECT 1.5::DOUBLE AS distance, {one} AS a, {other} AS b, a AS c";
        job.Table(rows, "direct.parquet");

        await job.RunAsync(new() { Input = rows, Output = job.At("out.parquet"), Query = "usual" });

        Assert.Equal(
            job.Rows($"SELECT a, b, c, typeof(a) AS d, typeof(b) AS e FROM '{job.At("direct.parquet")}'"),
            job.Rows($"SELECT a, b, c, typeof(a) AS d, typeof(b) AS e FROM '{job.At("out.parquet")}'"));
    }

    [Fact]
    public async Task A_file_without_them_has_dictionaries()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("SELECT 'Amsterdam' AS place, CASE WHEN i % 2 = 0 THEN 0.0 ELSE NULL END::DOUBLE AS x, 1.5::DOUBLE AS distance FROM range(10000) t(i)");

        await job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "usual" });

        var encodings = job.Rows($"SELECT path_in_schema AS c, encodings AS e FROM parquet_metadata('{job.At("out.parquet")}')");
        Assert.All(encodings, one => Assert.Contains("PLAIN_DICTIONARY", one, StringComparison.Ordinal));
    }

    /// <summary>The engine stores a column of zeros once, and runs of them once each, and takes -0.0 for one of them.</summary>
    [Theory]
    [InlineData("SELECT CASE WHEN i % 2 = 0 THEN -0.0::DOUBLE ELSE 0.0 END AS distance, i AS id FROM range(3000) t(i)")]
    [InlineData("SELECT CASE WHEN i % 50000 = 7 THEN -0.0::DOUBLE ELSE 0.0 END AS distance, i AS id FROM range(300000) t(i)")]
    [InlineData("SELECT [0.5, -0.0, 0.0, 2.5][1 + (i // 100) % 4]::DOUBLE AS distance, i AS id FROM range(300000) t(i)")]
    public async Task A_query_has_the_sign_of_each_zero_in_its_rows(string query)
    {
        using var job = await RidesJob.StartAsync();

        await job.RunAsync(new() { Input = query, Output = job.At("out.parquet"), Query = "usual" });

        Assert.Equal(Signs(job, $"({query})"), Signs(job, $"'{job.At("out.parquet")}'"));
    }

    [Fact]
    public async Task Nested_numbers_of_a_query_have_their_signs_too()
    {
        using var job = await RidesJob.StartAsync();
        const string Query =
            """
            SELECT i AS id, 1.5::DOUBLE AS distance, z::FLOAT AS f, [z, NULL, 1.5]::DOUBLE[] AS l, [z, z]::FLOAT[2] AS a,
              CASE WHEN i % 7 = 0 THEN NULL ELSE {'x': z, 'n': 'a' || i, 'l': [{'y': z::FLOAT, 'd': DATE '2020-01-01'}, NULL]} END AS s,
              CASE WHEN i % 5 = 0 THEN NULL ELSE MAP {'k' || i: z, 'one': [0.5][1]} END AS m, [[z], [], NULL]::DOUBLE[][] AS n
            FROM (SELECT i, CASE WHEN i % 3 = 0 THEN -0.0::DOUBLE ELSE 0.0 END AS z FROM range(5000) t(i))
            """;

        await job.RunAsync(new() { Input = Query, Output = job.At("out.parquet"), Query = "usual" });

        Assert.Equal(
            job.Rows($"SELECT * FROM ({Query}) ORDER BY id").Select(one => one[..^1]),
            job.Rows($"SELECT * EXCLUDE prediction FROM '{job.At("out.parquet")}' ORDER BY id").Select(one => one[..^1]));
    }

    private static IReadOnlyList<string> Signs(RidesJob job, string rows) => job.Rows(
        $"SELECT count(*) AS rows, count(*) FILTER (signbit(distance)) AS negative, sum(id) FILTER (signbit(distance)) AS which FROM {rows}");
}
