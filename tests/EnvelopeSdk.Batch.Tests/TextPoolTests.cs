using System.Text;
using System.Text.Unicode;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Strings that were there lately, of which short ones are compared as numbers.</summary>
public sealed class TextPoolTests
{
    private static readonly string[] Letters = ["a", "b", "Z", "\0", "ä", "€", "𝄞", " "];

    [Fact]
    public void Each_string_is_what_its_bytes_are_whatever_was_there_before()
    {
        var (pool, random) = (new TextPool(), new Random(11));
        for (var i = 0; i < 100_000; i++)
        {
            var bytes = new byte[random.Next(TextPool.Short + 1)];
            random.NextBytes(bytes);
            bytes = random.Next(4) == 0 ? bytes : Text(random) is { } text && Encoding.UTF8.GetByteCount(text) <= TextPool.Short ? Encoding.UTF8.GetBytes(text) : [];
            var raw = new byte[16];
            BitConverter.TryWriteBytes(raw, bytes.Length);
            bytes.CopyTo(raw, 4);

            var (made, other) = (pool.OfShort(BitConverter.ToUInt64(raw), BitConverter.ToUInt64(raw, 8)), pool.Of(bytes));

            Assert.Equal(Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null, made);
            Assert.Equal(made, other);
        }
    }

    [Fact]
    public void One_that_was_there_lately_is_not_made_again()
    {
        var pool = new TextPool();

        Assert.Same(pool.OfShort(5UL | ((ulong)'I' << 32), 'l'), pool.OfShort(5UL | ((ulong)'I' << 32), 'l'));
        Assert.Equal("", pool.OfShort(0, 0));
        Assert.Equal("\0", pool.OfShort(1, 0)); // as many zeros as none
        Assert.Equal("", pool.OfShort(0, 0));
    }

    [Fact]
    public async Task Strings_of_the_engine_are_those_that_were_there()
    {
        using var job = await RidesJob.StartAsync();
        var random = new Random(12);
        string?[] texts = [.. Enumerable.Range(0, 5000).Select(i => i % 17 == 0 ? null : Text(random))];
        await File.WriteAllLinesAsync(job.At("in.jsonl"), texts.Select(one =>
            System.Text.Json.JsonSerializer.Serialize(new { zone = one, distance = 1, passengers = 1 })));
        job.Query($"COPY (SELECT zone, 1.0::DOUBLE AS distance, 1 AS passengers FROM read_json('{job.At("in.jsonl")}', columns = {{zone: 'VARCHAR'}})) TO '{job.At("in.parquet")}'");

        await job.RunAsync(new() { Input = job.At("in.parquet"), Output = job.At("out.parquet"), Query = "predict", Log = job.At("log.parquet") });

        using var tables = new DuckTables(job.At("spill"), 256, 1);
        var asked = tables.Texts($"SELECT coalesce(json_extract(inputs, '$.zone')::VARCHAR, 'null') FROM '{job.At("log.parquet")}' ORDER BY \"row\"");
        Assert.Equal(texts, asked.Select(one => System.Text.Json.JsonSerializer.Deserialize<string?>(one)));
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(18)).Select(_ => Letters[random.Next(Letters.Length)]));
}
