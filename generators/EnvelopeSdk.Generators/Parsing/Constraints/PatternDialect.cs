using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Parsing.Constraints;

/// <summary>
/// A regular expression of .NET in the dialect of ECMA-262, in its Unicode mode, which JSON Schema publishes (JSON
/// Schema Core 2020-12, section 6.4). What only one of them has, or what they read otherwise, is written out or
/// refused.
/// </summary>
internal sealed class PatternDialect
{
    private const string Digits = "0-9";
    private const string Letters = "A-Za-z0-9_";
    private const string SyntaxCharacters = "^$\\.*+?()[]{}|/";

    private readonly string _pattern;
    private readonly StringBuilder _published = new();
    private int _position;
    private bool _hasNames;
    private bool _hasNumbers;

    private PatternDialect(string pattern)
    {
        _pattern = pattern;
    }

    /// <summary>The pattern as it is published.</summary>
    /// <param name="pattern">A regular expression of .NET.</param>
    /// <param name="why">Why there is none that means the same, if the result is null.</param>
    public static string? Of(string pattern, out string? why)
    {
        why = !Parses(pattern) ? "is no regular expression of .NET; correct it"
            : !JsonText.CanCarry(pattern) ? "has half of a surrogate pair, which JSON cannot carry; leave it out"
            : null;
        if (why is not null)
        {
            return null;
        }

        var dialect = new PatternDialect(pattern);
        why = dialect.Translate();
        return why is null ? dialect._published.ToString() : null;
    }

    private static bool Parses(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private string? Translate()
    {
        string? refused = null;
        while (_position < _pattern.Length && refused is null)
        {
            refused = Next();
        }

        refused ??= _hasNames && _hasNumbers ? "a number for a group beside names for others" : null;
        return refused is null
            ? null
            : $"has {refused}, which the patterns of JSON Schema do not have or read otherwise; write it without";
    }

    /// <summary>Translates the next part.</summary>
    /// <returns>What cannot be translated; null when all was.</returns>
    private string? Next()
    {
        switch (_pattern[_position])
        {
            case '\\':
                return Escape(isInClass: false);
            case '[':
                return Class();
            case '(':
                return Group();
            case '.':
                return Add("[^\\n\\r\\u2028\\u2029]", 1); // the one of .NET is a carriage return too
            case '{' when Match(@"\G\{[0-9]+(,[0-9]*)?\}") is { Length: > 0 } counts:
                return Add(counts, counts.Length);
            case '{' or '}' or ']':
                return Add("\\" + _pattern[_position], 1);
            default:
                return Add(_pattern.Substring(_position, 1), 1);
        }
    }

    private string? Group()
    {
        var start = Match(@"\G\((\?(:|<?[=!]|<[A-Za-z_][A-Za-z0-9_]*>))?");
        _hasNames |= start.EndsWith(">", StringComparison.Ordinal);
        return start == "(" && Match(@"\G\(\?") is { Length: > 0 }
            ? $"the group '{Match(@"\G\(\?<?.")}'"
            : Add(start, start.Length);
    }

    private string? Class()
    {
        var start = Match(@"\G\[\^?");
        Add(start, start.Length);
        if (_pattern[_position] == ']')
        {
            return "a ']' that is not escaped in a class";
        }

        while (_pattern[_position] != ']')
        {
            var refused = Match(@"\G-\[").Length > 0 ? "a class that is taken off another"
                : char.IsSurrogate(_pattern[_position]) ? "a character beyond U+FFFF in a class"
                : _pattern[_position] switch
                {
                    '\\' => Escape(isInClass: true),
                    '[' => Add("\\[", 1),
                    _ => Add(_pattern.Substring(_position, 1), 1),
                };
            if (refused is not null)
            {
                return refused;
            }
        }

        return Add("]", 1);
    }

    private string? Escape(bool isInClass)
    {
        var escaped = _pattern[_position + 1];
        switch (escaped)
        {
            case 'd' or 'w':
                var set = escaped == 'd' ? Digits : Letters;
                return Add(isInClass ? set : $"[{set}]", 2);
            case 'D' or 'W' when !isInClass:
                return Add($"[^{(escaped == 'D' ? Digits : Letters)}]", 2);
            case >= '1' and <= '9' when !isInClass && Match(@"\G\\[0-9]+").Length == 2:
                _hasNumbers = true;
                return Add(Match(@"\G\\."), 2);
        }

        var both = Match(isInClass
            ? @"\G\\([sSbtnrfv-]|c[A-Za-z]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[pP]\{[A-Z][a-z]?\}|0(?![0-9]))"
            : @"\G\\([sSbBtnrfv]|c[A-Za-z]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[pP]\{[A-Z][a-z]?\}|0(?![0-9])"
                + "|k<[A-Za-z_][A-Za-z0-9_]*>)");
        return both.Length > 0 || SyntaxCharacters.Contains(escaped)
            ? Add(both.Length > 0 ? both : "\\" + escaped, Math.Max(both.Length, 2))
            : char.IsLetterOrDigit(escaped) ? $"'\\{escaped}'{(isInClass ? " in a class" : "")}"
            : Add(escaped.ToString(), 2); // it stands for itself
    }

    private string Match(string pattern) =>
        new Regex(pattern, RegexOptions.CultureInvariant).Match(_pattern, _position).Value;

    /// <summary>Adds to what is published.</summary>
    /// <param name="published">What is added.</param>
    /// <param name="length">How much of the pattern it stands for.</param>
    private string? Add(string published, int length)
    {
        _published.Append(published);
        _position += length;
        return null;
    }
}
