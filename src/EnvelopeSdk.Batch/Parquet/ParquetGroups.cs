namespace EnvelopeSdk.Batch.Parquet;

/// <summary>
/// A file whose row groups are as large as the engine would write them with <c>ROW_GROUP_SIZE</c>: all but the last
/// have the same number of rows, which is one of whole vectors.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Size">How many rows a row group has.</param>
internal sealed record ParquetGroups(string Path, long Size)
{
    /// <summary>How many rows the engine handles at once.</summary>
    private const long Vector = 2048;

    private const int Type = 1, Int96 = 3; // parquet.thrift, SchemaElement

    /// <returns>Null if they are not so large.</returns>
    public static ParquetGroups? Of(string path)
    {
        try
        {
            var footer = ParquetFooter.Read(path);
            // A signature behind it says that nobody has changed the footer, and of INT96 a key of Spark in it how fine it
            // is: neither would be true, or there, in another.
            if (footer.Metadata.Has(ParquetFooter.Encryption) || HasInt96(footer))
            {
                return null;
            }

            var rows = footer.Groups.Select(one => one.Rows).ToList();
            var size = rows is [var only] ? Math.Max(1, (only + Vector - 1) / Vector) * Vector : rows.FirstOrDefault();
            return size > 0 && size % Vector == 0 && rows[..^1].All(one => one == size) && rows[^1] <= size
                ? new(path, size) : null;
        }
        catch (InvalidDataException)
        {
            return null; // the engine says what it is, if it can read it
        }
    }

    private static bool HasInt96(ParquetFooter footer) =>
        footer.Metadata.Structs(ParquetFooter.Schema)?.Any(one => new ThriftStruct(one).Number(Type) == Int96) == true;
}
