namespace EnvelopeSdk.Batch.Parquet;

/// <summary>A column of Parquet, which may be nested: where its parts are in the lists of a footer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Elements">Its nodes in the schema, from its own on.</param>
/// <param name="Leaves">Its chunks in each row group.</param>
internal sealed record ColumnPlaces(string Name, Range Elements, Range Leaves)
{
    /// <summary>Fields of a node of a schema.</summary>
    private const int Type = 1, NameOf = 4, Children = 5;

    /// <summary>How many chunks it has in each row group.</summary>
    public int LeafCount => Leaves.End.Value - Leaves.Start.Value;

    /// <summary>The columns of a schema: the nodes behind the first, in the order of their tree.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static IReadOnlyList<ColumnPlaces> Of(IReadOnlyList<ReadOnlyMemory<byte>> schema)
    {
        var columns = new List<ColumnPlaces>();
        var (at, leaf) = (1, 0);
        while (at < schema.Count)
        {
            var (first, firstLeaf) = (at, leaf);
            for (var inside = 1L; inside > 0; inside--)
            {
                var node = at < schema.Count ? new ThriftStruct(schema[at++])
                    : throw new InvalidDataException("The schema ends too early.");
                inside += node.Number(Children) ?? 0;
                leaf += node.Has(Type) ? 1 : 0;
            }

            columns.Add(new(new ThriftStruct(schema[first]).Text(NameOf) ?? "", first..at, firstLeaf..leaf));
        }

        return columns;
    }

    /// <summary>The first node of a schema.</summary>
    /// <param name="root">It, of another table.</param>
    /// <param name="columns">How many columns the table has.</param>
    public static ReadOnlyMemory<byte> Root(ReadOnlyMemory<byte> root, int columns)
    {
        var node = new ThriftStruct(root);
        node.Change(Children, _ => columns);
        return node.ToBytes();
    }
}
