using System.Buffers.Binary;
using System.Text;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// The tables of a FlatBuffer ("FlatBuffers Internals"), of which nothing is taken for granted: Apache.Arrow 14 reads
/// strings wherever they are said to be.
/// </summary>
/// <param name="bytes">The buffer.</param>
internal sealed class FlatTables(byte[] bytes)
{
    /// <summary>The first table.</summary>
    /// <exception cref="InvalidDataException">It is not within the buffer, as with what follows.</exception>
    public int Root => Follow(0);

    /// <summary>Where a field of a table lies; null if it has its default.</summary>
    /// <exception cref="InvalidDataException">It is not within the buffer.</exception>
    public int? FieldOf(int table, int index) => Within(() =>
    {
        var layout = checked(table - NumberAt(table));
        var slot = 4 + (2 * index);
        var offset = slot < ShortAt(layout) ? ShortAt(layout + slot) : 0;
        return offset == 0 ? (int?)null : table + offset;
    });

    /// <summary>The table, vector or string that a field refers to; null if there is none.</summary>
    /// <exception cref="InvalidDataException">It is not within the buffer.</exception>
    public int? TableOf(int table, int index) => FieldOf(table, index) is { } at ? Follow(at) : null;

    /// <summary>The tables of a vector.</summary>
    /// <exception cref="InvalidDataException">They are not within the buffer.</exception>
    public IEnumerable<int> Tables(int vector)
    {
        var count = Number(vector);
        for (var i = 0; i < count; i++)
        {
            yield return Follow(vector + (4 * (i + 1)));
        }
    }

    /// <summary>A string.</summary>
    /// <exception cref="InvalidDataException">It is not within the buffer.</exception>
    public string Text(int at) => Within(() => Encoding.UTF8.GetString(bytes.AsSpan(at + 4, NumberAt(at))));

    /// <summary>A field of 8 bits.</summary>
    /// <exception cref="InvalidDataException">It is not within the buffer.</exception>
    public byte Byte(int at) => Within(() => bytes[at]);

    /// <summary>A field of 16 bits.</summary>
    /// <exception cref="InvalidDataException">It is not within the buffer.</exception>
    public short Short(int at) => Within(() => (short)ShortAt(at));

    private int Number(int at) => Within(() => NumberAt(at));

    private int Follow(int at) => Within(() => checked(at + (int)(uint)NumberAt(at)));

    private int NumberAt(int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private ushort ShortAt(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static T Within<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (
            failure is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("Its schema is damaged.", failure);
        }
    }
}
