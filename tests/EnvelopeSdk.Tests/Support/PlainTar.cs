using System.Text;

namespace EnvelopeSdk.Tests.Support;

/// <summary>Writes a tar block by block, right or wrong.</summary>
internal static class PlainTar
{
    public const int Block = 512;

    public static byte[] Of(IEnumerable<(string Name, byte[] Content)> entries)
    {
        using var tar = new MemoryStream();
        foreach (var (name, content) in entries)
        {
            tar.Write(Header(name, content.Length));
            tar.Write(content);
            tar.Write(new byte[(Block - (content.Length % Block)) % Block]);
        }

        tar.Write(new byte[2 * Block]);
        return tar.ToArray();
    }

    /// <summary>A header whose check sum is right.</summary>
    /// <param name="name">The name, at most 100 bytes.</param>
    /// <param name="size">The size it claims.</param>
    /// <param name="type">The kind of entry.</param>
    public static byte[] Header(string name, long size, char type = '0')
    {
        var header = new byte[Block];
        Encoding.UTF8.GetBytes(name, header);
        Write(header, 100, "0000644\0");
        Write(header, 108, "0000000\0");
        Write(header, 116, "0000000\0");
        Write(header, 136, "00000000000\0");
        header[156] = (byte)type;
        Write(header, 257, "ustar\000");
        if (size < 1L << 33)
        {
            Write(header, 124, Convert.ToString(size, 8).PadLeft(11, '0') + "\0");
        }
        else
        {
            header[124] = 0x80;
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128), size);
        }

        return Sealed(header);
    }

    /// <summary>Makes the check sum of a header right.</summary>
    public static byte[] Sealed(byte[] header)
    {
        Write(header, 148, "        ");
        Write(header, 148, Convert.ToString(header.Sum(one => one), 8).PadLeft(6, '0') + "\0 ");
        return header;
    }

    private static void Write(byte[] header, int position, string text) => Encoding.ASCII.GetBytes(text, header.AsSpan(position));
}
