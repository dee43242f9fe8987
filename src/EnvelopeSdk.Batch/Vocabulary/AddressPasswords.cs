using System.Text.RegularExpressions;

namespace EnvelopeSdk.Batch.Vocabulary;

/// <summary>Finds passwords in addresses of PostgreSQL, which more people see than may know them.</summary>
internal static partial class AddressPasswords
{
    private const string Masked = "...";

    /// <summary>
    /// A text with dots in the place of passwords that addresses in it have; the same text where it has none.
    /// </summary>
    public static string Mask(string text) => Address().Replace(text, address =>
        Parameter().Replace(UserInfo().Replace(address.Value, $"$1{Masked}@"), $"$1{Masked}"));

    /// <summary>An address, also one in a query: to its end or that of the text in quotes.</summary>
    [GeneratedRegex("""postgres(?:ql)?://[^'"]*""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    /// <summary>
    /// What is behind a user's name and is no port, up to the last @: an unescaped one or a / may be in it.
    /// </summary>
    [GeneratedRegex("""(://[^:/?#@\[]*:)(?!\d*(?:[/?#,]|$))(?:.*@|.*)""", RegexOptions.Singleline)]
    private static partial Regex UserInfo();

    [GeneratedRegex("""([?&][a-z]*password=)[^&#]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();
}
