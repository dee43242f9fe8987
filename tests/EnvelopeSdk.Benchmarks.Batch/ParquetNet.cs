using Diamonds;
using Parquet;
using Parquet.Schema;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>The loop of a good engineer over the columns of Parquet.Net.</summary>
internal static class ParquetNet
{
    public static async Task RunAsync(string directory, string input, string output)
    {
        var model = new StonePrice(4000);
        await using var reader = await ParquetReader.CreateAsync(input);
        var fields = reader.Schema.DataFields;
        var schema = new ParquetSchema([.. fields, new DataField<float>("prediction")]);
        await using var target = File.Create(output);
        await using var writer = await ParquetWriter.CreateAsync(
            schema, target, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy });
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            using var rows = reader.OpenRowGroupReader(group);
            var stones = await ReadAsync(rows, fields);
            var prices = new float[stones.Carat.Length];
            for (var i = 0; i < prices.Length; i++)
            {
                prices[i] = model.Predict(
                    stones.Carat[i]!.Value, stones.Cut[i]!, stones.X[i], stones.Depth[i]!.Value, stones.Ts[i]!.Value);
            }

            using var written = writer.CreateRowGroup();
            await WriteAsync(written, schema.DataFields, stones, prices);
        }
    }

    private static async Task<Columns> ReadAsync(ParquetRowGroupReader rows, DataField[] fields)
    {
        var count = (int)rows.RowCount;
        var read = new Columns(
            new float?[count], new string?[count], new int?[count], new double?[count], new DateTime?[count]);
        await rows.ReadAsync<float>(fields[0], read.Carat.AsMemory());
        await rows.ReadAsync(fields[1], read.Cut.AsMemory());
        await rows.ReadAsync<int>(fields[2], read.X.AsMemory());
        await rows.ReadAsync<double>(fields[3], read.Depth.AsMemory());
        await rows.ReadAsync<DateTime>(fields[4], read.Ts.AsMemory());
        return read;
    }

    private static async Task WriteAsync(
        ParquetRowGroupWriter rows, DataField[] fields, Columns stones, ReadOnlyMemory<float> prices)
    {
        await rows.WriteAsync<float>(fields[0], stones.Carat.AsMemory());
        await rows.WriteAsync(fields[1], stones.Cut);
        await rows.WriteAsync<int>(fields[2], stones.X.AsMemory());
        await rows.WriteAsync<double>(fields[3], stones.Depth.AsMemory());
        await rows.WriteAsync<DateTime>(fields[4], stones.Ts.AsMemory());
        await rows.WriteAsync<float>(fields[5], prices);
    }

    private sealed record Columns(float?[] Carat, string?[] Cut, int?[] X, double?[] Depth, DateTime?[] Ts);
}
