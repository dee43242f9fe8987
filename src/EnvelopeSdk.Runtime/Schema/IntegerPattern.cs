using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Schema;

/// <summary>Regular expressions of the integers of a kind, where JSON has them in strings.</summary>
internal static class IntegerPattern
{
    private const string Exponent = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?[eE][+-]?[0-9]+";

    /// <summary>Of the member name that is a key: the digits and nothing else.</summary>
    public static string OfKey(NumberKind kind) => $"^({InRange(kind)})$";

    /// <summary>
    /// Of the string that stands for a number, which may have a fraction of zeros. Of one with an exponent, no pattern
    /// says how large it is.
    /// </summary>
    public static string OfText(NumberKind kind) => $"^((-0|{InRange(kind)})(\\.0+)?|{Exponent})$";

    private static string InRange(NumberKind kind)
    {
        // Of a signed kind, the least number is the only one whose opposite it does not hold.
        var greatest = kind.Greatest;
        var shorter = greatest.Length == 1 ? "" : $"[1-9]{Digits(greatest.Length - 2, upTo: true)}|";
        var magnitude = shorter + UpTo(greatest, '1');
        return kind.IsSigned ? $"0|-?({magnitude})|{kind.Least}" : $"0|{magnitude}";
    }

    /// <summary>The numbers of as many digits as a greatest one, and not above it.</summary>
    private static string UpTo(string greatest, char first)
    {
        var (digit, rest) = (greatest[0], greatest[1..]);
        if (rest.Length == 0)
        {
            return Range(first, digit);
        }

        var same = UpTo(rest, '0');
        var own = digit + (same.Contains('|', StringComparison.Ordinal) ? $"({same})" : same);
        return digit == first ? own : $"{Range(first, (char)(digit - 1))}{Digits(rest.Length)}|{own}";
    }

    private static string Range(char first, char last) => first == last ? $"{first}" : $"[{first}-{last}]";

    private static string Digits(int count, bool upTo = false) => (count, upTo) switch
    {
        (0, _) => "",
        (1, false) => "[0-9]",
        (_, true) => $"[0-9]{{0,{count}}}",
        _ => $"[0-9]{{{count}}}",
    };
}
