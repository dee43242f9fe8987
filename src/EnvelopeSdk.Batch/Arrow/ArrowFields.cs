using System.Buffers.Binary;
using System.Text;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>The fields of a schema as it is sent (<c>Message.fbs</c>, <c>Schema.fbs</c>).</summary>
/// <param name="message">The message. What is none of a schema is left to who reads the stream.</param>
internal sealed class ArrowFields(byte[] message)
{
    private const int MostDepth = 32;
    private const int MostFields = 1 << 20; // fields of a stream that is made to do harm may be within each other
    private const byte OfSchema = 1;

    /// <summary>Types that are not read, by their number, and those that have the same values.</summary>
    private static readonly Dictionary<byte, (string Name, string Cast)> NotRead = new()
    {
        [18] = ("duration", "string, as in '1.02:03:04.5'"),
        [22] = ("run_end_encoded", "that of its values"),
        [23] = ("binary_view", "binary"),
        [24] = ("string_view", "string"),
        [25] = ("list_view", "list"),
        [26] = ("large_list_view", "list"),
    };

    /// <summary>Types with long offsets, and those that are the same with usual ones.</summary>
    private static readonly Dictionary<byte, byte> Usual = new() { [19] = 4, [20] = 5, [21] = 12 };

    private readonly List<(string, string, string)> _unread = [];
    private readonly HashSet<int> _long = [];
    private int _left = MostFields;

    /// <summary>What is of a type that is not read, and which type would have its values.</summary>
    public IReadOnlyList<(string Field, string Type, string Cast)> Unread => _unread;

    /// <summary>Looks at all fields, and calls long offsets usual ones in the message.</summary>
    /// <returns>Where long offsets are; none if there are none.</returns>
    public IReadOnlyList<LongOffsets> Read()
    {
        try
        {
            var root = Follow(0);
            if (FieldOf(root, 1) is { } kind && message[kind] == OfSchema && FieldOf(root, 2) is { } schema
                && FieldOf(Follow(schema), 1) is { } fields)
            {
                var columns = Read(Follow(fields), "", 0);
                foreach (var at in _long)
                {
                    message[at] = Usual[message[at]];
                }

                return _long.Count > 0 ? columns : [];
            }
        }
        catch (Exception failure) when (
            failure is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            _unread.Clear();
        }

        return [];
    }

    private List<LongOffsets> Read(int fields, string within, int depth)
    {
        var read = new List<LongOffsets>();
        var count = Number(fields);
        for (var i = 0; i < count && depth < MostDepth && _left-- > 0; i++)
        {
            var field = Follow(fields + (4 * (i + 1)));
            var name = within + (FieldOf(field, 0) is { } text ? Text(Follow(text)) : "");
            var kind = FieldOf(field, 2);
            var type = kind is { } at ? message[at] : default;
            if (NotRead.TryGetValue(type, out var other))
            {
                _unread.Add((name, other.Name, other.Cast));
                continue;
            }

            var isLong = Usual.ContainsKey(type);
            if (isLong)
            {
                _long.Add(kind!.Value); // once, if two fields are one there
            }

            read.Add(new(
                isLong, FieldOf(field, 5) is { } children ? Read(Follow(children), name + ".", depth + 1) : []));
        }

        return read;
    }

    /// <summary>Where a field of a table lies ("FlatBuffers Internals", tables); null if it has its default.</summary>
    private int? FieldOf(int table, int index)
    {
        var layout = checked(table - Number(table));
        var slot = 4 + (2 * index);
        var offset = slot < Short(layout) ? Short(layout + slot) : 0;
        return offset == 0 ? null : table + offset;
    }

    private int Follow(int at) => checked(at + (int)(uint)Number(at));

    private string Text(int at) => Encoding.UTF8.GetString(message.AsSpan(at + 4, Number(at)));

    private int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(at));

    private ushort Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(message.AsSpan(at));
}
