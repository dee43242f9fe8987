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
    public static bool IsQueryName(string name) =>
        IsGrouped(name, hasDots: false) && name is not ("envelope" or "health" or "metrics" or "openapi" or "swagger");

    private static bool IsGrouped(string name, bool hasDots)
    {
        var isGroupOpen = false;
        foreach (var character in name)
        {
            var isInGroup = character is (>= 'a' and <= 'z') or (>= '0' and <= '9');
            var isSeparator = character == '-' || (hasDots && character is ('.' or '_'));
            if (!isInGroup && !(isGroupOpen && isSeparator))
            {
                return false;
            }

            isGroupOpen = isInGroup;
        }

        return isGroupOpen;
    }
}
