namespace EnvelopeSdk.Envelopes;

/// <summary>What others wrote, in a message.</summary>
internal static class SafeText
{
    private const int Longest = 200;

    /// <summary>
    /// The beginning of a text, without what a terminal would take for a command, or a reader for the end of the line.
    /// </summary>
    public static string Of(string text)
    {
        var begin = text.Length <= Longest ? text : text[..Longest] + "...";
        return string.Create(begin.Length, begin, static (shown, from) =>
        {
            for (var i = 0; i < shown.Length; i++)
            {
                shown[i] = char.IsControl(from[i]) ? '?' : from[i];
            }
        });
    }
}
