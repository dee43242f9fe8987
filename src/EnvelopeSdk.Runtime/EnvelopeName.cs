using System.Text.RegularExpressions;

namespace EnvelopeSdk;

/// <summary>The form of an envelope's name: that of a path component of an OCI repository's name (OCI distribution specification).</summary>
internal static partial class EnvelopeName
{
    public const int MaxLength = 128;

    public static bool IsValid(string name) => name.Length <= MaxLength && Form().IsMatch(name);

    public static string Check(string name) => IsValid(name)
        ? name
        : throw new EnvelopeException(EnvelopeError.Invalid, $"'{name}' is not a name for an envelope. Use lower-case letters and digits in groups separated by single '-', '_' or '.', at most {MaxLength} characters: 'diamond-price'.");

    [GeneratedRegex("^[a-z0-9]+(?:[._-][a-z0-9]+)*\\z")]
    private static partial Regex Form();
}
