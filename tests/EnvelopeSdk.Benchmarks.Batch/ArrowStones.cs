using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>A stream of Arrow with stones, as an engine that distributes work sends a partition to a worker.</summary>
internal static class ArrowStones
{
    /// <summary>As many rows as pyarrow has in a batch of a data set, at most.</summary>
    private const int RowsOfBatch = 1 << 16;

    private static readonly string[] Cuts = ["Fair", "Good", "Very Good", "Premium", "Ideal"];

    /// <summary>Makes the stream in a directory, unless it is there.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> MakeAsync(string directory, long rows)
    {
        var path = Path.Combine(directory, $"stones-{rows}.arrows");
        if (!File.Exists(path))
        {
            var random = new Random(4);
            await using (var stream = File.Create(path + ".partial"))
            using (var writer = new ArrowStreamWriter(stream, Schema()))
            {
                for (var row = 0L; row < rows; row += RowsOfBatch)
                {
                    using var batch = Batch(random, row, (int)Math.Min(RowsOfBatch, rows - row));
                    await writer.WriteRecordBatchAsync(batch);
                }

                await writer.WriteEndAsync();
            }

            File.Move(path + ".partial", path);
        }

        return path;
    }

    private static Apache.Arrow.Schema Schema() => new(
        [
            new("carat", FloatType.Default, nullable: false), new("cut", StringType.Default, nullable: false),
            new("x", Int32Type.Default, nullable: true), new("depth", DoubleType.Default, nullable: false),
            new("ts", new TimestampType(TimeUnit.Microsecond, (string?)null), nullable: false),
        ],
        null);

    private static RecordBatch Batch(Random random, long first, int rows)
    {
        var (carat, cut, x) = (new FloatArray.Builder(), new StringArray.Builder(), new Int32Array.Builder());
        var depth = new DoubleArray.Builder();
        var ts = new TimestampArray.Builder(new TimestampType(TimeUnit.Microsecond, (string?)null));
        var begin = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var row = 0; row < rows; row++)
        {
            carat.Append((float)(0.2 + (random.NextDouble() * 5)));
            cut.Append(Cuts[random.Next(Cuts.Length)]);
            _ = random.Next(10) == 0 ? x.AppendNull() : x.Append(random.Next(1000));
            depth.Append(50 + (random.NextDouble() * 20));
            ts.Append(begin.AddSeconds(first + row));
        }

        return new(Schema(), [carat.Build(), cut.Build(), x.Build(), depth.Build(), ts.Build()], rows);
    }
}
