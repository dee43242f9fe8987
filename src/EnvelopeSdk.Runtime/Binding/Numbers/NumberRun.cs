using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// Reads numbers of arrays, as many as are plain: where they end is looked for in 64 characters at once, so that one
/// may be read while the one before still is.
/// </summary>
internal static class NumberRun
{
    private const int Block = 64;

    // A number begins at the last character of a block at the latest, before which a space may be; of it so much is
    // loaded. Behind an array there are a comma, a space and a bracket.
    private const int Room = Block + (2 * NumberWindow.Width);

    private const int Fewest = 8; // fewer are read before a run of them has begun

    /// <summary>Whether so many numbers are worth it; others than <c>float</c> and <c>double</c> are not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Pays<T>(int numbers) =>
        NumberWindow.IsSupported && (typeof(T) == typeof(float) || typeof(T) == typeof(double)) && numbers >= Fewest;

    /// <summary>Reads numbers that have a comma behind them, and at most one space behind that.</summary>
    /// <typeparam name="T"><c>float</c> or <c>double</c>.</typeparam>
    /// <param name="json">The text.</param>
    /// <param name="position">At the first number; receives the place of the comma behind the last that was read.</param>
    /// <param name="items">Receives them, as long as there is room.</param>
    /// <returns>
    /// How many were read; for the next one there is no room, or it is in no such form, or near the end of the text.
    /// </returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Read<T>(ReadOnlySpan<byte> json, ref int position, Span<T> items)
        where T : struct, INumber<T>
    {
        var count = 0;
        var at = position;
        for (var block = at; json.Length - block >= Room; block += Block)
        {
            for (var commas = PlacesOf(json.Slice(block, Block), ','); commas != 0; commas &= commas - 1)
            {
                var end = block + BitOperations.TrailingZeroCount(commas);
                if ((uint)count >= (uint)items.Length || !TryRead(json, at, end, out items[count]))
                {
                    return count;
                }

                count++;
                position = end;
                at = end + 1;
            }
        }

        return count;
    }

    /// <summary>Reads arrays of the same length, between which there is what is between numbers.</summary>
    /// <param name="json">The text.</param>
    /// <param name="position">At the first array; receives the place behind the last that was read whole.</param>
    /// <param name="items">Receives the numbers of as many arrays as there is room for.</param>
    /// <param name="length">The length of an array.</param>
    /// <returns>How many arrays were read.</returns>
    /// <inheritdoc cref="Read{T}"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int ReadRows<T>(ReadOnlySpan<byte> json, ref int position, Span<T> items, int length)
        where T : struct, INumber<T>
    {
        var rows = 0;
        if (json.Length - position < Room || json[position] != '[')
        {
            return rows;
        }

        var at = position + 1;
        var count = 0;
        for (var block = at; json.Length - block >= Room; block += Block)
        {
            var text = json.Slice(block, Block);
            for (var ends = PlacesOf(text, ',') | PlacesOf(text, ']'); ends != 0; ends &= ends - 1)
            {
                var end = block + BitOperations.TrailingZeroCount(ends);
                if (at == position) // to which it was moved: a row has been read, and this is behind it
                {
                    at = end == position ? BehindBracket(json, end) : 0;
                    if (at == 0)
                    {
                        return rows;
                    }

                    continue;
                }

                if ((uint)count >= (uint)items.Length || !TryRead(json, at, end, out items[count]))
                {
                    return rows;
                }

                count++;
                at = end + 1;
                var isLast = count == (rows + 1) * length;
                if (json[end] != (isLast ? ']' : ','))
                {
                    return rows;
                }

                if (isLast)
                {
                    position = at;
                    rows++;
                }
            }
        }

        return rows;
    }

    /// <summary>The place behind a comma, at most one space and a bracket; 0 where they are not.</summary>
    private static int BehindBracket(ReadOnlySpan<byte> json, int at)
    {
        var bracket = json[at + 1] == ' ' ? at + 2 : at + 1;
        return json[at] == ',' && json[bracket] == '[' ? bracket + 1 : 0;
    }

    /// <param name="json">The text.</param>
    /// <param name="start">Where a number may be, or a space before it.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="value">The nearest value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryRead<T>(ReadOnlySpan<byte> json, int start, int end, out T value)
        where T : struct, INumber<T>
    {
        start += json[start] == ' ' ? 1 : 0;
        var length = end - start;
        if (length > NumberWindow.Width)
        {
            return TryReadLong(json[start..], length, out value);
        }

        var isPlain = NumberWindow.TryScan(
            json.Slice(start, NumberWindow.Width), length, out var isNegative, out var digits, out var places);
        var quotient = ExactDecimal.Divide(digits, places);
        value = ExactDecimal.As<T>(quotient, isNegative);
        return (isPlain & ExactDecimal.IsNearest<T>(digits, quotient))
            || TryReadAny(json.Slice(start, length), out value);
    }

    /// <summary>Reads a number of more characters.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadLong<T>(ReadOnlySpan<byte> text, int length, out T value)
        where T : struct, INumber<T>
    {
        if (!NumberWindow.TryScanLong(text, length, out var isNegative, out var digits, out var places))
        {
            return TryReadAny(text[..length], out value);
        }

        var quotient = ExactDecimal.Divide(digits, places);
        value = ExactDecimal.As<T>(quotient, isNegative);
        return ExactDecimal.IsNearest<T>(digits, quotient)
            || NearestBinary.TryGet(digits, -places, isNegative, out value);
    }

    /// <summary>Reads a number in whatever form.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadAny<T>(ReadOnlySpan<byte> text, out T value)
        where T : struct, INumber<T>
    {
        var isNumber = JsonNumber.TryScan(text, out var number, out var length) && length == text.Length;
        return number.TryGet(out value) & isNumber;
    }

    /// <summary>Where characters of a block are, a bit for each, the first in the lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PlacesOf(ReadOnlySpan<byte> block, char character)
    {
        var wanted = Vector128.Create((byte)character);
        return At(block, wanted) | ((ulong)At(block[16..], wanted) << 16) | ((ulong)At(block[32..], wanted) << 32)
            | ((ulong)At(block[48..], wanted) << 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint At(ReadOnlySpan<byte> block, Vector128<byte> wanted) =>
        Vector128.Equals(Vector128.Create(block), wanted).ExtractMostSignificantBits();
}
