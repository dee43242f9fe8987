using Microsoft.Win32.SafeHandles;

namespace EnvelopeSdk.Batch.Parquet;

/// <summary>
/// Puts columns of a Parquet file beside some of another with the same rows: all are copied as they are stored, and
/// neither decoded nor changed.
/// </summary>
internal sealed class ParquetJoin
{
    private readonly ParquetSide _left;
    private readonly IReadOnlyList<RowGroup> _kept;

    private ParquetJoin(ParquetSide left, IReadOnlyList<RowGroup> kept) => (_left, _kept) = (left, kept);

    /// <summary>Looks at a file before anything is put beside it.</summary>
    /// <param name="file">The file some of whose columns are kept, in front.</param>
    /// <param name="names">Those columns.</param>
    /// <param name="from">The first of its rows that are meant.</param>
    /// <param name="count">How many of its rows.</param>
    /// <returns>Null if they are not whole row groups, or the columns do not lie as the footer says.</returns>
    public static ParquetJoin? Of(string file, IReadOnlyList<string> names, long from, long count)
    {
        try
        {
            var left = new ParquetSide(file, names);
            return left.GroupsOf(from, count) is { } kept ? new(left, kept) : null;
        }
        catch (InvalidDataException)
        {
            return null; // the engine reads it another way, or says what is wrong
        }
    }

    /// <param name="beside">The file with the other columns, of the same rows.</param>
    /// <param name="path">The file that is written.</param>
    /// <returns>
    /// Whether row groups are alike in both. If not, what is at the path is to be written otherwise.
    /// </returns>
    public bool TryWrite(string beside, string path)
    {
        try
        {
            var right = new ParquetSide(beside, null);
            return right.GroupsOf(0, _kept.Sum(one => one.Rows)) is { } others
                && _kept.Select(one => one.Rows).SequenceEqual(others.Select(one => one.Rows))
                && TryWrite(right, others, path);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private bool TryWrite(ParquetSide right, IReadOnlyList<RowGroup> others, string path)
    {
        using var whole = File.Create(path);
        whole.Write(ParquetFooter.Mark);
        using var leftFile = File.OpenHandle(_left.Footer.Path);
        using var rightFile = File.OpenHandle(right.Footer.Path);
        var groups = new List<ReadOnlyMemory<byte>>();
        foreach (var (one, other) in _kept.Zip(others))
        {
            var columns = _left.ChunksOf(one).Select(chunk => (Chunk: chunk, File: leftFile))
                .Concat(right.ChunksOf(other).Select(chunk => (Chunk: chunk, File: rightFile))).ToList();
            groups.Add(one.With(
                columns.ConvertAll(column => column.Chunk),
                columns.ConvertAll(column => Copied(column.Chunk, column.File, whole))));
        }

        ParquetFooter.Write(whole, Metadata(_left, right, groups, _kept.Sum(one => one.Rows)));
        return true;
    }

    private static ReadOnlyMemory<byte> Copied(ColumnChunk chunk, SafeFileHandle from, FileStream to)
    {
        var begin = to.Position;
        FileBytes.Copy(from, chunk.Begin, chunk.Bytes, to);
        return chunk.PagesMoved(begin);
    }

    private static ThriftStruct Metadata(
        ParquetSide left, ParquetSide right, IReadOnlyCollection<ReadOnlyMemory<byte>> groups, long rows)
    {
        var metadata = left.Footer.Metadata;
        var orders = left.OrdersWith(right);
        metadata.Set(ParquetFooter.Schema, left.SchemaWith(right));
        metadata.Set(ParquetFooter.RowGroups, groups);
        metadata.Change(ParquetFooter.Rows, _ => rows);
        metadata.Remove(ParquetFooter.KeyValues); // which may say what all columns are elsewhere
        metadata.Remove(ParquetFooter.ColumnOrders);
        if (orders is not null)
        {
            metadata.Set(ParquetFooter.ColumnOrders, orders);
        }

        return metadata;
    }
}
