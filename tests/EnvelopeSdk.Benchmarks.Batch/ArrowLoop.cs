using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Diamonds;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>The loop of a good engineer over the batches of Apache.Arrow: standard input to standard output.</summary>
internal static class ArrowLoop
{
    private const int BufferSize = 1 << 20;

    public static async Task RunAsync()
    {
        var model = new StonePrice(4000);
        await using var input = new BufferedStream(Console.OpenStandardInput(), BufferSize);
        await using var output = new BufferedStream(Console.OpenStandardOutput(), BufferSize);
        using var reader = new ArrowStreamReader(input);
        ArrowStreamWriter? writer = null;
        while (await reader.ReadNextRecordBatchAsync() is { } batch)
        {
            using (batch)
            {
                var schema = new Apache.Arrow.Schema(
                    [.. batch.Schema.FieldsList, new Field("prediction", FloatType.Default, nullable: false)], null);
                writer ??= new(output, schema);
                await writer.WriteRecordBatchAsync(new(schema, [.. batch.Arrays, Answer(model, batch)], batch.Length));
            }
        }

        await writer!.WriteEndAsync();
        writer.Dispose();
    }

    private static FloatArray Answer(StonePrice model, RecordBatch stones)
    {
        var carat = ((FloatArray)stones.Column(0)).Values;
        var cut = (StringArray)stones.Column(1);
        var x = (Int32Array)stones.Column(2);
        var depth = ((DoubleArray)stones.Column(3)).Values;
        var ts = ((TimestampArray)stones.Column(4)).Values;
        var prices = new FloatArray.Builder().Reserve(stones.Length);
        for (var row = 0; row < stones.Length; row++)
        {
            prices.Append(model.Predict(
                carat[row], cut.GetString(row), x.GetValue(row), depth[row],
                DateTime.UnixEpoch.AddTicks(ts[row] * TimeSpan.TicksPerMicrosecond)));
        }

        return prices.Build();
    }
}
