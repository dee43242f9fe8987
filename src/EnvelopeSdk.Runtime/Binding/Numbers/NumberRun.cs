using System.Numerics;
using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// Reads numbers of arrays, as many as are plain: where they begin and end is found in 64 characters at once
/// (<see cref="NumberBlock"/>), so that one may be read while the one before still is.
/// </summary>
internal static class NumberRun
{
    // A number begins within a block, and so much of it is loaded; behind a row there are a comma, a space and a bracket.
    private const int Room = NumberBlock.Length + NumberWindow.Width;

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
        var last = position;
        for (var at = position; json.Length - at >= Room; at = last + 1)
        {
            var text = json.Slice(at, Room);
            var block = new NumberBlock(text, hasRows: false);
            do
            {
                var end = (uint)count < (uint)items.Length
                    ? ReadNext(text, ref block, hasRows: false, out items[count]) : -1;
                if (end < 0)
                {
                    position = last;
                    return count;
                }

                count++;
                last = at + end;
            }
            while (block.HasNext);
        }

        position = last;
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
        while (at > 0 && json.Length - at >= Room)
        {
            var text = json.Slice(at, Room);
            var block = new NumberBlock(text, hasRows: true);
            int end;
            do
            {
                var isLast = count + 1 == (rows + 1) * length;
                end = (uint)count < (uint)items.Length
                    ? ReadNext(text, ref block, hasRows: true, out items[count]) : -1;
                if (end < 0 || text[end] != (isLast ? ']' : ','))
                {
                    return rows;
                }

                count++;
                if (isLast)
                {
                    position = at + end + 1;
                    rows++;
                }
            }
            while (block.HasNext);

            at = text[end] == ',' ? at + end + 1 : BehindBracket(json, position);
        }

        return rows;
    }

    /// <summary>The place behind a comma, at most one space and a bracket; 0 where they are not.</summary>
    private static int BehindBracket(ReadOnlySpan<byte> json, int at)
    {
        var bracket = json[at + 1] == ' ' ? at + 2 : at + 1;
        return json[at] == ',' && json[bracket] == '[' ? bracket + 1 : 0;
    }

    /// <summary>Reads the next number.</summary>
    /// <param name="text">The text that begins with a block.</param>
    /// <param name="block">The block. Where the next number in it is not plain, it has none; then that is read.</param>
    /// <param name="hasRows">Whether the number may be the last of a row.</param>
    /// <param name="value">The nearest value.</param>
    /// <returns>Where the number ends; -1 where there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadNext<T>(ReadOnlySpan<byte> text, ref NumberBlock block, bool hasRows, out T value)
        where T : struct, INumber<T>
    {
        if (!block.HasNext)
        {
            return ReadOther(text, hasRows, out value);
        }

        var (start, end, point, isNegative) = block.Next();
        var length = end - start;
        if (length > NumberWindow.Width)
        {
            return TryReadLong(text[start..], length, point, isNegative, out value) ? end : -1;
        }

        var digits = NumberWindow.Digits(text[start..], length, point);
        var quotient = ExactDecimal.Divide(digits, NumberWindow.Places(length, point));
        value = ExactDecimal.As<T>(quotient, isNegative);
        return ExactDecimal.IsNearest<T>(digits, quotient) || TryReadAny(text[start..end], isNegative, out value)
            ? end : -1;
    }

    /// <summary>Reads the number with which a block begins, in whatever form.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadOther<T>(ReadOnlySpan<byte> text, bool hasRows, out T value)
        where T : struct, INumber<T>
    {
        var start = text[0] == ' ' ? 1 : 0;
        var isNumber = JsonNumber.TryScan(text[start..], out var number, out var length);
        var end = start + length;
        isNumber &= number.TryGet(out value) && end < NumberBlock.Length; // behind which there is room to look further
        return isNumber && (text[end] == ',' || (hasRows && text[end] == ']')) ? end : -1;
    }

    /// <summary>Reads a number of more characters.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadLong<T>(ReadOnlySpan<byte> text, int length, int point, bool isNegative, out T value)
        where T : struct, INumber<T>
    {
        if (!NumberWindow.TryLongDigits(text, length, point, out var digits))
        {
            return TryReadAny(text[..length], isNegative, out value);
        }

        var places = NumberWindow.Places(length, point);
        var quotient = ExactDecimal.Divide(digits, places);
        value = ExactDecimal.As<T>(quotient, isNegative);
        return ExactDecimal.IsNearest<T>(digits, quotient)
            || NearestBinary.TryGet(digits, -places, isNegative, out value);
    }

    /// <summary>Reads a number of which all characters are known to be one, behind its sign.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadAny<T>(ReadOnlySpan<byte> text, bool isNegative, out T value)
        where T : struct, INumber<T>
    {
        JsonNumber.TryScan(text, out var number, out _);
        return (number with { IsNegative = isNegative }).TryGet(out value);
    }
}
