namespace EnvelopeSdk.Batch.Parquet;

/// <summary>Rows of a Parquet file that lie together (<c>parquet.thrift</c>, RowGroup).</summary>
/// <param name="content">What the footer says of them.</param>
/// <exception cref="InvalidDataException">That is not whole.</exception>
internal sealed class RowGroup(ReadOnlyMemory<byte> content)
{
    private const int ColumnsOf = 1, Size = 2, RowsOf = 3, Order = 4, At = 5, CompressedSize = 6, Ordinal = 7;

    private readonly ThriftStruct _group = new(content);

    /// <summary>How many there are.</summary>
    public long Rows =>
        _group.Number(RowsOf) ?? throw new InvalidDataException("A row group does not say how many rows it has.");

    /// <summary>The values of their columns.</summary>
    public IReadOnlyList<ColumnChunk> Columns { get; } =
    [
        .. (new ThriftStruct(content).Structs(ColumnsOf)
            ?? throw new InvalidDataException("A row group has no columns.")).Select(one => new ColumnChunk(one)),
    ];

    /// <summary>The same, elsewhere in a file, with all that lies there.</summary>
    /// <param name="by">By how many bytes they are further behind.</param>
    public ReadOnlyMemory<byte> Moved(long by)
    {
        _group.Set(ColumnsOf, [.. Columns.Select(one => one.Moved(by))]);
        _group.Change(At, at => at > 0 ? at + by : at);
        _group.Remove(Ordinal); // which is another one now
        return _group.ToBytes();
    }

    /// <summary>As many rows of other columns.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="chunks">What a footer says of each.</param>
    public ReadOnlyMemory<byte> With(
        IReadOnlyList<ColumnChunk> columns, IReadOnlyList<ReadOnlyMemory<byte>> chunks)
    {
        _group.Set(ColumnsOf, chunks);
        _group.Change(Size, _ => columns.Sum(one => one.PlainBytes));
        _group.Change(CompressedSize, _ => columns.Sum(one => one.Bytes));
        _group.Remove(Order, At, Ordinal);
        return _group.ToBytes();
    }
}
