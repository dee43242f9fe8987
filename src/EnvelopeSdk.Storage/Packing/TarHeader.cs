using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace EnvelopeSdk.Packing;

/// <summary>One header block of a tar (POSIX ustar, or as GNU tar writes it).</summary>
internal static class TarHeader
{
    /// <summary>The bytes of a header, and what contents are filled up to multiples of.</summary>
    public const int Size = 512;

    /// <summary>Whether the check sum in a block is that of its bytes.</summary>
    public static bool IsSound(ReadOnlySpan<byte> block)
    {
        var sum = 8 * ' '; // what stands for the sum itself
        for (var i = 0; i < Size; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : block[i];
        }

        return Octal(block[148..156]) == sum;
    }

    /// <summary>What the entry is, as a letter.</summary>
    public static char TypeOf(ReadOnlySpan<byte> block) => block[156] == 0 ? '0' : (char)block[156];

    /// <summary>The name; its first part stands elsewhere in a POSIX header, where GNU tar has times.</summary>
    public static string NameOf(ReadOnlySpan<byte> block)
    {
        var name = Text(block[..100]);
        var prefix = block[257..263].SequenceEqual("ustar\0"u8) ? Text(block[345..500]) : "";
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    /// <summary>How many bytes follow; null when it is no number.</summary>
    public static long? LengthOf(ReadOnlySpan<byte> block)
    {
        var field = block[124..136];
        if ((field[0] & 0x80) == 0)
        {
            return Octal(field);
        }

        // GNU tar writes what has more than 8 GiB in binary.
        var length = BinaryPrimitives.ReadInt64BigEndian(field[4..]);
        return field[0] == 0x80 && field[1..4].IndexOfAnyExcept((byte)0) < 0 && length >= 0 ? length : null;
    }

    /// <summary>The records of an extended header: a length, a space, <c>key=value</c>, a line feed.</summary>
    /// <returns>Null when it has another form.</returns>
    public static Dictionary<string, string>? Records(ReadOnlySpan<byte> text)
    {
        var records = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!text.IsEmpty)
        {
            var space = text.IndexOf((byte)' ');
            if (space <= 0
                || !int.TryParse(text[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > text.Length || text[length - 1] != '\n'
                || text[(space + 1)..length].IndexOf((byte)'=') is not (> 0 and var equals))
            {
                return null;
            }

            var record = text[(space + 1)..(length - 1)];
            records[Encoding.UTF8.GetString(record[..equals])] = Encoding.UTF8.GetString(record[(equals + 1)..]);
            text = text[length..];
        }

        return records;
    }

    public static string Text(ReadOnlySpan<byte> field) =>
        Encoding.UTF8.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field);

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        var value = 0L;
        foreach (var digit in field.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            value = (value * 8) + (digit - '0'); // eleven digits at most
        }

        return value;
    }
}
