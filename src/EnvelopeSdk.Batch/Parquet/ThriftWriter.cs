namespace EnvelopeSdk.Batch.Parquet;

/// <summary>Writes Thrift's compact protocol ("Thrift Compact protocol encoding").</summary>
internal static class ThriftWriter
{
    /// <summary>A whole number.</summary>
    public static byte[] Number(long value)
    {
        var written = new MemoryStream(10);
        WriteUnsigned(written, (ulong)(value << 1) ^ (ulong)(value >> 63));
        return written.ToArray();
    }

    /// <summary>A list of structs.</summary>
    public static byte[] List(IReadOnlyCollection<ReadOnlyMemory<byte>> structs)
    {
        const int followsIfMore = 14;
        var written = new MemoryStream();
        var isShort = structs.Count <= followsIfMore;
        written.WriteByte((byte)((isShort ? structs.Count : followsIfMore + 1) << 4 | (int)ThriftKind.Struct));
        if (!isShort)
        {
            WriteUnsigned(written, (ulong)structs.Count);
        }

        foreach (var one in structs)
        {
            written.Write(one.Span);
        }

        return written.ToArray();
    }

    /// <summary>A struct of fields, by their ids.</summary>
    public static byte[] Struct(SortedList<int, (ThriftKind Kind, ReadOnlyMemory<byte> Value)> fields)
    {
        var written = new MemoryStream();
        var before = 0;
        foreach (var (id, (kind, value)) in fields)
        {
            var more = id - before;
            written.WriteByte((byte)((more < 16 ? more : 0) << 4 | (int)kind));
            written.Write(more < 16 ? [] : Number(id));
            written.Write(value.Span);
            before = id;
        }

        written.WriteByte(0);
        return written.ToArray();
    }

    private static void WriteUnsigned(MemoryStream to, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            to.WriteByte((byte)(value | 0x80));
        }

        to.WriteByte((byte)value);
    }
}
