using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// The plain numbers of 64 characters of an array, found and looked at together. What characters are is a bit for each
/// of them, the first in the lowest.
/// </summary>
internal ref struct NumberBlock
{
    /// <summary>How many characters it has.</summary>
    public const int Length = 64;

    // Where numbers begin, behind their signs; what is behind each of them, a comma or the end of a row; their points.
    private ulong _starts;
    private ulong _ends;
    private ulong _points;

    // Where those begin that have a minus sign.
    private readonly ulong _negatives;

    /// <param name="text">A text that begins with a number, or with a space before one.</param>
    /// <param name="hasRows">Whether rows of numbers may end in it, and others begin behind them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NumberBlock(ReadOnlySpan<byte> text, bool hasRows)
    {
        var digits = Digits(text);
        var commas = At(text, ',');
        var spaces = At(text, ' ');
        var minuses = At(text, '-');
        var closes = hasRows ? At(text, ']') : 0;
        var opens = hasRows ? At(text, '[') : 0;
        _points = At(text, '.');

        var behindNumbers = ((commas & (digits << 1)) << 1) | 1;
        var behindRows = (commas & (closes << 1)) << 1;
        var signed = OverSpaces(behindNumbers, spaces) | (opens << 1);
        _negatives = (signed & minuses) << 1;
        _starts = (signed & ~minuses) | _negatives;
        _ends = (commas & ~(closes << 1)) | closes;

        // Before each end and each point there has to be a digit, and before each digit another one, a point, or the
        // beginning of a number: so there is nothing else in a number, nor elsewhere. Where something is, an end behind it
        // is wrong. A zero that begins a number has no digit behind it, a point no other one, and a row its bracket.
        var wrong = ((_points | _ends) & ~(digits << 1)) | (digits & ~(((digits | _points) << 1) | _starts))
            | (_starts & At(text, '0') & (digits >> 1)) | (_points & FirstBehind(_points, commas | _points))
            | (opens ^ OverSpaces(behindRows, spaces));
        _ends &= (wrong & (0 - wrong)) - 1; // before the first of it; all where there is none
    }

    /// <summary>Whether there is another number.</summary>
    public readonly bool HasNext => _ends != 0;

    /// <summary>Takes the next number.</summary>
    /// <returns>
    /// Where it begins, behind its sign, and where it ends; how far behind its beginning its point is, or -1 where it has
    /// none; and whether it has a minus sign.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Start, int End, int Point, bool IsNegative) Next()
    {
        var start = BitOperations.TrailingZeroCount(_starts);
        var end = BitOperations.TrailingZeroCount(_ends);
        var own = _points & ((1UL << end) - 1);
        var point = Length - 1 - BitOperations.LeadingZeroCount(own);
        var isNegative = ((_negatives >> start) & 1) != 0;
        _starts &= _starts - 1;
        _ends &= _ends - 1;
        _points ^= own;
        return (start, end, (point - start) | (point >> 31), isNegative);
    }

    /// <summary>The same places, or those behind a space where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OverSpaces(ulong places, ulong spaces) => (places & ~spaces) | ((places & spaces) << 1);

    /// <summary>Of each place the first of others that is behind it: an addition carries through what is between.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FirstBehind(ulong places, ulong others) => (~others + (places << 1)) & others;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Digits(ReadOnlySpan<byte> text)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.LessThan(
                Vector512.Create(text) - Vector512.Create((byte)'0'), Vector512.Create((byte)10))
                .ExtractMostSignificantBits();
        }

        return DigitsOf(text) | ((ulong)DigitsOf(text[16..]) << 16) | ((ulong)DigitsOf(text[32..]) << 32)
            | ((ulong)DigitsOf(text[48..]) << 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong At(ReadOnlySpan<byte> text, char character)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.Equals(Vector512.Create(text), Vector512.Create((byte)character))
                .ExtractMostSignificantBits();
        }

        var wanted = Vector128.Create((byte)character);
        return Of(text, wanted) | ((ulong)Of(text[16..], wanted) << 16) | ((ulong)Of(text[32..], wanted) << 32)
            | ((ulong)Of(text[48..], wanted) << 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint DigitsOf(ReadOnlySpan<byte> text)
    {
        var values = Vector128.Create(text) - Vector128.Create((byte)'0');
        return Vector128.Equals(Vector128.Min(values, Vector128.Create((byte)9)), values).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Of(ReadOnlySpan<byte> text, Vector128<byte> wanted) =>
        Vector128.Equals(Vector128.Create(text), wanted).ExtractMostSignificantBits();
}
