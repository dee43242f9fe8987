namespace EnvelopeSdk.Batch.Tests;

/// <summary>Queries that take a table are asked for many rows at once, and each row gets what is its own.</summary>
public sealed class TableQueryTests
{
    private const string Rows = "SELECT random() * 500 AS distance, i::INTEGER AS passengers, CASE WHEN i % 3 > 0 THEN '0' || i END AS zone";

    [Fact]
    public async Task Each_row_is_answered_as_the_query_answers_that_takes_one()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table($"{Rows} FROM range(10000) t(i)");
        await job.RunAsync(new() { Input = input, Output = job.At("rows.parquet"), Query = "predict", Key = ["passengers"], Answer = "price" });

        var done = await job.RunAsync(new() { Input = input, Output = job.At("table.parquet"), Query = "table", Key = ["passengers"] });

        Assert.Equal((10_000, 0), (done.Answered, done.Bad));
        Assert.Equal(
            job.Rows($"SELECT *, 'EUR' AS currency FROM '{job.At("rows.parquet")}'"), job.RowsOf(job.At("table.parquet")));
    }

    [Fact]
    public async Task A_data_view_takes_vectors_and_an_array_answers_each_row()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("SELECT i::DOUBLE AS distance, [i, 1]::FLOAT[] AS parts FROM range(3) t(i)");

        await job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "prices", Key = ["distance"] });

        Assert.Equal(
            """{"distance":2.0,"price":4.0,"currency":"EUR","parts":[2.0,2.0],"payment":"Cash","day":null}""",
            job.RowsOf(job.At("out.parquet"))[2]);
    }

    [Fact]
    public async Task Text_is_read_with_the_types_of_the_columns()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.csv", "passengers,Zone,distance\n1,007,2.5\n2,,10\n");

        await job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "table", Log = job.At("log.parquet") });

        Assert.Equal(["passengers,Zone,distance,price,currency", "1,007,2.5,10.0,EUR", "2,,10,23.0,EUR"], await File.ReadAllLinesAsync(job.At("out.csv")));
        Assert.Equal(
            [
                """{"inputs":"{\"rides\":[{\"distance\":2.5,\"passengers\":1,\"zone\":\"007\"}]}","answer":"{\"price\":10,\"currency\":\"EUR\"}"}""",
                """{"inputs":"{\"rides\":[{\"distance\":10,\"passengers\":2,\"zone\":null}]}","answer":"{\"price\":23,\"currency\":\"EUR\"}"}""",
            ],
            job.Rows($"SELECT inputs, answer FROM '{job.At("log.parquet")}'"));
    }

    [Fact]
    public async Task Among_many_rows_those_are_refused_that_cannot_be_answered_and_no_others()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table(
            """
            SELECT CASE i WHEN 10 THEN NULL WHEN 1900 THEN 'NaN'::DOUBLE WHEN 2500 THEN 13 WHEN 2501 THEN 666 ELSE i % 13 END::DOUBLE AS distance,
              i::INTEGER AS passengers, 'secret' AS zone
            FROM range(5000) t(i)
            """);

        var done = await job.RunAsync(new()
        {
            Input = input,
            Output = job.At("out.parquet"),
            Query = "table",
            Quarantine = job.At("bad.csv"),
            Key = ["passengers"],
        });

        Assert.Equal((4996, 4), (done.Answered, done.Bad));
        Assert.Equal(
            [
                "passengers,fault_column,fault_reason",
                "10,distance,\"a number is expected, and not null\"",
                "1900,distance,\"it is NaN or infinite, which no caller can send either\"",
                "2500,,the model refuses it: thirteen is not driven",
                "2501,,the model failed with InvalidOperationException",
            ],
            await File.ReadAllLinesAsync(job.At("bad.csv")));
        Assert.Equal(
            ["0"], job.Rows($"SELECT count(*) AS n FROM '{job.At("out.parquet")}' WHERE price <> (passengers % 13) * 2 + passengers + 7")
                .Select(one => one[5..^1]));
    }

    [Fact]
    public async Task Where_there_is_no_answer_for_each_row_it_is_not_guessed_whose_it_is()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table($"{Rows} FROM range(4) t(i) UNION ALL SELECT 77, 1, NULL");

        var summed = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "sum" }));
        var left = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "table" }));

        Assert.StartsWith("The query 'sum' answered 1 in an example of 2. A job needs an answer for each row of 'rides'.", summed.Message, StringComparison.Ordinal);
        Assert.StartsWith("The query 'table' answered 4 rows when it was asked for 5, so it is not known", left.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(job.At("out.parquet")));
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_columns_of_a_table_is_said_at_once()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("SELECT 1.5::DOUBLE AS Distance, 'two' AS passengers, 1.0 AS surcharge");

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = input,
            Output = job.At("out.parquet"),
            Query = "table",
            Map = new Dictionary<string, string> { ["rides.distance"] = "distanc", ["zone"] = "passengers" },
        }));

        Assert.Equal(
            """
            The table does not fit the query 'table':
              surcharge: It is one value for all rows of 'rides', and the column 'surcharge' has one for each. Call the column otherwise in a query, and the parameter has its default.
              rides.distance: There is no column 'distanc'; the nearest is 'Distance'.
              rides.passengers: It takes int32, and the column has VARCHAR. Read it with a query that says CAST(... AS BIGINT); or read the file that it was made of.
              rides.zone: There is no column 'zone'.
              zone: The query takes no 'zone', and a column is named for it.
            The table has 'Distance', 'passengers', 'surcharge'.
            """,
            refused.Message);
    }

    [Fact]
    public async Task A_column_is_named_with_its_table()
    {
        using var job = await RidesJob.StartAsync();

        await job.RunAsync(new()
        {
            Input = job.Table("SELECT 1.5::DOUBLE AS km, 2 AS passengers, NULL::VARCHAR AS zone"),
            Output = job.At("out.csv"),
            Query = "table",
            Map = new Dictionary<string, string> { ["rides.distance"] = "km" },
        });

        Assert.Equal("1.5,2,,6.0,EUR", (await File.ReadAllLinesAsync(job.At("out.csv")))[1]);
    }
}
