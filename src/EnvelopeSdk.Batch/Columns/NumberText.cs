using System.Globalization;
using System.Numerics;
using System.Text;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>
/// Numbers as people and tools write them in tables: beside those of JSON, with a plus, leading zeros, or without a
/// digit before or behind the point. No digit is lost: what becomes of them, the reader of JSON decides.
/// </summary>
internal static class NumberText
{
    /// <summary>Writes a number as JSON has it.</summary>
    /// <returns>False when it is none; nothing is written then.</returns>
    public static bool TryWrite(JsonOutput output, ReadOnlySpan<char> text)
    {
        var isNegative = text is ['-', ..];
        var rest = text is ['+' or '-', ..] ? text[1..] : text;
        var whole = TakeDigits(ref rest);
        var hasPoint = rest is ['.', ..];
        rest = hasPoint ? rest[1..] : rest;
        var fraction = hasPoint ? TakeDigits(ref rest) : default;
        if ((whole.IsEmpty && fraction.IsEmpty) || !IsExponent(rest))
        {
            return false;
        }

        whole = whole.TrimStart('0');
        output.WriteRaw(Encoding.UTF8.GetBytes(string.Concat(
            isNegative ? "-" : "", whole.IsEmpty ? "0" : whole,
            fraction.IsEmpty ? "" : string.Concat(".", fraction), rest)));
        return true;
    }

    /// <summary>Whether System.Decimal has all digits of a number, or it is too large, which its reader says.</summary>
    /// <param name="text">A number.</param>
    public static bool IsExactDecimal(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAny('e', 'E');
        var mantissa = (at < 0 ? text : text[..at]).TrimStart("+-");
        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? default : mantissa[(point + 1)..].TrimEnd('0');
        var digits = string.Concat(whole, fraction).TrimStart('0');
        var exponent = at < 0 ? 0 : BigInteger.Parse(text[(at + 1)..], CultureInfo.InvariantCulture);
        var unscaled = BigInteger.Parse($"0{digits.TrimEnd('0')}", CultureInfo.InvariantCulture);
        var scale = fraction.Length - (digits.Length - digits.TrimEnd('0').Length) - exponent;
        return unscaled.IsZero
            || (unscaled <= (BigInteger)NumberColumns.MostUnscaled && scale <= NumberColumns.MostScale);
    }

    private static ReadOnlySpan<char> TakeDigits(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits;
    }

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] is not ('e' or 'E'))
        {
            return false;
        }

        var digits = text[1..] is ['+' or '-', ..] ? text[2..] : text[1..];
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9');
    }
}
