using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Columns of text whose parameters are no text, in tables that have types.</summary>
public sealed class TextValueTests
{
    [Theory]
    [InlineData("79228162514264337593543950335", true), InlineData("7.9228162514264337593543950335", true), InlineData("-0.0000000000000000000000000001", true)]
    [InlineData("7.9228162514264337593543950336", false), InlineData("79228162514264337593543950.3351", false), InlineData("1e-29", false), InlineData("-12.5E-27", true), InlineData("12.55e-27", false)]
    [InlineData("0.000e-99", true), InlineData("0012.5000000000000000000000000000000000", true), InlineData("1e999", true), InlineData("+.5", true), InlineData("5.", true)]
    public void A_text_has_no_more_digits_than_a_decimal_or_too_many(string text, bool isExact) => Assert.Equal(isExact, NumberText.IsExactDecimal(text));

    [Theory]
    [InlineData("VARCHAR"), InlineData("JSON")]
    public async Task Text_of_JSON_is_what_it_says_and_text_of_a_decimal_number_too(string type)
    {
        using var job = await RidesJob.StartAsync();
        var input = EchoRows.With(
            $"'[1, null, 3]'::{type} AS list", $$"""'{"a": 1.5}'::{{type}} AS map""", "' +012.50' AS exact");

        await job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "echo", Key = ["key"] });

        Assert.Equal(
            ["""{"list":[1,null,3],"map":"{\"a\":1.5}","exact":"12.50"}"""],
            job.Rows($"SELECT list, map, exact FROM '{job.At("out.parquet")}'"));
    }

    [Theory]
    [InlineData("in.parquet"), InlineData("in.csv")]
    public async Task A_text_of_JSON_that_is_null_is_null_where_that_may_be(string file)
    {
        using var job = await RidesJob.StartAsync();
        const string Ride = "'{\"distance\":2,\"passengers\":1}'";
        job.Query($"COPY (SELECT {Ride} AS \"left\", unnest(['null', ' null ', NULL, {Ride}]) AS \"right\") TO '{job.At(file)}'");

        await job.RunAsync(new() { Input = job.At(file), Output = job.At("out.parquet"), Query = "longer" });

        var answers = job.Rows($"SELECT prediction FROM '{job.At("out.parquet")}'");
        Assert.Equal([answers[2], answers[2], answers[2]], answers.Take(3));
        Assert.NotEqual(answers[2], answers[3]);
    }

    [Fact]
    public async Task A_text_of_JSON_that_is_null_is_refused_where_there_has_to_be_a_value()
    {
        using var job = await RidesJob.StartAsync();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(
            new() { Input = job.Table("SELECT 'null' AS \"left\""), Output = job.At("out.parquet"), Query = "longer" }));

        Assert.Contains("in the column 'left', an object is expected, and not null", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_job_writes_another_reads()
    {
        using var job = await RidesJob.StartAsync();
        await job.RunAsync(new() { Input = EchoRows.With("2.5::DECIMAL(3, 1) AS exact"), Output = job.At("out.parquet"), Query = "echo", Key = ["key"] });

        await job.RunAsync(new() { Input = job.At("out.parquet"), Output = job.At("again.parquet"), Query = "echo", Key = ["key"] });

        Assert.Equal(job.RowsOf(job.At("out.parquet")), job.RowsOf(job.At("again.parquet")));
    }

    [Fact]
    public async Task An_object_may_be_text()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("""SELECT '{"distance": 1.5, "passengers": 2, "zone": "ab"}' AS ride UNION ALL SELECT ' {"passengers":1,"distance":2}'""");

        var done = await job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "quote", Key = ["ride"] });
        job.Query($"COPY (SELECT price, day FROM '{job.At("out.csv")}') TO '{job.At("some.csv")}'");

        Assert.Equal(2, done.Answered);
        Assert.Equal(["price,day", "3.0,2026-05-02", "4.0,"], File.ReadAllLines(job.At("some.csv")));
    }

    [Theory]
    [InlineData("'[1' AS list", "list", "it is no JSON"), InlineData("'' AS map", "map", "it is no JSON")]
    [InlineData("'[1] [2]' AS list", "list", "it is no JSON"), InlineData("'{}' AS list", "list", "array")]
    [InlineData("'[1.5]' AS list", "list", "fault_reason"), InlineData("'a' AS exact", "exact", "it is no number")]
    [InlineData("'' AS exact", "exact", "it is no number")]
    [InlineData("'1.00000000000000000000000000001' AS exact", "exact", "it is a decimal number of more digits than .NET has")]
    public async Task A_text_that_is_something_else_is_a_bad_row(string value, string column, string reason)
    {
        using var job = await RidesJob.StartAsync();

        var done = await job.RunAsync(new()
        {
            Input = EchoRows.With(value),
            Output = job.At("out.parquet"),
            Query = "echo",
            Key = ["key"],
            Quarantine = job.At("bad.jsonl"),
        });

        Assert.Equal((0, 1), (done.Answered, done.Bad));
        var bad = File.ReadAllText(job.At("bad.jsonl"));
        Assert.Contains($"\"fault_column\":\"{column}\"", bad, StringComparison.Ordinal);
        Assert.Contains(reason, bad, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'1' AS whole", "whole: It takes int32, and the column has VARCHAR")]
    [InlineData("'1' AS double", "double: It takes double, and the column has VARCHAR")]
    [InlineData("'true' AS flag", "flag: It takes boolean, and the column has VARCHAR. If its values are such, read it with a query that says CAST(... AS BOOLEAN).")]
    [InlineData("'2024-02-29'::DATE AS list", "list: It takes an array, and the column has DATE. Name another column for it with --map, or make one of it with a query.")]
    public async Task What_text_would_be_guessed_for_is_refused_before_a_row_is_read(string value, string said)
    {
        using var job = await RidesJob.StartAsync();

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = EchoRows.With(value),
            Output = job.At("out.parquet"),
            Query = "echo",
            Key = ["key"],
        }));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flag", "1.0::DOUBLE"), InlineData("text", "5"), InlineData("day", "TIMESTAMP '2024-02-29 00:00:00'"), InlineData("point", "TIMESTAMP '2024-02-29 00:00:00'")]
    [InlineData("exact", "1.5::DOUBLE"), InlineData("single", "'0.5'"), InlineData("double", "'0.5'")]
    [InlineData("whole", "3.0::DOUBLE"), InlineData("large", "'4'")]
    public async Task The_cast_that_is_said_makes_a_column_that_fits(string column, string value)
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions { Output = job.At("out.parquet"), Query = "echo", Key = ["key"] };
        var refused = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(options with { Input = EchoRows.With($"{value} AS {column}") }));
        var type = System.Text.RegularExpressions.Regex.Match(refused.Message, @"says CAST\(\.\.\. AS (.+?)\)[.,;]").Groups[1].Value;

        var done = await job.RunAsync(options with { Input = EchoRows.With($"CAST({value} AS {type}) AS {column}") });

        Assert.Equal((1, 0), (done.Answered, done.Bad));
    }

    [Theory]
    [InlineData("1"), InlineData("1::UTINYINT"), InlineData("1::HUGEINT"), InlineData("1::DECIMAL(4, 0)")]
    public async Task One_is_true_and_zero_is_false_and_no_other_number_is_either(string one)
    {
        using var job = await RidesJob.StartAsync();
        var rows = string.Join(" UNION ALL ", new[] { one, $"{one} - {one}", $"{one} + {one}" }.Select(flag => EchoRows.With($"{flag} AS flag")));

        var done = await job.RunAsync(new() { Input = rows, Output = job.At("out.csv"), Query = "echo", Key = ["key"], Quarantine = job.At("bad.csv") });

        Assert.Equal((2, 1), (done.Answered, done.Bad));
        Assert.Equal(["true", "false"], (await File.ReadAllLinesAsync(job.At("out.csv"))).Skip(1).Select(line => line.Split(',')[1]));
        Assert.EndsWith("flag,it is none of 0 and 1", (await File.ReadAllLinesAsync(job.At("bad.csv")))[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-02-29 12:00:00", "2024-02-29 12:00:00+00"), InlineData("2024-02-29T12:00:00", "2024-02-29T14:00:00+02"), InlineData("2024-02-29 12:00:00", "2024-02-29 10:30:00-01:30")]
    public async Task A_point_in_time_may_be_written_as_pandas_and_databases_do(string stamp, string point)
    {
        using var job = await RidesJob.StartAsync();
        var input = EchoRows.With($"'{stamp}' AS stamp", $"'{point}' AS point");

        foreach (var file in (string[])["in.parquet", "in.csv"])
        {
            var text = file == "in.csv" ? EchoRows.With($"'{stamp}' AS stamp", $"'{point}' AS point", "'01:30:00' AS span", "'YQ==' AS bytes", "'[1]' AS list", "'{\"a\":1}' AS map") : input;
            job.Query($"COPY ({text}) TO '{job.At(file)}'");
            await job.RunAsync(new() { Input = job.At(file), Output = job.At("out.parquet"), Query = "echo", Key = ["key"], Overwrite = true });
            Assert.Equal(
                ["""{"stamp":"2024-02-29T12:00:00","same":true}"""],
                job.Rows($"SELECT stamp::VARCHAR AS stamp, point::TIMESTAMPTZ = TIMESTAMPTZ '2024-02-29 12:00:00+00' AS same FROM '{job.At("out.parquet")}'"));
        }
    }

    [Theory]
    [InlineData("2024-02-29 12:00:00.1234567", true), InlineData("2024-02-29T12:00:00.123456700", true), InlineData("2024-02-29 12:00:00.123456789", false), InlineData("2024-02-29T12:00:00.00000001", false)]
    public async Task Parts_of_a_second_that_NET_does_not_have_are_not_cut(string stamp, bool isAnswered)
    {
        using var job = await RidesJob.StartAsync();

        var done = await job.RunAsync(new()
        {
            Input = EchoRows.With($"'{stamp}' AS stamp", $"'{stamp}+00:00' AS point"),
            Output = job.At("out.csv"),
            Query = "echo",
            Key = ["key"],
            Quarantine = job.At("bad.csv"),
        });

        Assert.Equal(isAnswered ? (1, 0) : (0, 1), (done.Answered, done.Bad));
        Assert.Equal(!isAnswered, File.Exists(job.At("bad.csv")) && (await File.ReadAllTextAsync(job.At("bad.csv"))).Contains("below 100 nanoseconds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_text_is_no_point_in_time()
    {
        using var job = await RidesJob.StartAsync();

        foreach (var stamp in (string[])["2024-02-29  12:00:00", "29.02.2024 12:00", "2024-02-29_12:00:00", ""])
        {
            var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(
                new() { Input = EchoRows.With($"'{stamp}' AS stamp"), Output = job.At("out.csv"), Query = "echo", Key = ["key"] }));
            Assert.StartsWith("Row 1 cannot be answered: in the column 'stamp', ", failure.Message, StringComparison.Ordinal);
        }
    }
}
