using Microsoft.Win32.SafeHandles;

namespace EnvelopeSdk.Batch.Parquet;

/// <summary>
/// Puts columns of a Parquet file beside some of another with the same rows: all are copied as they are stored, and
/// neither decoded nor changed. A column's values in a row group have to lie together, those of several columns need
/// not ("Apache Parquet", File Format), so that what is kept is written before the rest is there.
/// </summary>
internal sealed class ParquetJoin
{
    private const int Much = 1 << 24; // in bytes; less is on the disk at once

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

    /// <summary>Writes the columns that are kept while the others are made, and these behind them.</summary>
    /// <param name="path">The file that is written.</param>
    /// <param name="beside">The file with the other columns, of the same rows, once it is made.</param>
    /// <param name="make">Makes that.</param>
    /// <returns>
    /// Whether row groups are alike in both. If not, what is at the path is to be written otherwise.
    /// </returns>
    public bool TryWrite(string path, string beside, Action make)
    {
        using var whole = File.Create(path);
        using var stop = new CancellationTokenSource();
        var keeping = Task.Run(() => Keep(whole, stop.Token));
        try
        {
            make();
        }
        catch
        {
            stop.Cancel();
            Task.WaitAny(keeping); // it has the file
            throw;
        }

        try
        {
            var begins = keeping.GetAwaiter().GetResult();
            var right = new ParquetSide(beside, null);
            return right.GroupsOf(0, _kept.Sum(one => one.Rows)) is { } others
                && _kept.Select(one => one.Rows).SequenceEqual(others.Select(one => one.Rows))
                && TryWrite(begins, right, others, whole);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Copies what is kept, one row group behind the other, and lets the disk have it.</summary>
    /// <returns>Where each column of each row group begins.</returns>
    private Queue<long> Keep(FileStream whole, CancellationToken cancellationToken)
    {
        whole.Write(ParquetFooter.Mark);
        using var file = File.OpenHandle(_left.Footer.Path);
        var begins = new Queue<long>();
        foreach (var chunk in _kept.SelectMany(_left.ChunksOf))
        {
            cancellationToken.ThrowIfCancellationRequested();
            begins.Enqueue(Copy(chunk, file, whole));
        }

        if (whole.Position >= Much)
        {
            whole.Flush(flushToDisk: true); // which needs no processor
        }

        return begins;
    }

    private bool TryWrite(Queue<long> begins, ParquetSide right, IReadOnlyList<RowGroup> others, FileStream whole)
    {
        using var file = File.OpenHandle(right.Footer.Path);
        var groups = new List<ReadOnlyMemory<byte>>();
        foreach (var (one, other) in _kept.Zip(others))
        {
            var (kept, beside) = (_left.ChunksOf(one).ToList(), right.ChunksOf(other).ToList());
            groups.Add(one.With(
                [.. kept, .. beside],
                [
                    .. kept.Select(chunk => chunk.PagesMoved(begins.Dequeue())),
                    .. beside.Select(chunk => chunk.PagesMoved(Copy(chunk, file, whole))),
                ]));
        }

        ParquetFooter.Write(whole, Metadata(_left, right, groups, _kept.Sum(one => one.Rows)));
        return true;
    }

    /// <returns>Where it begins there.</returns>
    private static long Copy(ColumnChunk chunk, SafeFileHandle from, FileStream to)
    {
        var begin = to.Position;
        FileBytes.Copy(from, chunk.Begin, chunk.Bytes, to);
        return begin;
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
