namespace EnvelopeSdk.Batch.Tests;

/// <summary>Columns of decimal numbers, which may have more digits than those of .NET.</summary>
public sealed class DecimalTests
{
    [Theory]
    [InlineData("7922816251426433759.3543950336", 10), InlineData("-7922816251426433759.3543950336", 10)]
    [InlineData("1234567890123456789012345678.0123456789", 10)]
    [InlineData("0.00000000000000000000000000001", 29)]
    public async Task A_number_of_more_digits_than_there_are_is_a_bad_row_and_not_rounded(string number, int scale)
    {
        using var job = await RidesJob.StartAsync();

        var done = await job.RunAsync(new()
        {
            Input = EchoRows.With($"'{number}'::DECIMAL(38, {scale}) AS exact"),
            Output = job.At("out.parquet"),
            Query = "echo",
            Key = ["key"],
            Quarantine = job.At("bad.csv"),
        });

        Assert.Equal((0, 1), (done.Answered, done.Bad));
        Assert.Equal(
            """exact,"it is a decimal number of more digits than .NET has, and would be rounded" """.TrimEnd(),
            File.ReadAllLines(job.At("bad.csv"))[1].Split(',', 2)[1]);
    }

    [Theory]
    [InlineData("0.12345678901234567890123456789", true), InlineData("1.234567890123456789012345678", false)]
    [InlineData("79228162514264337593543950335.1", true), InlineData("+79228162514264337593543950335.00", false)]
    public async Task A_number_of_a_file_of_texts_is_not_rounded_either(string number, bool isBad)
    {
        using var job = await RidesJob.StartAsync();

        await job.RunAsync(new() { Input = EchoRows.With("1.25::DECIMAL(20, 2) AS exact"), Output = job.At("echo.csv"), Query = "echo", Key = ["key"] });
        var lines = await File.ReadAllLinesAsync(job.At("echo.csv"));
        Assert.Contains(",1.25,", lines[1], StringComparison.Ordinal);
        var input = job.Text("in.csv", $"{lines[0]}\n{lines[1].Replace(",1.25,", $",{number},", StringComparison.Ordinal)}\n");
        var done = await job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "echo", Key = ["key"], Quarantine = job.At("bad.csv") });

        Assert.Equal(isBad ? 1 : 0, done.Bad);
        var found = await File.ReadAllTextAsync(job.At(isBad ? "bad.csv" : "out.csv"));
        Assert.Contains(isBad ? "more digits than .NET has" : $",{number.Trim('+', '0', '.')}", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7922816251426433759.3543950335", 10), InlineData("-7922816251426433759.3543950335", 10)]
    [InlineData("79228162514264337593543950335", 0)]
    [InlineData("9999999999999999999999999999", 10), InlineData("0.0000000000000000000000000001", 37)]
    [InlineData("-1.5", 37)]
    public async Task The_largest_and_zeros_behind_the_digits_are_read_as_they_are(string number, int scale)
    {
        using var job = await RidesJob.StartAsync();

        await job.RunAsync(new()
        {
            Input = EchoRows.With($"'{number}'::DECIMAL(38, {scale}) AS exact"),
            Output = job.At("out.parquet"),
            Query = "echo",
            Key = ["key"],
        });

        Assert.Equal(
            ["""{"same":true}"""],
            job.Rows($"SELECT exact::DECIMAL(38, {scale}) = '{number}'::DECIMAL(38, {scale}) AS same FROM '{job.At("out.parquet")}'"));
    }

    [Fact]
    public async Task A_parameter_that_takes_any_JSON_takes_all_digits()
    {
        using var job = await RidesJob.StartAsync();
        const string Number = "1234567890123456789012345678.0123456789";
        var input = "SELECT 'a' AS letter, 'https://a' AS link, '1.2' AS release, 1::FLOAT AS half, 1::HUGEINT AS huge, 1::UHUGEINT AS vast, "
            + "1::UTINYINT AS byte, 1::USMALLINT AS short, 1::UINTEGER AS word, [[1]]::FLOAT[][] AS grid, "
            + $"'{Number}'::DECIMAL(38, 10) AS any, []::STRUCT(distance DOUBLE, passengers INTEGER)[] AS rides, ['Cash'] AS payments, "
            + "1 AS maybe, MAP {'a': {'distance': 1::DOUBLE, 'passengers': 1}} AS named, [['a']] AS words, 1 AS key, "
            + "{'distance': 1::DOUBLE, 'passengers': 1} AS other";

        await job.RunAsync(new() { Input = input, Output = job.At("out.jsonl"), Query = "rare", Key = ["key"] });

        Assert.Contains(Number, File.ReadAllText(job.At("out.jsonl")), StringComparison.Ordinal);
    }
}
