using System.Buffers.Binary;
using System.Text;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// The schema at the begin of an Arrow stream ("Arrow Columnar Format", encapsulated messages; <c>Schema.fbs</c>), of
/// which Apache.Arrow 14 does not say which column it cannot read.
/// </summary>
internal static class ArrowHeader
{
    private const int MostLength = 1 << 26;
    private const int MostDepth = 32;
    private const int MostFields = 1 << 20; // fields of a stream that is made to do harm may be within each other
    private const int Continuation = -1;
    private const byte OfSchema = 1;

    /// <summary>Types that are not read, by their number, and those that have the same values.</summary>
    private static readonly Dictionary<byte, (string Name, string Cast)> Unread = new()
    {
        [18] = ("duration", "string, as in '1.02:03:04.5'"),
        [19] = ("large_binary", "binary"),
        [20] = ("large_string", "string"),
        [21] = ("large_list", "list"),
        [22] = ("run_end_encoded", "that of its values"),
        [23] = ("binary_view", "binary"),
        [24] = ("string_view", "string"),
        [25] = ("list_view", "list"),
        [26] = ("large_list_view", "list"),
    };

    /// <summary>Looks at the schema.</summary>
    /// <param name="content">The stream, at its begin.</param>
    /// <param name="of">What it is, as a message names it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was read of the stream.</returns>
    /// <exception cref="EnvelopeException">A column is of a type that is not read.</exception>
    public static async Task<byte[]> EnsureReadAsync(Stream content, string of, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(content, [], sizeof(int), cancellationToken);
        if (NumberAtEnd(read) == Continuation) // which older writers do not begin with
        {
            read = await ReadAsync(content, read, sizeof(int), cancellationToken);
        }

        var begin = read.Length;
        read = await ReadAsync(content, read, NumberAtEnd(read), cancellationToken);
        var columns = UnreadOf(read[begin..]);
        if (columns.Count == 0)
        {
            return read;
        }

        var named = columns.Select(one => $"'{one.Column}' of {one.Type.Name} (cast it to {one.Type.Cast})");
        throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"{of} has columns of types that are not read: {string.Join(", ", named)}. Cast them when it is written.");
    }

    /// <summary>What is no schema is not looked at any further: who reads the stream says what it is.</summary>
    private static List<(string Column, (string Name, string Cast) Type)> UnreadOf(byte[] message)
    {
        var found = new List<(string, (string, string))>();
        try
        {
            var root = Follow(message, 0);
            if (FieldOf(message, root, 1) is { } kind && message[kind] == OfSchema
                && FieldOf(message, root, 2) is { } schema
                && FieldOf(message, Follow(message, schema), 1) is { } fields)
            {
                var left = MostFields;
                Look(message, Follow(message, fields), "", 0, found, ref left);
            }
        }
        catch (Exception failure) when (
            failure is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            found.Clear();
        }

        return found;
    }

    private static void Look(
        byte[] message, int fields, string within, int depth, List<(string, (string, string))> found, ref int left)
    {
        var count = Number(message, fields);
        for (var i = 0; i < count && depth < MostDepth && left-- > 0; i++)
        {
            var field = Follow(message, fields + (4 * (i + 1)));
            var name = within + (FieldOf(message, field, 0) is { } text ? Text(message, Follow(message, text)) : "");
            if (FieldOf(message, field, 2) is { } kind && Unread.TryGetValue(message[kind], out var type))
            {
                found.Add((name, type));
            }
            else if (FieldOf(message, field, 5) is { } children)
            {
                Look(message, Follow(message, children), name + ".", depth + 1, found, ref left);
            }
        }
    }

    /// <returns>What was read before, and as much behind it, or as there is.</returns>
    private static async Task<byte[]> ReadAsync(
        Stream content, byte[] before, int length, CancellationToken cancellationToken)
    {
        var more = new byte[length is > 0 and <= MostLength ? length : 0];
        var count = await content.ReadAtLeastAsync(more, more.Length, throwOnEndOfStream: false, cancellationToken);
        return [.. before, .. more.AsSpan(0, count)];
    }

    private static int NumberAtEnd(byte[] read) =>
        read.Length < sizeof(int) ? 0 : Number(read, read.Length - sizeof(int));

    /// <summary>Where a field of a table lies ("FlatBuffers Internals", tables); null if it has its default.</summary>
    private static int? FieldOf(byte[] message, int table, int index)
    {
        var layout = checked(table - Number(message, table));
        var slot = 4 + (2 * index);
        var offset = slot < Short(message, layout) ? Short(message, layout + slot) : 0;
        return offset == 0 ? null : table + offset;
    }

    private static int Follow(byte[] message, int at) => checked(at + (int)(uint)Number(message, at));

    private static string Text(byte[] message, int at) =>
        Encoding.UTF8.GetString(message.AsSpan(at + 4, Number(message, at)));

    private static int Number(byte[] message, int at) => BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(at));

    private static ushort Short(byte[] message, int at) => BinaryPrimitives.ReadUInt16LittleEndian(message.AsSpan(at));
}
