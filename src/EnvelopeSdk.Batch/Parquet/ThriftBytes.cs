namespace EnvelopeSdk.Batch.Parquet;

/// <summary>
/// Reads bytes of Thrift's compact protocol ("Thrift Compact protocol encoding"), of which Parquet has neither sets nor
/// maps.
/// </summary>
/// <param name="bytes">The bytes.</param>
internal ref struct ThriftBytes(ReadOnlySpan<byte> bytes)
{
    private const int MostDepth = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many of them were read.</summary>
    public int Position { get; private set; }

    /// <summary>How a field of a struct begins; null behind the last.</summary>
    /// <param name="before">The id of the field before it; 0, if it is the first.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public (int Id, ThriftKind Kind)? NextField(int before)
    {
        var head = Next();
        return head == 0 ? null
            : (head >> 4 is > 0 and var more ? before + more : (short)Number(), (ThriftKind)(head & 15));
    }

    /// <summary>A whole number, whose last bit is its sign.</summary>
    public long Number()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>How many bytes or values follow.</summary>
    public int Length() => Unsigned() is var length && length <= (ulong)(_bytes.Length - Position)
        ? (int)length : throw Torn("It ends too early.");

    /// <summary>How a list begins.</summary>
    public (int Count, ThriftKind Kind) ListHead()
    {
        var head = Next();
        return (head >> 4 is < 15 and var count ? count : Length(), (ThriftKind)(head & 15));
    }

    /// <summary>Goes behind a value.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public void Skip(ThriftKind kind, int depth = 0)
    {
        switch (kind)
        {
            case ThriftKind.True or ThriftKind.False:
                break; // the kind is the value
            case ThriftKind.Int8:
                Next();
                break;
            case ThriftKind.Int16 or ThriftKind.Int32 or ThriftKind.Int64:
                Unsigned();
                break;
            case ThriftKind.Double:
                Skip(sizeof(double));
                break;
            case ThriftKind.Binary:
                Skip(Length());
                break;
            case ThriftKind.List when depth < MostDepth:
                SkipList(depth + 1);
                break;
            case ThriftKind.Struct when depth < MostDepth:
                for (var id = 0; NextField(id) is { } field; id = field.Id)
                {
                    Skip(field.Kind, depth + 1);
                }

                break;
            default:
                throw Torn($"A value of the kind {kind} is not read.");
        }
    }

    private void SkipList(int depth)
    {
        var (count, kind) = ListHead();
        for (var i = 0; i < count; i++)
        {
            Skip(kind is ThriftKind.True or ThriftKind.False ? ThriftKind.Int8 : kind, depth); // a byte each
        }
    }

    private void Skip(int count) =>
        Position = count <= _bytes.Length - Position ? Position + count : throw Torn("It ends too early.");

    private byte Next() => Position < _bytes.Length ? _bytes[Position++] : throw Torn("It ends too early.");

    private ulong Unsigned()
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Next();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Torn("A number has too many bytes.");
    }

    private static InvalidDataException Torn(string reason) => new(reason);
}

/// <summary>What a value of Thrift's compact protocol is, by its number there.</summary>
internal enum ThriftKind
{
    True = 1,
    False = 2,
    Int8 = 3,
    Int16 = 4,
    Int32 = 5,
    Int64 = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Struct = 12,
}
