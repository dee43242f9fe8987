using System.Text;

namespace EnvelopeSdk.Batch.Parquet;

/// <summary>
/// A struct of Thrift's compact protocol. What is not asked for is neither read nor changed, so that fields that a
/// later version has stay what they are.
/// </summary>
internal sealed class ThriftStruct
{
    private readonly SortedList<int, (ThriftKind Kind, ReadOnlyMemory<byte> Value)> _fields = [];

    /// <param name="content">The struct.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public ThriftStruct(ReadOnlyMemory<byte> content)
    {
        var bytes = new ThriftBytes(content.Span);
        for (var id = 0; bytes.NextField(id) is { } field; id = field.Id)
        {
            var begin = bytes.Position;
            bytes.Skip(field.Kind);
            _fields[field.Id] = (field.Kind, content[begin..bytes.Position]);
        }
    }

    /// <summary>Whether it has a field.</summary>
    public bool Has(int id) => _fields.ContainsKey(id);

    /// <summary>A whole number; null if it has none.</summary>
    /// <exception cref="InvalidDataException">It is something else; so too where others are asked for.</exception>
    public long? Number(int id) => Find(id, ThriftKind.Int16, ThriftKind.Int32, ThriftKind.Int64) is { } value
        ? new ThriftBytes(value.Span).Number() : null;

    /// <summary>A text; null if it has none.</summary>
    public string? Text(int id)
    {
        if (Find(id, ThriftKind.Binary) is not { } value)
        {
            return null;
        }

        var bytes = new ThriftBytes(value.Span);
        bytes.Length();
        return Encoding.UTF8.GetString(value.Span[bytes.Position..]);
    }

    /// <summary>A struct in it; null if it has none.</summary>
    public ThriftStruct? Struct(int id) => Find(id, ThriftKind.Struct) is { } value ? new(value) : null;

    /// <summary>The structs of a list; null if it has none.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Structs(int id)
    {
        if (Find(id, ThriftKind.List) is not { } value)
        {
            return null;
        }

        var bytes = new ThriftBytes(value.Span);
        var (count, kind) = bytes.ListHead();
        var structs = new List<ReadOnlyMemory<byte>>(count);
        for (var i = 0; i < count; i++)
        {
            var begin = bytes.Position;
            bytes.Skip(kind);
            structs.Add(value[begin..bytes.Position]);
        }

        return kind == ThriftKind.Struct || count == 0
            ? structs : throw new InvalidDataException($"The field {id} is a list of {kind}.");
    }

    /// <summary>Changes a number, if it has it.</summary>
    public void Change(int id, Func<long, long> change)
    {
        if (Number(id) is { } number)
        {
            _fields[id] = (_fields[id].Kind, ThriftWriter.Number(change(number)));
        }
    }

    /// <summary>Puts a struct into it.</summary>
    public void Set(int id, ThriftStruct value) => _fields[id] = (ThriftKind.Struct, value.ToBytes());

    /// <summary>Puts a list of structs into it.</summary>
    public void Set(int id, IReadOnlyCollection<ReadOnlyMemory<byte>> structs) =>
        _fields[id] = (ThriftKind.List, ThriftWriter.List(structs));

    /// <summary>Takes fields away.</summary>
    public void Remove(params ReadOnlySpan<int> ids)
    {
        foreach (var id in ids)
        {
            _fields.Remove(id);
        }
    }

    public byte[] ToBytes() => ThriftWriter.Struct(_fields);

    private ReadOnlyMemory<byte>? Find(int id, params ReadOnlySpan<ThriftKind> kinds) =>
        !_fields.TryGetValue(id, out var field) ? (ReadOnlyMemory<byte>?)null // and not an empty one
        : kinds.Contains(field.Kind) ? field.Value
        : throw new InvalidDataException($"The field {id} is of the kind {field.Kind}.");
}
