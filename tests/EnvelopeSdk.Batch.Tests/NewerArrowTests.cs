using EnvelopeSdk.Batch.Arrow;
using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Large and compressed columns, which Apache.Arrow 14 does not write (<c>Golden/README.md</c>).</summary>
public sealed class NewerArrowTests
{
    private const string Rows =
        """
        SELECT i::INT AS id, i + 0.5::DOUBLE AS distance, (i % 3)::INT AS passengers,
          CASE WHEN i % 7 > 0 THEN 'ä' || repeat('x', (i % 5)::INT) || i END AS word, encode(word) AS bytes,
          {a: word, b: i} AS part,
          list_transform(range(i % 3), k -> CASE WHEN k = 0 OR i % 2 > 0 THEN 'item ' || i || k END) AS list,
          repeat(['north ', 'süd ', 'east '][i % 3 + 1], 20) AS zone,
          distance * 2 + passengers + length(zone) + 1 AS prediction
        FROM range(100) t(i)
        """;

    [Theory]
    [InlineData("plain.arrow"), InlineData("plain.arrows")]
    [InlineData("lz4.arrow"), InlineData("lz4.arrows")]
    [InlineData("zstd.arrow"), InlineData("zstd.arrows")]
    public async Task A_file_of_large_columns_is_read_however_it_is_compressed(string name)
    {
        using var job = await RidesJob.StartAsync();

        await job.RunAsync(new() { Input = Golden(name), Output = job.At("out.parquet"), Query = "predict" });

        Assert.Equal(job.Rows(Rows), job.RowsOf(job.At("out.parquet")));
    }

    [Theory]
    [InlineData("plain.arrows"), InlineData("lz4.arrows"), InlineData("zstd.arrows")]
    public async Task A_worker_keeps_large_columns_beside_its_answers(string name)
    {
        using var job = await RidesJob.StartAsync();
        var worker = new ArrowWorker(await job.OpenAsync(), new BatchOptions { Query = "predict", Answer = "prediction" }, keepsBad: false);
        await using (var output = File.Create(job.At("answered.arrows")))
        {
            await worker.RunAsync(File.OpenRead(Golden(name)), output, isSchemaAlone: false, default);
        }

        await job.RunAsync(new() { Input = job.At("answered.arrows"), Output = job.At("out.parquet"), Query = "predict", Answer = "again" });

        Assert.Equal(job.Rows(Rows), job.Rows($"SELECT * EXCLUDE (again) FROM '{job.At("out.parquet")}'"));
    }

    [Theory]
    [InlineData("lz4.arrows"), InlineData("zstd.arrows"), InlineData("lz4.arrow"), InlineData("plain.arrow")]
    public async Task A_file_with_any_byte_changed_is_answered_or_refused_with_its_name(string name)
    {
        using var job = await RidesJob.StartAsync();
        var whole = await File.ReadAllBytesAsync(Golden(name));
        var file = job.At("in" + Path.GetExtension(name));
        for (var at = 8; at < whole.Length; at += 131)
        {
            var torn = (byte[])whole.Clone();
            torn[at] ^= 0xFF;
            await File.WriteAllBytesAsync(file, torn);
            try
            {
                await job.RunAsync(new() { Input = file, Output = job.At("out.csv"), Query = "usual", Key = ["id"], Overwrite = true });
            }
            catch (EnvelopeException failure)
            {
                Assert.True(failure.Message.Contains(file, StringComparison.Ordinal) || failure.Error == EnvelopeError.Mismatch
                    || failure.Message.StartsWith("The table does not fit the query", StringComparison.Ordinal), failure.Message); // of another name
            }
        }
    }

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);
}
