using Diamonds;
using ParquetSharp;
using ParquetSharp.Schema;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>
/// The loop of a good engineer over the columns of ParquetSharp: the values as the file has them, in buffers that are
/// used again. What is read is written at once, so that nothing is copied that only passes through.
/// </summary>
internal static class ParquetSharpLoop
{
    public static Task RunAsync(string directory, string input, string output)
    {
        var model = new StonePrice(4000);
        Run(input, output, (stones, count) =>
        {
            var next = 0;
            for (var i = 0; i < count; i++)
            {
                int? x = stones.X.Levels[i] == 0 ? null : stones.X.Values[next++]; // nulls take no room
                stones.Prices[i] = model.Predict(
                    stones.Carat.Values[i], stones.Cut.Values[i], x, stones.Depth.Values[i],
                    DateTime.UnixEpoch.AddTicks(stones.Ts.Values[i] * TimeSpan.TicksPerMicrosecond));
            }
        });
        return Task.CompletedTask;
    }

    /// <summary>Writes the rows of a file with their prices.</summary>
    /// <param name="input">The file.</param>
    /// <param name="output">The file with prices.</param>
    /// <param name="price">Prices so many stones.</param>
    public static void Run(string input, string output, Action<StoneColumns, int> price)
    {
        using var reader = new ParquetFileReader(input);
        using var file = reader.FileMetaData;
        using var writing = Writing();
        using var schema = Answered(file.Schema.GroupNode);
        using var writer = new ParquetFileWriter(output, schema, writing);
        var stones = new StoneColumns(Enumerable.Range(0, file.NumRowGroups).Max(group => Rows(reader, group)));
        for (var group = 0; group < file.NumRowGroups; group++)
        {
            using var read = reader.RowGroup(group);
            using var written = writer.AppendRowGroup();
            Answer(read, written, stones, Rows(reader, group), price);
        }

        writer.Close();
    }

    /// <summary>Only the cut has few values: a dictionary of the others is begun and given up, at a cost.</summary>
    private static WriterProperties Writing()
    {
        using var builder = new WriterPropertiesBuilder();
        return builder.Compression(Compression.Snappy).DisableDictionary().EnableDictionary("cut").Build();
    }

    private static GroupNode Answered(GroupNode input)
    {
        using var none = LogicalType.None();
        return new(
            "schema", Repetition.Required,
            [.. input.Fields, new PrimitiveNode("prediction", Repetition.Optional, none, PhysicalType.Float)]);
    }

    private static int Rows(ParquetFileReader reader, int group)
    {
        using var rows = reader.RowGroup(group);
        return checked((int)rows.MetaData.NumRows);
    }

    private static void Answer(
        RowGroupReader read, RowGroupWriter written, StoneColumns stones, int count, Action<StoneColumns, int> price)
    {
        stones.Carat.Copy(read, written, 0);
        stones.Cut.Copy(read, written, 1);
        stones.X.Copy(read, written, 2);
        stones.Depth.Copy(read, written, 3);
        stones.Ts.Copy(read, written, 4);
        price(stones, count);
        using var column = (ColumnWriter<float>)written.NextColumn();
        column.WriteBatch(count, stones.Present.AsSpan(0, count), [], stones.Prices.AsSpan(0, count));
    }
}
