namespace EnvelopeSdk.Vocabulary;

/// <summary>
/// Unicode code points, in which JSON Schema counts the length of a string (JSON Schema Validation 2020-12, section
/// 6.3); C# counts UTF-16 units, which are more for characters beyond U+FFFF.
/// </summary>
internal static class CodePoints
{
    /// <summary>How many there are in a text.</summary>
    public static int Count(string text)
    {
        var count = text.Length;
        foreach (var unit in text)
        {
            count -= char.IsLowSurrogate(unit) ? 1 : 0;
        }

        return count;
    }
}
