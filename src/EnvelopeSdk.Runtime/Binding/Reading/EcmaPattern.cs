using System.Text.RegularExpressions;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>
/// Writes a published pattern, which is one of ECMA-262 in its Unicode mode (JSON Schema Core 2020-12, section 6.4),
/// for .NET, which takes a character beyond U+FFFF for two, has other white space, and whose <c>$</c> stands before a
/// last line feed too.
/// </summary>
internal static partial class EcmaPattern
{
    private const string Spaces = @"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

    public static string ToDotNet(string pattern) => Parts().Replace(pattern, part => part.Value switch
    {
        "$" => @"\z",
        @"\s" => $"[{Spaces}]",
        @"\S" => AnyBut(Spaces),
        ['[', '^', .. var excluded, ']'] => AnyBut(InClass(excluded)),
        ['[', .. var included, ']'] => $"[{InClass(included)}]",
        // What is repeated is the character, and not the half of it.
        [var high, _] when char.IsHighSurrogate(high) => $"(?:{part.Value})",
        _ => part.Value,
    });

    private static string InClass(string members) =>
        Escapes().Replace(members, escape => escape.Value == @"\s" ? Spaces : escape.Value);

    private static string AnyBut(string excluded) => $@"(?:[\ud800-\udbff][\udc00-\udfff]|[^{excluded}\ud800-\udfff])";

    /// <summary>An escape, a class, an end, or a character beyond U+FFFF.</summary>
    [GeneratedRegex(
        """\\.|\[(\\.|[^\]\\])*\]|\$|[\ud800-\udbff][\udc00-\udfff]""",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Parts();

    [GeneratedRegex("""\\.""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Escapes();
}
