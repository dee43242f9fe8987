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
    /// <returns>
    /// Whether they can be put so: their row groups are alike, and their footers say where each column is. If not, what
    /// is at the path is to be written otherwise.
    /// </returns>
    public static bool TryWrite(string file, IReadOnlyList<string> names, long from, string beside, string path)
    {
        try
        {
            return TryWrite(new(file, names), new(beside, null), from, path);
        }
        catch (InvalidDataException)
        {
            return false; // the engine reads it another way, or says what is wrong
        }
    }

    private static bool TryWrite(ParquetSide left, ParquetSide right, long from, string path)
    {
        var others = right.Footer.Groups.ToList();
        if (left.GroupsFrom(from, others) is not { } kept)
        {
            return false;
        }

        using var whole = File.Create(path);
        whole.Write(ParquetFooter.Mark);
        using var leftFile = File.OpenHandle(left.Footer.Path);
        using var rightFile = File.OpenHandle(right.Footer.Path);
        var groups = new List<ReadOnlyMemory<byte>>();
        foreach (var (one, other) in kept.Zip(others))
        {
            var columns = left.ChunksOf(one).Select(chunk => (Chunk: chunk, File: leftFile))
                .Concat(right.ChunksOf(other).Select(chunk => (Chunk: chunk, File: rightFile))).ToList();
            groups.Add(one.With(
                columns.ConvertAll(column => column.Chunk),
                columns.ConvertAll(column => Copied(column.Chunk, column.File, whole))));
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
