using System.Buffers.Binary;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// The schema of a file of Arrow whose writer left it to the footer, as that of JavaScript does ("Arrow Columnar
/// Format", IPC file format; <c>File.fbs</c> and <c>Message.fbs</c> have the numbers of the fields).
/// </summary>
internal static class FooterSchema
{
    private const int LengthAndMark = 10, Continuation = -1, BeforeMessages = 8;
    private const int Prefix = 2 * sizeof(int); // a mark, and the length of the message
    private const byte Schema = 1; // MessageHeader

    /// <summary>
    /// A message with the schema, to be read in front of the others, which a reader of streams needs.
    /// </summary>
    /// <param name="file">The file, which is left where its messages begin.</param>
    /// <returns>Nothing if it begins with the schema.</returns>
    /// <exception cref="InvalidDataException">It is not whole.</exception>
    public static ReadOnlyMemory<byte> MessageOf(FileStream file)
    {
        var message = HasItFirst(file) ? default(ReadOnlyMemory<byte>) : Of(Footer(file));
        file.Position = BeforeMessages;
        return message;
    }

    private static byte[] Footer(FileStream file)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Bytes(file, file.Length - LengthAndMark, sizeof(int)));
        var begin = file.Length - LengthAndMark - length;
        return length > 0 && begin >= BeforeMessages ? Bytes(file, begin, length)
            : throw new InvalidDataException("Its footer is not whole.");
    }

    private static bool HasItFirst(FileStream file)
    {
        var head = Bytes(file, BeforeMessages, Prefix);
        var isMarked = BinaryPrimitives.ReadInt32LittleEndian(head) == Continuation; // files before 0.15 have none
        var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(isMarked ? sizeof(int) : 0));
        var begin = BeforeMessages + (isMarked ? Prefix : sizeof(int));
        if (length <= 0 || length > file.Length - LengthAndMark - begin)
        {
            return false; // there are no messages, and the schema is in the footer
        }

        var message = new FlatTables(Bytes(file, begin, length));
        return message.FieldOf(message.Root, 1) is { } type && message.Byte(type) == Schema;
    }

    /// <summary>
    /// A message whose header is the table of the footer: offsets of a FlatBuffer point from a place to one behind it,
    /// so that the footer is left as it is, behind the few bytes of the message.
    /// </summary>
    private static byte[] Of(byte[] footer)
    {
        const int Fields = 4, Table = 16, Header = 20, Version = 32, Type = 34, End = 40;
        var tables = new FlatTables(footer);
        var schema = tables.TableOf(tables.Root, 1) ?? throw new InvalidDataException("Its footer has no schema.");
        var bytes = new byte[Prefix + ((End + footer.Length + 7) & ~7)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Continuation);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(int)), bytes.Length - Prefix);
        Put(0, Table);
        PutShort(4, 4 + (2 * Fields)); // the fields of the table: how long this is, and that, and where each of them is
        PutShort(6, 20);
        PutShort(8, Version - Table);
        PutShort(10, Type - Table);
        PutShort(12, Header - Table);
        PutShort(14, 8); // bodyLength, which is 0
        Put(Table, Table - 4);
        Put(Header, End + schema - Header);
        PutShort(Version, tables.FieldOf(tables.Root, 0) is { } version ? tables.Short(version) : (short)0);
        bytes[Prefix + Type] = Schema;
        footer.CopyTo(bytes.AsSpan(Prefix + End));
        return bytes;

        void Put(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Prefix + at), value);
        void PutShort(int at, int value) =>
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(Prefix + at), (short)value);
    }

    private static byte[] Bytes(FileStream file, long at, int count)
    {
        file.Position = Math.Max(0, at);
        var bytes = new byte[count];
        return file.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count ? bytes
            : throw new InvalidDataException("It ends too early.");
    }
}
