namespace EnvelopeSdk.Batch.Parquet;

/// <summary>
/// Puts Parquet files one behind the other, whose columns are the same: their row groups are copied as they are stored,
/// and one footer says where they are.
/// </summary>
internal static class ParquetMerge
{
    /// <param name="files">The files, at least one.</param>
    /// <param name="path">The file that is written.</param>
    /// <returns>Whether they can be put together so.</returns>
    /// <exception cref="InvalidDataException">One is no whole file.</exception>
    public static bool TryWrite(IReadOnlyList<string> files, string path)
    {
        var first = ParquetFooter.Read(files[0]);
        if (!files.All(file => IsAlike(first, ParquetFooter.Read(file))))
        {
            return false;
        }

        using var whole = File.Create(path);
        whole.Write(ParquetFooter.Mark);
        var (groups, rows) = (new List<ReadOnlyMemory<byte>>(), 0L);
        foreach (var footer in files.Select(ParquetFooter.Read))
        {
            var by = whole.Position - ParquetFooter.Mark.Length;
            using var file = File.OpenHandle(footer.Path);
            FileBytes.Copy(file, ParquetFooter.Mark.Length, footer.Begin - ParquetFooter.Mark.Length, whole);
            groups.AddRange(footer.Groups.Select(one => one.Moved(by)));
            rows += footer.Metadata.Number(ParquetFooter.Rows) ?? 0;
        }

        first.Metadata.Change(ParquetFooter.Rows, _ => rows);
        first.Metadata.Set(ParquetFooter.RowGroups, groups);
        ParquetFooter.Write(whole, first.Metadata);
        return true;
    }

    private static bool IsAlike(ParquetFooter one, ParquetFooter other) =>
        WithoutRows(one).AsSpan().SequenceEqual(WithoutRows(other))
        && other.Groups.All(group => group.Columns.All(column => column.LiesBefore(other.Begin)));

    private static byte[] WithoutRows(ParquetFooter footer)
    {
        var metadata = new ThriftStruct(footer.Metadata.ToBytes());
        metadata.Remove(ParquetFooter.Rows, ParquetFooter.RowGroups);
        return metadata.ToBytes();
    }
}
