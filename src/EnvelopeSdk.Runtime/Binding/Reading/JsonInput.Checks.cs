using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>What values must fulfil beside their type.</summary>
public ref partial struct JsonInput
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <summary>Records the value at the current path when it does not fulfil what is asked of it.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="expected">What is asked for, in words.</param>
    public readonly void Check(bool holds, string expected)
    {
        if (!holds)
        {
            Refuse(expected, "another value");
        }
    }

    /// <summary>Records the value at the current path, which does not fulfil what is asked of it.</summary>
    /// <param name="expected">What is asked for, in words.</param>
    /// <param name="actual">What came, in words: a number or a length, and never a text of a caller.</param>
    public readonly void Refuse(string expected, string actual)
    {
        if (!_hasFailed)
        {
            _errors.Add(expected, actual);
        }
    }

    /// <summary>Says what number came.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="number">The number.</param>
    public static string Shown<T>(T number)
        where T : INumber<T> => number.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>Says of how many parts a value is that came.</summary>
    /// <param name="count">How many.</param>
    /// <param name="part">What one of them is called.</param>
    public static string Counted(int count, string part) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {part}{(count == 1 ? "" : "s")}");

    /// <summary>The length of a string in Unicode code points, as JSON Schema counts it.</summary>
    /// <param name="text">The string.</param>
    public static int LengthOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CodePoints.Count(text);
    }

    /// <summary>Whether a string matches a pattern.</summary>
    /// <param name="text">The string.</param>
    /// <param name="pattern">
    /// A regular expression of ECMA-262 in its Unicode mode. One without look-around and back references takes time
    /// linear in the string; another one gives up after a second, and then the string does not match.
    /// </param>
    public static bool Matches(string text, string pattern)
    {
        try
        {
            return Patterns.GetOrAdd(pattern, Compile).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>Reads the key of a dictionary from the name of the member.</summary>
    /// <typeparam name="T">An integer type.</typeparam>
    /// <param name="key">The key.</param>
    /// <returns>Whether the name is the key's digits and nothing else, so that no two names are the same key.</returns>
    public readonly bool TryReadKey<T>(out T key)
        where T : struct, IBinaryInteger<T>
    {
        key = default;
        var digits = _name.Length > 0 && _name[0] == '-' ? _name[1..] : _name;
        var isShortest = digits.Length > 0 && (digits[0] != '0' || _name.Length == 1);
        return isShortest && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && T.TryParse(_name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out key);
    }

    /// <summary>Reads the key of a dictionary from a member's name.</summary>
    /// <typeparam name="T">An integer type.</typeparam>
    /// <param name="name">
    /// The name: the integer's digits and nothing else, so that no two names are the same key.
    /// </param>
    /// <param name="key">The key.</param>
    public static bool TryParseKey<T>(string name, out T key)
        where T : struct, IBinaryInteger<T> =>
        T.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out key)
            && key.ToString(null, CultureInfo.InvariantCulture) == name;

    /// <summary>Reads the key of a dictionary from a member's name.</summary>
    /// <param name="name">The name: a UUID with four hyphens.</param>
    /// <param name="key">The key.</param>
    public static bool TryParseKey(string name, out Guid key) => Uuid.TryParse(name, out key);

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(
                EcmaPattern.ToDotNet(pattern),
                RegexOptions.CultureInvariant | RegexOptions.NonBacktracking,
                MatchLimit);
        }
        catch (NotSupportedException)
        {
            return new Regex(EcmaPattern.ToDotNet(pattern), RegexOptions.CultureInvariant, MatchLimit);
        }
    }
}
