using System.Buffers.Binary;

namespace EnvelopeSdk.Batch.Parquet;

/// <summary>
/// The footer of a Parquet file ("Apache Parquet", File Format, and <c>parquet.thrift</c>, which has the numbers of the
/// fields): where its columns lie, and what they are.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Metadata">What the footer says.</param>
/// <param name="Begin">Where it begins, behind all columns.</param>
internal sealed record ParquetFooter(string Path, ThriftStruct Metadata, long Begin)
{
    /// <summary>Fields of the footer.</summary>
    public const int Schema = 2, Rows = 3, RowGroups = 4, KeyValues = 5, ColumnOrders = 7, Encryption = 8;

    private const int LengthAndMark = 8;

    /// <summary>What a file begins and ends with.</summary>
    public static ReadOnlySpan<byte> Mark => "PAR1"u8;

    /// <summary>The row groups of the file.</summary>
    public IEnumerable<RowGroup> Groups => (Metadata.Structs(RowGroups) ?? []).Select(one => new RowGroup(one));

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is none that can be read; it may be encrypted.</exception>
    public static ParquetFooter Read(string path)
    {
        using var file = File.OpenHandle(path);
        var size = RandomAccess.GetLength(file);
        var end = FileBytes.Read(file, size - LengthAndMark, LengthAndMark);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(end);
        var begin = size - LengthAndMark - length;
        return end.AsSpan(sizeof(int)).SequenceEqual(Mark) && begin >= Mark.Length && length <= int.MaxValue
            ? new(path, new(FileBytes.Read(file, begin, (int)length)), begin)
            : throw new InvalidDataException($"'{path}' does not end as a Parquet file.");
    }

    /// <summary>Writes one behind the columns of a file.</summary>
    public static void Write(Stream file, ThriftStruct metadata)
    {
        var bytes = metadata.ToBytes();
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        file.Write(bytes);
        file.Write(length);
        file.Write(Mark);
    }
}
