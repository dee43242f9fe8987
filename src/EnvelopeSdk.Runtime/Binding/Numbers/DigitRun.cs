using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>Reads eight digits at once, each byte of a register one of them.</summary>
internal static class DigitRun
{
    private const ulong HighHalves = 0xF0F0F0F0F0F0F0F0;

    /// <summary>The number that the first eight bytes are; false when they are not all digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadEight(ReadOnlySpan<byte> text, out uint number)
    {
        number = 0;
        if (text.Length < 8)
        {
            return false;
        }

        // '0' to '9' are 0x30 to 0x39: adding 6 leaves the high half 3 for them alone.
        var bytes = BinaryPrimitives.ReadUInt64LittleEndian(text);
        if ((bytes & HighHalves) != 0x3030303030303030
            || ((bytes + 0x0606060606060606) & HighHalves) != 0x3030303030303030)
        {
            return false;
        }

        // The first digit is in the lowest byte: pairs of neighbours are joined, then pairs of pairs, then the two
        // halves.
        bytes -= 0x3030303030303030;
        bytes = ((bytes * 10) + (bytes >> 8)) & 0x00FF00FF00FF00FF;
        bytes = ((bytes * 100) + (bytes >> 16)) & 0x0000FFFF0000FFFF;
        number = (uint)((bytes * 10_000) + (bytes >> 32));
        return true;
    }
}
