using System.IO.Enumeration;

namespace EnvelopeSdk.Registry.Access;

/// <summary>
/// Names of envelopes and repositories: <c>*</c> stands for any characters, also <c>/</c>, and <c>?</c> for one.
/// </summary>
internal sealed record NamePattern
{
    private const int Longest = 255;

    private NamePattern(string text) => Text = text;

    public string Text { get; }

    /// <summary>The pattern as LIKE takes it in SQL, with a backslash before what stands for itself.</summary>
    public string Like => Text.Replace("_", @"\_", StringComparison.Ordinal).Replace('*', '%').Replace('?', '_');

    /// <exception cref="EnvelopeException">No name could be so.</exception>
    public static NamePattern Parse(string text) =>
        text.Length is > 0 and <= Longest
        && text.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || "._/-*?".Contains(one))
            ? new(text)
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{text}' is no pattern of names. Write small letters, digits, '.', '_', '-' and '/', '*' for any "
                + "characters and '?' for one: pricing-*.");

    public bool IsMatch(string name) => FileSystemName.MatchesSimpleExpression(Text, name, ignoreCase: false);
}
