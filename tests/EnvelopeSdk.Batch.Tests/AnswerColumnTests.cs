using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>What answers become that columns do not have as JSON has them.</summary>
public sealed class AnswerColumnTests
{
    [Fact]
    public async Task Numbers_that_JSON_has_as_strings_are_texts_without_quotes()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions { Input = job.Text("in.csv", "distance\n0\n1.5\n"), Output = job.At("out.csv"), Query = "odds" };

        await job.RunAsync(options);

        Assert.Equal(["distance,price,ratio", "0,0,NaN", "1.5,3,0.6666666666666666"], await File.ReadAllLinesAsync(job.At("out.csv")));
    }

    [Theory]
    [InlineData("0.0999755859375"), InlineData("-65504.0"), InlineData("5.9604645e-08")]
    public async Task A_number_of_16_bits_is_that_number_in_32_and_is_read_again(string half)
    {
        using var job = await RidesJob.StartAsync();
        var rare = "SELECT 'a' AS letter, 'https://a' AS link, '1.2' AS release, 1::HUGEINT AS huge, 1::UHUGEINT AS vast, "
            + "1::UTINYINT AS byte, 1::USMALLINT AS short, 1::UINTEGER AS word, [[1]]::FLOAT[][] AS grid, 1 AS any, "
            + "[]::STRUCT(distance DOUBLE, passengers INTEGER)[] AS rides, ['Cash'] AS payments, 1 AS maybe, "
            + "MAP {'a': {'distance': 1::DOUBLE, 'passengers': 1}} AS named, [['a']] AS words, 1 AS key, "
            + $"{{'distance': 1::DOUBLE, 'passengers': 1}} AS other, {half}::FLOAT AS half";

        await job.RunAsync(new() { Input = rare, Output = job.At("out.parquet"), Query = "rare", Key = ["key"] });
        await job.RunAsync(new() { Input = $"SELECT * REPLACE (o.half AS half) FROM ({rare}), (SELECT half FROM '{job.At("out.parquet")}') AS o(half)", Output = job.At("again.parquet"), Query = "rare", Key = ["key"] });

        var known = job.Rows($"SELECT {half}::FLOAT AS half");
        Assert.Equal(known, job.Rows($"SELECT half FROM '{job.At("out.parquet")}'"));
        Assert.Equal(known, job.Rows($"SELECT half FROM '{job.At("again.parquet")}'"));
    }

    [Theory]
    [InlineData("'{\"v\": NaN}'"), InlineData("'[1,]'"), InlineData("'[-Infinity]'")]
    public async Task What_is_said_to_be_JSON_and_is_none_is_not_written_as_such(string value)
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = $"SELECT 1.5::DOUBLE AS distance, {value}::JSON AS raw, [{value}::JSON] AS list",
            Output = job.At("out.jsonl"),
            Query = "usual",
        };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options with { Key = ["raw"] }));
        var inList = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options with { Key = ["list"], Output = job.At("list.csv") }));

        Assert.StartsWith(
            "The table cannot be read or written: The column 'raw' has a value that is said to be JSON and is none.",
            failure.Message, StringComparison.Ordinal);
        Assert.Contains("The column 'list' has a value", inList.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_whose_strings_look_as_what_is_none_is_written_as_it_is()
    {
        using var job = await RidesJob.StartAsync();
        const string Value = """{"a":"NaN, \\\" ,]","b":[1,null,true],"nan":"x"}""";

        await job.RunAsync(new()
        {
            Input = $"SELECT 1.5::DOUBLE AS distance, '{Value}'::JSON AS raw",
            Output = job.At("out.jsonl"),
            Query = "usual",
        });

        Assert.Equal($$"""{"distance":1.5,"raw":{{Value}},"prediction":3.0}""", File.ReadLines(job.At("out.jsonl")).Single());
    }
}
