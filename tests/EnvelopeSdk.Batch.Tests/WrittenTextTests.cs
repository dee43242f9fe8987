using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>What is written as text has the digits that it had, and is read again as what it was.</summary>
public sealed class WrittenTextTests
{
    [Fact]
    public async Task Answers_are_read_again_from_CSV_as_they_were()
    {
        using var job = await RidesJob.StartAsync();
        var input = EchoRows.With(
            "-9007199254740993 AS large", "18446744073709551615::UBIGINT AS unsigned", "0.1::FLOAT AS single", "0.1::DOUBLE AS double",
            "12345678901234567.89::DECIMAL(20,2) AS exact", @"E'ö "" \n' AS text", "TIME '23:59:59.123456' AS time", "TIMESTAMP '2024-02-29 01:02:03.5' AS stamp",
            @"'\x41\x51\x49\x42'::BLOB AS bytes", "[1, NULL, 3] AS list", @"MAP {'a': 1.5::DOUBLE, E'""\n': -0.0::DOUBLE} AS map");
        var options = new BatchOptions { Input = input, Output = job.At("direct.parquet"), Query = "echo", Key = ["key"] };

        await job.RunAsync(options);
        await job.RunAsync(options with { Output = job.At("between.csv") });
        await job.RunAsync(options with { Input = job.At("between.csv"), Output = job.At("again.parquet") });

        var direct = Assert.Single(job.RowsOf(job.At("direct.parquet")));
        Assert.Equal(direct.Replace("\"key\":1,", "", StringComparison.Ordinal), Assert.Single(job.Rows($"SELECT * EXCLUDE (key) FROM '{job.At("again.parquet")}'")));
    }

    [Fact]
    public async Task Columns_that_are_kept_come_from_line_to_line_as_they_stand_there()
    {
        using var job = await RidesJob.StartAsync();
        const string Kept =
            """
            "n":9007199254740993.5,"p":1.23456789012345678901,"m":1.10,"e":1E2,"z":-0,"big":123456789012345678901234567890,"l":[12345678901234567890.5, {"a" : 1.0}],"t":"\u00e4\n","b":true,"none":null
            """;
        var input = job.Text("in.jsonl", $$"""{"distance":1.5,{{Kept}}}""" + "\n");

        await job.RunAsync(new() { Input = input, Output = job.At("out.jsonl"), Query = "usual" });

        Assert.Equal($$"""{"distance":1.5,{{Kept}},"prediction":3.0}""" + "\n", await File.ReadAllTextAsync(job.At("out.jsonl")));
    }

    [Fact]
    public async Task Columns_that_are_kept_are_JSON_with_their_digits()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table(
            """
            SELECT 1.5::DOUBLE AS distance, 1.10::DECIMAL(38,10) AS "a ""b", 12345678901234567890123456.0123456789::DECIMAL(38,10) AS exact,
              [1.10, NULL]::DECIMAL(20,2)[] AS list, {'x': 'abcd'::BLOB, 'y': TIMESTAMP '2024-01-02 03:04:05.5', 'z': [TIMESTAMPTZ '2024-01-02 03:04:05+00']} AS s,
              MAP {2: DATE '2024-01-02'} AS m, MAP {}::MAP(VARCHAR, INTEGER) AS e, []::INTEGER[] AS f, NULL::INTEGER[] AS g, {'n': NULL::INTEGER} AS h,
              TIME '01:02:03' AS t, uuid '00112233-4455-6677-8899-aabbccddeeff' AS u, 'x'::ENUM('x', 'y') AS o, [[true]] AS k, [3, 4]::INTEGER[2] AS w,
              '{"v": 1.10}'::JSON AS raw
            """);

        await job.RunAsync(new() { Input = input, Output = job.At("out.jsonl"), Query = "usual" });

        Assert.Equal(
            """
            {"distance":1.5,"a \"b":1.1000000000,"exact":12345678901234567890123456.0123456789,"list":[1.10,null],
            "s":{"x":"YWJjZA==","y":"2024-01-02T03:04:05.5","z":["2024-01-02T03:04:05+00:00"]},
            "m":{"2":"2024-01-02"},"e":{},"f":[],"g":null,"h":{"n":null},
            "t":"01:02:03","u":"00112233-4455-6677-8899-aabbccddeeff","o":"x","k":[[true]],"w":[3,4],
            "raw":{"v": 1.10},"prediction":3.0}
            """.ReplaceLineEndings(""),
            Assert.Single(await File.ReadAllLinesAsync(job.At("out.jsonl"))));
    }

    [Fact]
    public async Task Columns_called_as_SQL_calls_its_own_are_none_of_them()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table(
            """
            SELECT 1.5::DOUBLE AS distance, {'a': 9, 'key': 'K9'} AS x0, 7 AS x1, 5 AS a, {'a': 1} AS unnamed_subquery,
              [{'a': 1}, {'a': 2}] AS list, MAP {'a1': {'b': [{'c': 3}]}} AS map
            """);

        await job.RunAsync(new() { Input = input, Output = job.At("out.jsonl"), Query = "usual" });

        Assert.Equal(
            """{"distance":1.5,"x0":{"a":9,"key":"K9"},"x1":7,"a":5,"unnamed_subquery":{"a":1},"list":[{"a":1},{"a":2}],"map":{"a1":{"b":[{"c":3}]}},"prediction":3.0}""",
            Assert.Single(await File.ReadAllLinesAsync(job.At("out.jsonl"))));
    }

    [Fact]
    public async Task Numbers_below_one_and_JSON_within_columns_are_JSON_with_their_digits()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table(
            """
            SELECT 1.5::DOUBLE AS distance, 0.05::DECIMAL(2,2) AS d, [-0.050, 0, NULL]::DECIMAL(3,3)[] AS l, {'j': '{"v": 1.10}'::JSON} AS s
            """);

        await job.RunAsync(new() { Input = input, Output = job.At("out.jsonl"), Query = "usual" });

        Assert.Equal(
            """{"distance":1.5,"d":0.05,"l":[-0.050,0.000,null],"s":{"j":{"v": 1.10}},"prediction":3.0}""",
            Assert.Single(await File.ReadAllLinesAsync(job.At("out.jsonl"))));
    }

    [Fact]
    public async Task Times_before_the_year_1_have_a_sign_and_those_without_a_year_stay_as_they_were()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("SELECT 1.5::DOUBLE AS distance, TIMESTAMP '0044-03-15 (BC) 10:00:00' AS a, 'infinity'::TIMESTAMP AS b, NULL::TIMESTAMP AS c");

        await job.RunAsync(new() { Input = input, Output = job.At("out.jsonl"), Query = "usual" });

        Assert.Equal(
            """{"distance":1.5,"a":"-0043-03-15T10:00:00","b":"infinity","c":null,"prediction":3.0}""",
            Assert.Single(await File.ReadAllLinesAsync(job.At("out.jsonl"))));
    }

    [Fact]
    public async Task JSON_of_several_lines_stays_one_line()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("SELECT 1.5::DOUBLE AS distance, (E'{\"v\":\\r\\n [1.10]}')::JSON AS raw");

        await job.RunAsync(new() { Input = input, Output = job.At("out.jsonl"), Query = "usual" });

        Assert.Equal("""{"distance":1.5,"raw":{"v":   [1.10]},"prediction":3.0}""", Assert.Single(await File.ReadAllLinesAsync(job.At("out.jsonl"))));
    }

    [Fact]
    public async Task Columns_that_are_kept_in_CSV_can_be_read_by_others_and_by_a_job()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table(
            """
            SELECT 1.5::DOUBLE AS distance, [{'sku': 'a"b,', 'price': 1.50::DECIMAL(5,2)}] AS items, '\x01\x02'::BLOB AS bytes,
              TIMESTAMP '2024-01-02 03:04:05' AS stamp, TIMESTAMPTZ '2024-01-02 03:04:05.5+00' AS point, NULL::BLOB AS none, 'a "b"' AS text
            """);

        await job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "usual" });

        Assert.Equal(
            [
                "distance,items,bytes,stamp,point,none,text,prediction",
                "1.5,\"[{\"\"sku\"\":\"\"a\\\"\"b,\"\",\"\"price\"\":1.50}]\",AQI=,2024-01-02T03:04:05,2024-01-02T03:04:05.5+00:00,,\"a \"\"b\"\"\",3.0",
            ],
            await File.ReadAllLinesAsync(job.At("out.csv")));
    }

    [Theory]
    [InlineData("csv"), InlineData("jsonl")]
    public async Task Years_that_have_another_form_are_those_of_ISO_8601(string form)
    {
        using var job = await RidesJob.StartAsync();
        (string Value, string Text)[] values =
        [
            ("DATE '0044-03-15 (BC)'", "-0043-03-15"), ("DATE '0001-01-01 (BC)'", "0000-01-01"), ("DATE '0001-01-01'", "0001-01-01"), ("DATE '12345-06-07'", "+12345-06-07"),
            ("TIMESTAMP '0044-03-15 (BC) 12:00:00.5'", "-0043-03-15T12:00:00.5"), ("TIMESTAMPTZ '0044-03-15 (BC) 12:00:00+00'", "-0043-03-15T12:00:00+00:00"),
            ("TIMESTAMP '12345-06-07 08:09:10'", "+12345-06-07T08:09:10"), ("TIMESTAMP '9999-12-31 23:59:59'", "9999-12-31T23:59:59"), ("TIMESTAMPTZ '2024-02-29 12:00:00+00'", "2024-02-29T12:00:00+00:00"),
            ("'infinity'::TIMESTAMP", "infinity"), ("NULL::TIMESTAMP", ""),
        ];
        var columns = string.Join(", ", values.Select((one, i) => $"{one.Value} AS c{i}"));

        await job.RunAsync(new() { Input = job.Table($"SELECT {columns}, 1.5::DOUBLE AS distance"), Output = job.At($"out.{form}"), Query = "usual" });

        var row = (await File.ReadAllLinesAsync(job.At($"out.{form}")))[^1];
        Assert.StartsWith(
            form == "csv" ? string.Join(',', values.Select(one => one.Text))
                : $"{{{string.Join(',', values.Select((one, i) => $"\"c{i}\":{(one.Text.Length > 0 ? $"\"{one.Text}\"" : "null")}"))},",
            row, StringComparison.Ordinal);
    }
}
