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
        using var reader = new ParquetFileReader(input);
        using var file = reader.FileMetaData;
        using var writing = Writing();
        using var schema = Answered(file.Schema.GroupNode);
        using var writer = new ParquetFileWriter(output, schema, writing);
        var most = 0;
        for (var group = 0; group < file.NumRowGroups; group++)
        {
            using var rows = reader.RowGroup(group);
            most = Math.Max(most, checked((int)rows.MetaData.NumRows));
        }

        var stones = new StoneColumns(most);
        for (var group = 0; group < file.NumRowGroups; group++)
        {
            using var read = reader.RowGroup(group);
            using var written = writer.AppendRowGroup();
            Answer(read, written, stones);
        }

        writer.Close();
        return Task.CompletedTask;
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

    private static void Answer(RowGroupReader read, RowGroupWriter written, StoneColumns stones)
    {
        stones.Carat.Copy(read, written, 0);
        stones.Cut.Copy(read, written, 1);
        stones.X.Copy(read, written, 2);
        stones.Depth.Copy(read, written, 3);
        stones.Ts.Copy(read, written, 4);
        var prices = stones.Price(checked((int)read.MetaData.NumRows));
        using var column = (ColumnWriter<float>)written.NextColumn();
        column.WriteBatch(prices.Length, stones.Present.AsSpan(0, prices.Length), [], prices);
    }

    /// <summary>The columns of a group of rows, and what they are answered with.</summary>
    private sealed class StoneColumns(int most)
    {
        private readonly StonePrice _model = new(4000);
        private readonly float[] _prices = new float[most];

        public PhysicalColumn<float> Carat { get; } = new(most);

        public PhysicalTexts Cut { get; } = new(most);

        public PhysicalColumn<int> X { get; } = new(most);

        public PhysicalColumn<double> Depth { get; } = new(most);

        public PhysicalColumn<long> Ts { get; } = new(most);

        /// <summary>The levels of a column that has no null.</summary>
        public short[] Present { get; } = [.. Enumerable.Repeat((short)1, most)];

        public ReadOnlySpan<float> Price(int count)
        {
            var (x, next) = (X.Values, 0);
            for (var i = 0; i < count; i++)
            {
                int? length = X.Levels[i] == 0 ? null : x[next++]; // nulls take no room
                _prices[i] = _model.Predict(
                    Carat.Values[i], Cut.Values[i], length, Depth.Values[i],
                    DateTime.UnixEpoch.AddTicks(Ts.Values[i] * TimeSpan.TicksPerMicrosecond));
            }

            return _prices.AsSpan(0, count);
        }
    }
}
