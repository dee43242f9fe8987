using Microsoft.Win32.SafeHandles;

namespace EnvelopeSdk.Batch.Parquet;

/// <summary>
/// Puts columns of a Parquet file beside some of another with the same rows: all are copied as they are stored, and
/// neither decoded nor changed.
/// </summary>
internal static class ParquetJoin
{
    /// <param name="file">The file some of whose columns are kept, in front.</param>
    /// <param name="names">Those columns.</param>
    /// <param name="from">The first of its rows, which begins a row group.</param>
    /// <param name="beside">The file with the other columns.</param>
    /// <param name="path">The file that is written.</param>
    /// <returns>Whether they can be put so: their row groups are alike, and lie in the files.</returns>
    /// <exception cref="InvalidDataException">One of the files is not whole, or has no such column.</exception>
    public static bool TryWrite(string file, IReadOnlyList<string> names, long from, string beside, string path)
    {
        var (left, right) = (new ParquetSide(file, names), new ParquetSide(beside, null));
        var others = right.Footer.Groups.ToList();
        if (left.GroupsFrom(from, others) is not { } kept)
        {
            return false;
        }

        using var whole = File.Create(path);
        whole.Write(ParquetFooter.Mark);
        using var leftFile = File.OpenHandle(file);
        using var rightFile = File.OpenHandle(beside);
        var groups = new List<ReadOnlyMemory<byte>>();
        foreach (var (one, other) in kept.Zip(others))
        {
            IReadOnlyList<ColumnChunk> columns = [.. left.ChunksOf(one), .. right.ChunksOf(other)];
            var fromLeft = left.ChunksOf(one).Count();
            groups.Add(one.With(columns, [.. columns.Select((column, i) => Copied(column, i < fromLeft ? leftFile : rightFile, whole))]));
        }

        ParquetFooter.Write(whole, Metadata(left, right, groups, kept.Sum(one => one.Rows)));
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
        metadata.Set(ParquetFooter.Schema, left.SchemaWith(right));
        metadata.Set(ParquetFooter.RowGroups, groups);
        metadata.Change(ParquetFooter.Rows, _ => rows);
        metadata.Remove(ParquetFooter.KeyValues); // which may say what all columns are elsewhere
        if (metadata.Has(ParquetFooter.ColumnOrders))
        {
            metadata.Set(ParquetFooter.ColumnOrders, left.OrdersWith(right));
        }

        return metadata;
    }
}
