using Microsoft.Win32.SafeHandles;

namespace EnvelopeSdk.Batch.Parquet;

/// <summary>The values of a column in a row group (<c>parquet.thrift</c>, ColumnChunk and ColumnMetaData).</summary>
/// <param name="content">What the footer says of it.</param>
/// <exception cref="InvalidDataException">That is not whole.</exception>
internal sealed class ColumnChunk(ReadOnlyMemory<byte> content)
{
    private const int OtherFile = 1, At = 2, Metadata = 3, OffsetIndex = 4, OffsetIndexLength = 5, ColumnIndex = 6,
        ColumnIndexLength = 7, Encryption = 8;

    private const int ValueCount = 5, PlainLength = 6, Length = 7, DataPage = 9, IndexPage = 10, DictionaryPage = 11,
        BloomFilter = 14, BloomFilterLength = 15;

    private readonly ThriftStruct _chunk = new(content);
    private readonly ThriftStruct _values = new ThriftStruct(content).Struct(Metadata)
        ?? throw new InvalidDataException("A column says nothing of itself.");

    /// <summary>Whether its pages are where the footer says, and as many.</summary>
    /// <exception cref="InvalidDataException">There is something else.</exception>
    public bool HasItsPages(SafeFileHandle file) => PageWalk.Ends(file, Begin, Begin + Bytes, Offset(ValueCount));

    /// <summary>Whether its values lie in the file as others do, and can be read by all.</summary>
    /// <param name="end">Where the values of all columns end.</param>
    public bool LiesBefore(long end) =>
        !_chunk.Has(OtherFile) && !_chunk.Has(Encryption) && Begin >= ParquetFooter.Mark.Length && Bytes > 0
        && Begin <= end - Bytes;

    /// <summary>Where its first page begins.</summary>
    public long Begin => Offset(DictionaryPage) is > 0 and var dictionary
        ? Math.Min(dictionary, Offset(DataPage)) : Offset(DataPage);

    /// <summary>How many bytes its pages have.</summary>
    public long Bytes => Offset(Length);

    /// <summary>How many they would have if they were not compressed.</summary>
    public long PlainBytes => Offset(PlainLength);

    /// <summary>
    /// The same, elsewhere in a file, with all that lies there but its indexes, which know where pages were.
    /// </summary>
    /// <param name="by">By how many bytes it is further behind.</param>
    public ReadOnlyMemory<byte> Moved(long by)
    {
        _chunk.Change(At, _ => 0); // as the format has it by now: readers go by its pages
        _chunk.Remove(OffsetIndex, OffsetIndexLength, ColumnIndex, ColumnIndexLength);
        foreach (var id in (int[])[DataPage, IndexPage, DictionaryPage, BloomFilter])
        {
            _values.Change(id, at => at > 0 ? at + by : at); // what is not there is at 0, where the mark of the file is
        }

        _chunk.Set(Metadata, _values);
        return _chunk.ToBytes();
    }

    /// <summary>The same, with its pages alone elsewhere in a file.</summary>
    /// <param name="begin">Where the first is.</param>
    public ReadOnlyMemory<byte> PagesMoved(long begin)
    {
        _values.Remove(BloomFilter, BloomFilterLength);
        return Moved(begin - Begin);
    }

    private long Offset(int id) => _values.Number(id) ?? 0;
}
