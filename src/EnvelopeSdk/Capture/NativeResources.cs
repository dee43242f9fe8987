using System.Buffers.Binary;

namespace EnvelopeSdk.Capture;

/// <summary>
/// The section of native resources (PE format, "The .rsrc Section"): a tree in which directories are found by offsets,
/// and data by addresses.
/// </summary>
internal static class NativeResources
{
    private const int DirectorySize = 16;
    private const int EntrySize = 8;
    private const uint IsDirectory = 0x8000_0000;

    /// <summary>Changes the addresses of the data to those in a section that lies elsewhere.</summary>
    /// <exception cref="BadImageFormatException">It is not a tree, or has data outside of it.</exception>
    public static void Move(byte[] section, int from, int to)
    {
        var (seen, directories) = (new HashSet<uint>(), new Stack<uint>([0]));
        while (directories.TryPop(out var directory))
        {
            foreach (var entry in Entries(section, directory))
            {
                if (!seen.Add(entry))
                {
                    throw new BadImageFormatException(); // moved twice, or a circle
                }

                if ((entry & IsDirectory) != 0)
                {
                    directories.Push(entry & ~IsDirectory);
                }
                else
                {
                    MoveData(section.AsSpan((int)entry), section.Length, from, to);
                }
            }
        }
    }

    /// <summary>Where the entries of a directory are, named ones and those with an id.</summary>
    private static IEnumerable<uint> Entries(byte[] section, uint directory)
    {
        var bytes = section.AsMemory(checked((int)directory));
        var count = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[12..])
            + BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[14..]);
        for (var i = 0; i < count; i++)
        {
            yield return BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[(DirectorySize + (i * EntrySize) + 4)..]);
        }
    }

    private static void MoveData(Span<byte> entry, int length, int from, int to)
    {
        var offset = (long)BinaryPrimitives.ReadUInt32LittleEndian(entry) - from;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
        if (offset < 0 || offset + size > length)
        {
            throw new BadImageFormatException();
        }

        BinaryPrimitives.WriteInt32LittleEndian(entry, (int)(to + offset));
    }
}
