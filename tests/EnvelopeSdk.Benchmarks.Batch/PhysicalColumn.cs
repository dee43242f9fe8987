using ParquetSharp;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>A column of a group of rows, as the file has it: nulls are levels of 0, and have no value.</summary>
/// <param name="most">How many rows a group has at most.</param>
internal sealed class PhysicalColumn<T>(int most)
    where T : unmanaged
{
    public short[] Levels { get; } = new short[most];

    public T[] Values { get; } = new T[most];

    /// <summary>Reads it, and writes it as it is.</summary>
    public void Copy(RowGroupReader read, RowGroupWriter written, int column)
    {
        using var from = (ColumnReader<T>)read.Column(column);
        using var to = (ColumnWriter<T>)written.NextColumn();
        var (rows, values) = (0, 0);
        while (from.HasNext)
        {
            var count = (int)from.ReadBatch(
                most - rows, Levels.AsSpan(rows), [], Values.AsSpan(values), out var present);
            to.WriteBatch(count, Levels.AsSpan(rows, count), [], Values.AsSpan(values, (int)present));
            (rows, values) = (rows + count, values + (int)present);
        }
    }
}

/// <summary>The same of a column of strings that has no null: few of them, each made once.</summary>
/// <param name="most">How many rows a group has at most.</param>
internal sealed class PhysicalTexts(int most)
{
    private readonly List<(byte[] Bytes, string Text)> _known = [];
    private readonly short[] _levels = new short[most];
    private readonly ByteArray[] _bytes = new ByteArray[most];

    public string[] Values { get; } = new string[most];

    /// <summary>Reads it, and writes it as it is: the bytes of a batch are there until the next is read.</summary>
    public void Copy(RowGroupReader read, RowGroupWriter written, int column)
    {
        using var from = (ColumnReader<ByteArray>)read.Column(column);
        using var to = (ColumnWriter<ByteArray>)written.NextColumn();
        var rows = 0;
        while (from.HasNext)
        {
            var count = (int)from.ReadBatch(most - rows, _levels, [], _bytes, out _);
            for (var i = 0; i < count; i++)
            {
                Values[rows + i] = TextOf(_bytes[i]);
            }

            to.WriteBatch(count, _levels.AsSpan(0, count), [], _bytes.AsSpan(0, count));
            rows += count;
        }
    }

    private unsafe string TextOf(ByteArray value)
    {
        var bytes = new ReadOnlySpan<byte>((void*)value.Pointer, value.Length);
        foreach (var (known, text) in _known)
        {
            if (bytes.SequenceEqual(known))
            {
                return text;
            }
        }

        _known.Add((bytes.ToArray(), System.Text.Encoding.UTF8.GetString(bytes)));
        return _known[^1].Text;
    }
}
