namespace EnvelopeSdk.Batch.Parquet;

/// <summary>Columns of a Parquet file that come into another.</summary>
internal sealed class ParquetSide
{
    /// <summary>By the type of the column, which is what most files say of each (<c>parquet.thrift</c>).</summary>
    private static readonly ReadOnlyMemory<byte> OrderOfType = new byte[] { 0x1C, 0, 0 }; // its field 1, which is empty

    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _schema;
    private readonly IReadOnlyList<ColumnPlaces> _columns;
    private readonly int _leaves;

    /// <param name="path">The file.</param>
    /// <param name="names">Which of its columns; null: all.</param>
    /// <exception cref="InvalidDataException">It is not whole, or has other columns.</exception>
    public ParquetSide(string path, IReadOnlyList<string>? names)
    {
        Footer = ParquetFooter.Read(path);
        _schema = Footer.Metadata.Structs(ParquetFooter.Schema) ?? [];
        var all = ColumnPlaces.Of(_schema);
        _leaves = all.Sum(one => one.LeafCount);
        _columns = names is null ? all : [.. names.Select(name => Only(all.Where(one => one.Name == name).ToList()))];
    }

    public ParquetFooter Footer { get; }

    /// <summary>The values of its columns in some rows.</summary>
    public IEnumerable<ColumnChunk> ChunksOf(RowGroup group) =>
        _columns.SelectMany(one => group.Columns.Take(one.Leaves));

    /// <summary>Its row groups that have some rows and no others, if they can be copied.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="count">How many rows.</param>
    /// <returns>Null if a row group begins or ends elsewhere, or a column does not lie as the footer says.</returns>
    /// <exception cref="InvalidDataException">There are no columns where the footer says.</exception>
    public IReadOnlyList<RowGroup>? GroupsOf(long from, long count)
    {
        var begin = 0L;
        var found = new List<RowGroup>();
        foreach (var group in Footer.Groups)
        {
            if (begin >= from && begin < from + count)
            {
                found.Add(group);
            }
            else if (begin < from && begin + group.Rows > from)
            {
                return null;
            }

            begin += group.Rows;
        }

        using var file = File.OpenHandle(Footer.Path);
        return found.Sum(one => one.Rows) == count && found.All(one => one.Columns.Count == _leaves)
            && found.SelectMany(ChunksOf).All(one => one.LiesBefore(Footer.Begin) && one.HasItsPages(file))
            ? found : null;
    }

    /// <summary>The schema of its columns and those of another behind them.</summary>
    public IReadOnlyCollection<ReadOnlyMemory<byte>> SchemaWith(ParquetSide other) =>
    [
        ColumnPlaces.Root(_schema[0], _columns.Count + other._columns.Count), .. Nodes, .. other.Nodes,
    ];

    /// <summary>The orders of its columns, and those of another, which are by their types.</summary>
    /// <returns>Null if the file does not say how each column is ordered.</returns>
    public IReadOnlyCollection<ReadOnlyMemory<byte>>? OrdersWith(ParquetSide other) =>
        Footer.Metadata.Structs(ParquetFooter.ColumnOrders) is { } all && all.Count == _leaves
            ?
            [
                .. _columns.SelectMany(one => all.Take(one.Leaves)),
                .. other._columns.SelectMany(one => Enumerable.Repeat(OrderOfType, one.LeafCount)),
            ]
            : null;

    private static ColumnPlaces Only(List<ColumnPlaces> columns) => columns is [var only] ? only
        : throw new InvalidDataException("A column is not there, or not the only one of its name.");

    private IEnumerable<ReadOnlyMemory<byte>> Nodes => _columns.SelectMany(one => _schema.Take(one.Elements));
}
