using System.Globalization;
using System.Text;

namespace EnvelopeSdk.Vocabulary;

/// <summary>The forms of names.</summary>
internal static class NameRules
{
    /// <summary>The most characters of an envelope's name.</summary>
    public const int MaxEnvelopeLength = 128;

    /// <summary>
    /// Whether it is a name for an envelope: that of a path component of an OCI repository's name (OCI distribution
    /// specification), small letters and digits in groups with one separator between them.
    /// </summary>
    public static bool IsEnvelopeName(string name) =>
        name.Length <= MaxEnvelopeLength && IsGrouped(name, hasDots: true);

    /// <summary>Whether it is a name for a query: a segment of a route that a service does not use itself.</summary>
    public static bool IsQueryName(string name) => IsSegment(name) && !IsReserved(name);

    /// <summary>
    /// Whether a service answers that route itself, or will: the prediction protocol of KServe has <c>v2</c>, and that
    /// of SageMaker <c>ping</c> and <c>invocations</c>.
    /// </summary>
    public static bool IsReserved(string name) => name is "envelope" or "health" or "invocations" or "metrics"
        or "openapi" or "ping" or "swagger" or "v2";

    /// <summary>
    /// Whether it is a segment of a route: letters and digits in groups with one dash between them. Letters are those
    /// of any script, small where the script has capitals, and composed (Unicode form C), so that one name is one text.
    /// Those beyond U+FFFF are left out: C# has no identifiers with them.
    /// </summary>
    public static bool IsSegment(string name) =>
        IsGrouped(name, hasDots: false) && name.IsNormalized(NormalizationForm.FormC);

    /// <summary>
    /// The form of a query's name that is the same for all that a service takes for one route: it does not tell capital
    /// letters from small ones, nor the two small sigmas of Greek, which have one capital.
    /// </summary>
    public static string RouteOf(string name) => name.Normalize(NormalizationForm.FormC).ToUpperInvariant();

    private static bool IsGrouped(string name, bool hasDots)
    {
        var isGroupOpen = false;
        foreach (var character in name)
        {
            var isInGroup = character is (>= 'a' and <= 'z') or (>= '0' and <= '9')
                || (!hasDots && character > '\x7f' && IsOtherLetter(character, isGroupOpen));
            var isSeparator = character == '-' || (hasDots && character is ('.' or '_'));
            if (!isInGroup && !(isGroupOpen && isSeparator))
            {
                return false;
            }

            isGroupOpen = isInGroup;
        }

        return isGroupOpen;
    }

    /// <summary>A mark, such as a vowel sign of Hindi, is a part of the letter before it.</summary>
    private static bool IsOtherLetter(char character, bool isInside) =>
        CharUnicodeInfo.GetUnicodeCategory(character) switch
        {
            UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.DecimalDigitNumber => true,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => isInside,
            _ => false,
        };
}
