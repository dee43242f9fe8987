using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>Reads digits eight at once, each byte of a register one of them.</summary>
internal static class DigitRun
{
    private const int Width = sizeof(ulong);

    /// <summary>Reads the digits with which a text begins.</summary>
    /// <param name="text">The text.</param>
    /// <param name="before">The number of the digits before them.</param>
    /// <param name="number">
    /// The number of all of these digits, which is meaningless when they are more than 19.
    /// </param>
    /// <returns>How many there are in the text.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> text, ulong before, out ulong number)
    {
        var count = 0;
        while (text.Length - count >= Width)
        {
            if (!TryReadEight(BinaryPrimitives.ReadUInt64LittleEndian(text[count..]), out var eight))
            {
                break;
            }

            before = (before * 100_000_000) + eight;
            count += Width;
        }

        for (; count < text.Length && (uint)(text[count] - '0') <= 9; count++)
        {
            before = (before * 10) + (uint)(text[count] - '0');
        }

        number = before;
        return count;
    }

    /// <summary>
    /// The number that eight bytes are, the first in the lowest byte; false when they are not all digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadEight(ulong text, out uint number)
    {
        // '0' to '9' become 0 to 9; of ten and more, the sum with six has a bit in the high half.
        var digits = text ^ 0x3030303030303030;
        if (((digits | (digits + 0x0606060606060606)) & 0xF0F0F0F0F0F0F0F0) != 0)
        {
            number = 0;
            return false;
        }

        // Pairs of neighbours are joined, then pairs of pairs, then the two halves.
        digits = ((digits * 10) + (digits >> 8)) & 0x00FF00FF00FF00FF;
        digits = ((digits * 100) + (digits >> 16)) & 0x0000FFFF0000FFFF;
        number = (uint)((digits * 10_000) + (digits >> 32));
        return true;
    }
}
