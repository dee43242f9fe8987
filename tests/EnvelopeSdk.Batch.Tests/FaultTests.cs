using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>What cannot be answered: columns that are refused before a row is read, and single rows.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task A_column_may_be_called_number()
    {
        using var job = await RidesJob.StartAsync();

        var done = await job.RunAsync(new()
        {
            Input = job.Table("SELECT -1::DOUBLE AS distance, 1 AS passengers, 7 AS number"),
            Output = job.At("out.csv"),
            Query = "predict",
            Key = ["number"],
            Quarantine = job.At("bad.csv"),
        });

        Assert.Equal((0, 1), (done.Answered, done.Bad));
        Assert.StartsWith("7,distance,", (await File.ReadAllLinesAsync(job.At("bad.csv")))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_column_with_parts_it_is_said_in_which_of_them_a_value_is_wrong()
    {
        using var job = await RidesJob.StartAsync();

        await job.RunAsync(new()
        {
            Input = job.Table("SELECT unnest([{distance: 1.0, passengers: NULL}, {distance: 13.0, passengers: 1}, NULL])::STRUCT(distance DOUBLE, passengers INT) AS ride"),
            Output = job.At("out.parquet"),
            Query = "quote",
            Quarantine = job.At("bad.parquet"),
        });
        await job.RunAsync(new()
        {
            Input = job.Text("in.jsonl", """{"rarities":{"rides":[{"distance":1,"passengers":1},{"distance":1,"passengers":"a"}]}}""" + "\n" + """{"rarities":{"named":{"secret":{"distance":1,"passengers":"a"}}}}"""),
            Output = job.At("rare.parquet"),
            Query = "rare",
            Quarantine = job.At("rare.bad.parquet"),
        });

        Assert.Equal(
            [
                """{"fault_column":"ride","fault_reason":"at /passengers an integer from -2147483648 to 2147483647 is expected, and not null"}""",
                """{"fault_column":"ride","fault_reason":"the model refuses it at /distance: thirteen is not driven"}""",
                """{"fault_column":"ride","fault_reason":"an object is expected, and not null"}""",
                """{"fault_column":"rarities","fault_reason":"at /rides/*/passengers an integer from -2147483648 to 2147483647 is expected, and not a string"}""",
                """{"fault_column":"rarities","fault_reason":"at /named/*/passengers an integer from -2147483648 to 2147483647 is expected, and not a string"}""",
            ],
            job.Rows($"SELECT fault_column, fault_reason FROM read_parquet(['{job.At("bad.parquet")}', '{job.At("rare.bad.parquet")}'], union_by_name = true)"));
    }

    [Fact]
    public async Task Runs_are_not_called_alike_by_settings()
    {
        using var job = await RidesJob.StartAsync();
        job.Text("appsettings.json", """{"Batch":{"Run":"nightly"}}""");

        Assert.Equal(2, await job.RunProgramAsync("--input", job.Text("in.csv", "distance\n1\n"), "--output", job.At("out.csv")));
        Assert.False(File.Exists(job.At("out.csv")));
    }

    [Theory]
    [InlineData("7", 7.0, false), InlineData("0.1%", 0.001, true), InlineData("100%", 1.0, true)]
    public void A_bound_is_a_number_of_rows_or_a_share(string text, double value, bool isShare) =>
        Assert.Equal(new((decimal)value, isShare), BadRows.Parse(text));

    [Theory]
    [InlineData(-1, true), InlineData(1, false)]
    public async Task That_no_row_could_be_answered_is_said(int last, bool isSaid)
    {
        using var job = await RidesJob.StartAsync();
        var listener = new Heard(_ => { });

        var done = await job.RunAsync(
            new() { Input = job.Text("in.csv", $"distance,passengers\n-1,1\n{last},1\n"), Output = job.At("out.csv"), Query = "predict", Quarantine = job.At("bad.csv") },
            listener);

        Assert.Equal(isSaid ? 2 : 1, done.Bad);
        Assert.Equal(isSaid, listener.Warnings.Any(one => one.StartsWith("No row could be answered", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("29%", 29, 100), InlineData("57%", 57, 100), InlineData("0.1%", 1, 1000), InlineData("7", 7, 1000)]
    public void As_many_bad_rows_as_may_be_are_not_too_many_and_one_more_is(string text, long bad, long rows)
    {
        var most = BadRows.Parse(text)!;

        Assert.False(most.IsExceeded(bad, rows));
        Assert.True(most.IsExceeded(bad + 1, rows));
        Assert.Equal(text, most.ToString().Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.5"), InlineData("100.1%"), InlineData("Infinity"), InlineData("NaN%"), InlineData("-1"), InlineData("")]
    public void What_is_neither_is_no_bound(string text) => Assert.Null(BadRows.Parse(text));

    [Fact]
    public async Task What_was_done_with_more_bad_rows_than_may_be_now_is_refused()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = job.Table("SELECT CASE i WHEN 0 THEN -1 ELSE 1 END::DOUBLE AS distance, 1 AS passengers FROM range(4) t(i)"),
            Output = job.At("out.csv"),
            Query = "predict",
            Quarantine = job.At("bad.csv"),
            MaxBad = BadRows.Parse("30%"),
        };
        await job.RunAsync(options);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options with { MaxBad = BadRows.Parse("1%") }));

        Assert.StartsWith("1 of 4 rows could not be answered when ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await job.RunAsync(options)).Bad);
    }

    [Fact]
    public async Task All_that_is_wrong_with_columns_is_said_at_once_with_the_nearest_name_and_nothing_is_written()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("SELECT 'far' AS distance, 1.5::DOUBLE AS passenger, 1 AS zone, 2 AS Zone2");

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = input,
            Output = job.At("out.parquet"),
            Query = "predict",
            Key = ["idd"],
            Map = new Dictionary<string, string> { ["paymnt"] = "zone" },
        }));

        Assert.Equal(EnvelopeError.Invalid, refused.Error);
        Assert.Equal(
            [
                "The table does not fit the query 'predict':",
                "  distance: It takes double, and the column has VARCHAR. Read it with a query that says CAST(... AS DOUBLE); or read the file that it was made of.",
                "  passengers: There is no column 'passengers'; the nearest is 'passenger'.",
                "  zone: It takes string, and the column has INTEGER. If its values are such, read it with a query that says CAST(... AS VARCHAR).",
                "  paymnt: The query takes no 'paymnt'; the nearest is 'payment', and a column is named for it.",
                "  --key idd: There is no column 'idd'.",
                "The table has 'distance', 'passenger', 'zone', 'Zone2'.",
            ],
            refused.Message.Split('\n'));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(input)!, "out*"));
    }

    [Theory]
    [InlineData("1::DOUBLE AS passengers", "which would be rounded")]
    [InlineData("1.5::DECIMAL(4,2) AS passengers", "which would be rounded")]
    [InlineData("true AS passengers", "BOOLEAN")]
    [InlineData("[1] AS passengers", "a list of INTEGER")]
    [InlineData("1 AS passengers, 'a' AS payment, 2 AS PAYMENT2, DATE '2020-01-01' AS zone", "DATE")]
    public async Task A_column_that_would_lose_something_is_refused(string columns, string said)
    {
        using var job = await RidesJob.StartAsync();
        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = job.Table($"SELECT 1::DOUBLE AS distance, {columns}"),
            Output = job.At("out.parquet"),
            Query = "predict",
        }));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_that_differ_by_case_alone_are_refused_and_one_that_differs_from_its_parameter_so_is_taken()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.csv", "DISTANCE,Distance,passengers\n1,2,3\n");

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = input,
            Output = job.At("out.parquet"),
            Query = "predict",
        }));
        Assert.Contains("'DISTANCE', 'Distance'", refused.Message, StringComparison.Ordinal);

        job.Text("in.csv", "DISTANCE,Distance_1,passengers\n1,2,3\n");
        await job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "predict", Key = ["passengers"] });
        Assert.Equal(["""{"passengers":"3","prediction":6.0}"""], job.RowsOf(job.At("out.parquet")));
    }

    [Theory]
    [InlineData("predict", "distance, passengers, zone", "zone: There is no column 'zone', and ' zone' may be meant: say so with --map zone=\" zone\", or give the column another name in a query; else the default would be taken.")]
    [InlineData("predict", "distance, passengers, zone", "passengers: There is no column 'passengers'; the nearest is ' passengers'.")]
    [InlineData("predict", "distance,passengers,_Pay_Ment", "payment: There is no column 'payment', and '_Pay_Ment' may be meant")]
    [InlineData("quote", "distance,passengers,zo-ne", "ride.zone: There is no column 'zone', and 'zo-ne' may be meant: say so with --map ride.zone=\"zo-ne\"")]
    [InlineData("usual", "id, distance", "distance: There is no column 'distance', and ' distance' may be meant")]
    public async Task A_column_that_may_be_meant_where_a_default_would_be_taken_is_named_before_a_row_is_read(
        string query, string header, string said)
    {
        using var job = await RidesJob.StartAsync();

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = job.Text("in.csv", $"{header}\n{string.Join(',', header.Split(',').Select(_ => "1"))}\n"),
            Output = job.At("out.csv"),
            Query = query,
        }));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(job.At("out.csv.parts")));
    }

    [Theory]
    [InlineData("distance,passengers,zones", "zone=", "3.0")]
    [InlineData("distance,passengers,-", "zone=", "3.0")]
    [InlineData("distance,passengers, zone", "zone= zone", "4.0")]
    [InlineData("distance,passengers, zone", "payment= zone", "4.0")]
    public async Task A_column_of_another_name_or_one_that_is_asked_for_leaves_a_default_as_it_is(
        string header, string map, string answer)
    {
        using var job = await RidesJob.StartAsync();
        var named = map.Split('=') is [var parameter, { Length: > 0 } column]
            ? new Dictionary<string, string> { [parameter] = column } : [];

        var options = new BatchOptions
        {
            Input = job.Text("in.csv", $"{header}\n1,0,{(named.ContainsKey("payment") ? "Voucher" : "x")}\n"),
            Output = job.At("out.csv"),
            Query = "predict",
            Map = named,
            Key = ["distance"],
        };
        await job.RunAsync(options);

        Assert.Equal(["distance,prediction", $"1,{answer}"], File.ReadAllLines(job.At("out.csv")));
    }

    [Theory]
    [InlineData("SELECT 1 AS rowid, 1::DOUBLE AS distance, 1 AS passengers", "rowid: ")]
    [InlineData("SELECT 1 AS prediction, 1::DOUBLE AS distance, 1 AS passengers", "prediction: ")]
    [InlineData("SELECT 1::HUGEINT AS id, 1::DOUBLE AS distance, 1 AS passengers", "id: No file can keep HUGEINT")]
    public async Task A_column_that_would_be_taken_for_another_or_rounded_is_refused(string sql, string said)
    {
        using var job = await RidesJob.StartAsync();
        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = sql,
            Output = job.At("out.parquet"),
            Query = "predict",
        }));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_whose_columns_have_different_types_are_refused_and_named()
    {
        using var job = await RidesJob.StartAsync();
        job.Table("SELECT 1::DOUBLE AS distance, 1::INTEGER AS passengers", "in1.parquet");
        job.Table("SELECT 1::DOUBLE AS distance, 1::BIGINT AS passengers", "in2.parquet");

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = job.At("in*.parquet"),
            Output = job.At("out.parquet"),
            Query = "predict",
        }));

        Assert.Contains("'passengers' is BIGINT in", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_query_cannot_convert_is_not_shown()
    {
        using var job = await RidesJob.StartAsync();
        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = $"SELECT zone::DOUBLE AS distance, 1 AS passengers FROM '{job.Table("SELECT 'secret' AS zone")}'",
            Output = job.At("out.parquet"),
            Query = "predict",
        }));

        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_structure_in_a_column_has_names_of_its_own()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("SELECT {'DISTANCE': 1, 'y': {'distance': 2}} AS s, 1::DOUBLE AS distance, 1 AS passengers");

        Assert.Equal(1, (await job.RunAsync(new()
        {
            Input = input,
            Output = job.At("out.parquet"),
            Query = "predict",
            Key = ["s"],
        })).Answered);
    }

    [Theory]
    [InlineData("-1.0", "1", "'distance'", "at least 0")]
    [InlineData("1.0", "NULL", "'passengers'", "null")]
    [InlineData("'NaN'", "1", "'distance'", "NaN or infinite")]
    [InlineData("1.0", "3000000000", "'passengers'", "")]
    [InlineData("13", "1", "the model refuses it: thirteen is not driven", "")]
    [InlineData("777", "1", "'distance'", ", the model refuses it: That is another country. --quarantine")]
    [InlineData("666", "1", "the model failed with InvalidOperationException", "")]
    public async Task A_row_that_cannot_be_answered_ends_the_job_with_its_number_its_column_and_the_reason(
        string distance, string passengers, string place, string reason)
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table($"SELECT 1::DOUBLE AS distance, 1::BIGINT AS passengers UNION ALL SELECT {distance}::DOUBLE, {passengers}");

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = input,
            Output = job.At("out.parquet"),
            Query = "predict",
        }));

        Assert.StartsWith("Row 2 cannot be answered: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(place, refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(job.At("out.parquet")));
    }

    [Fact]
    public async Task The_name_of_an_answer_is_refused_where_its_members_are_the_columns()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("SELECT 1::DOUBLE AS distance, 1 AS passengers");
        var options = new BatchOptions { Input = input, Output = job.At("out.parquet"), Query = "quote", Answer = "cost" };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains("--answer cost: The answer has members, whose names are its columns: price, currency", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_are_put_aside_are_in_a_file_with_column_and_reason_and_not_in_the_output()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.csv", "id,distance,passengers\n1,1,1\n2,far,1\n3,2,\n4,3,1\n");

        var done = await job.RunAsync(new()
        {
            Input = input,
            Output = job.At("out.parquet"),
            Query = "predict",
            Key = ["id"],
            Quarantine = job.At("bad.csv"),
        });

        Assert.Equal((4, 2, 2), (done.Rows, done.Answered, done.Bad));
        Assert.Equal(["""{"id":"1","prediction":4.0}""", """{"id":"4","prediction":8.0}"""], job.RowsOf(job.At("out.parquet")));
        var bad = File.ReadAllLines(job.At("bad.csv"));
        Assert.Equal(["id,fault_column,fault_reason", "2,distance,it is no number"], bad[..2]);
        Assert.StartsWith("3,passengers,", bad[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", false), InlineData("2", true), InlineData("49.9%", false), InlineData("50%", true)]
    public async Task More_of_them_than_are_allowed_end_the_job(string most, bool isDone)
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.csv", "id,distance,passengers\n1,1,1\n2,far,1\n3,2,\n4,3,1\n");

        var code = await job.RunProgramAsync(
            "--input", input, "--output", job.At("out.csv"), "--query", "predict", "--quarantine", job.At("bad.csv"),
            "--max-bad", most);

        Assert.Equal((isDone ? 0 : 1, isDone), (code, File.Exists(job.At("out.csv"))));
    }

    [Theory]
    [InlineData("nowhere.parquet", 3)]
    [InlineData("torn.parquet", 4)]
    [InlineData("SELECT * FROM nothing", 2)]
    [InlineData("in.txt", 2)]
    public async Task An_input_that_cannot_be_read_is_named_and_shows_nothing_of_what_is_in_it(string input, int code)
    {
        using var job = await RidesJob.StartAsync();
        job.Text("torn.parquet", "PAR1 secret");
        job.Text("in.txt", "secret");
        var path = input.StartsWith("SELECT", StringComparison.Ordinal) ? input : job.At(input);

        Assert.Equal(code, await job.RunProgramAsync("--input", path, "--output", job.At("out.parquet"), "--query", "predict"));
        Assert.False(File.Exists(job.At("out.parquet")));
    }
}
