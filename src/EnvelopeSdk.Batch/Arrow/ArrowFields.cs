namespace EnvelopeSdk.Batch.Arrow;

/// <summary>The fields of a schema as it is sent (<c>Message.fbs</c>, <c>Schema.fbs</c>).</summary>
/// <param name="message">The message. What is none of a schema is left to who reads the stream.</param>
internal sealed class ArrowFields(byte[] message)
{
    private const int MostDepth = 32;
    private const int MostFields = 1 << 20; // fields of a stream that is made to do harm may be within each other
    private const byte OfSchema = 1, Timestamp = 10;

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

    private readonly FlatTables _tables = new(message);
    private readonly List<(string, string, string)> _unread = [];
    private readonly HashSet<int> _long = [];
    private int _left = MostFields;

    /// <summary>What is of a type that is not read, and which type would have its values.</summary>
    public IReadOnlyList<(string Field, string Type, string Cast)> Unread => _unread;

    /// <summary>Looks at all fields, and calls long offsets usual ones in the message.</summary>
    /// <returns>Where long offsets are; none if there are none.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public IReadOnlyList<LongOffsets> Read()
    {
        if (message.Length == 0)
        {
            return [];
        }

        var root = _tables.Root;
        if (_tables.FieldOf(root, 1) is not { } kind || _tables.Byte(kind) != OfSchema
            || _tables.TableOf(root, 2) is not { } schema)
        {
            return [];
        }

        var columns = _tables.TableOf(schema, 1) is { } fields ? Read(fields, "", 0) : [];
        Look(schema, 2);
        foreach (var at in _long)
        {
            message[at] = Usual[message[at]];
        }

        return _long.Count > 0 ? columns : [];
    }

    private List<LongOffsets> Read(int fields, string within, int depth)
    {
        if (depth >= MostDepth)
        {
            throw new InvalidDataException("Its fields are too deep within each other.");
        }

        var read = new List<LongOffsets>();
        foreach (var field in _tables.Tables(fields))
        {
            if (_left-- == 0)
            {
                throw new InvalidDataException("It has too many fields.");
            }

            var name = within + (_tables.TableOf(field, 0) is { } text ? _tables.Text(text) : "");
            var kind = _tables.FieldOf(field, 2);
            var type = kind is { } at ? _tables.Byte(at) : default;
            Look(field, 6);
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
            else if (type == Timestamp && _tables.TableOf(field, 3) is { } time && _tables.TableOf(time, 1) is { } zone)
            {
                _tables.Text(zone);
            }

            read.Add(new(
                isLong, _tables.TableOf(field, 5) is { } children ? Read(children, name + ".", depth + 1) : []));
        }

        return read;
    }

    /// <summary>Looks whether what a field has of keys and values is there.</summary>
    private void Look(int table, int index)
    {
        foreach (var pair in _tables.TableOf(table, index) is { } pairs ? _tables.Tables(pairs) : [])
        {
            foreach (var text in (int?[])[_tables.TableOf(pair, 0), _tables.TableOf(pair, 1)])
            {
                _ = text is { } at ? _tables.Text(at) : null;
            }
        }
    }
}
