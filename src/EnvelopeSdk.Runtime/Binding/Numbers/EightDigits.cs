using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>A number as eight digits, each a byte of one register, the first in the lowest.</summary>
internal readonly struct EightDigits
{
    /// <summary>How many there are.</summary>
    public const int Count = sizeof(ulong);

    /// <summary>The smallest number that has more.</summary>
    public const uint End = 100_000_000;

    /// <summary>Eight digits that are all zero, as text.</summary>
    public const ulong Zeros = 0x3030303030303030;

    private readonly ulong _digits;

    /// <param name="number">The number, below <see cref="End"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EightDigits(uint number)
    {
        // Two numbers of four digits become four of two, and these eight of one. A hundredth of what is below 10^4 is
        // 10486 / 2^20 of it, a tenth of what is below 100 is 103 / 2^10.
        var fours = (number / 10_000) | ((ulong)(number % 10_000) << 32);
        var hundreds = ((fours * 10_486) >> 20) & 0x0000007F_0000007F;
        var twos = hundreds | ((fours - (hundreds * 100)) << 16);
        var tens = ((twos * 103) >> 10) & 0x000F000F_000F000F;
        _digits = tens | ((twos - (tens * 10)) << 8);
    }

    /// <summary>How many zeros they begin with.</summary>
    public int LeadingZeros => BitOperations.TrailingZeroCount(_digits) / 8;

    /// <summary>How many zeros they end with.</summary>
    public int TrailingZeros => BitOperations.LeadingZeroCount(_digits) / 8;

    /// <summary>Their text in a register; behind it are bytes of zero.</summary>
    /// <param name="without">How many of the first it is without, less than all.</param>
    public ulong Text(int without) => (_digits | Zeros) >> (8 * without);

    /// <summary>Writes a text that is in a register, with what is behind it there.</summary>
    public static void Write(ulong text, Span<byte> target) =>
        BinaryPrimitives.WriteUInt64LittleEndian(target, text);
}
