using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using EnvelopeSdk.Generators.Emission;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>
/// A regular expression of .NET in the two dialects that it is needed in: that of ECMA-262, in its Unicode mode, which JSON
/// Schema publishes (JSON Schema Core 2020-12, section 6.4), and that of .NET, in which it is checked. What only one of them
/// has, or what they read otherwise, is written out or refused.
/// </summary>
internal sealed class PatternDialect
{
    private const string Digits = "0-9";
    private const string Letters = "A-Za-z0-9_";
    private const string SyntaxCharacters = "^$\\.*+?()[]{}|/";

    private readonly string _pattern;
    private readonly StringBuilder _published = new();
    private readonly StringBuilder _checked = new();
    private int _position;
    private bool _hasNames;
    private bool _hasNumbers;

    private PatternDialect(string pattern)
    {
        _pattern = pattern;
    }

    /// <summary>The pattern in both dialects.</summary>
    /// <param name="pattern">A regular expression of .NET.</param>
    /// <param name="why">Why there is none that means the same to both, if the result is null.</param>
    public static (string Published, string Checked)? Of(string pattern, out string? why)
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
        return why is null ? (dialect._published.ToString(), dialect._checked.ToString()) : null;
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
        return refused is null ? null : $"has {refused}, which the patterns of JSON Schema do not have or read otherwise; write it without";
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
                return Add("[^\\n\\r\\u2028\\u2029]", null, 1); // the one of .NET is a carriage return too
            case '$':
                return Add("$", "\\z", 1); // the one of .NET stands before a last line feed too
            case '{' when Match(@"\G\{[0-9]+(,[0-9]*)?\}") is { Length: > 0 } counts:
                return Add(counts, counts, counts.Length);
            case '{' or '}' or ']':
                return Add("\\" + _pattern[_position], "\\" + _pattern[_position], 1);
            default:
                return Add(_pattern.Substring(_position, 1), null, 1);
        }
    }

    private string? Group()
    {
        var start = Match(@"\G\((\?(:|<?[=!]|<[A-Za-z_][A-Za-z0-9_]*>))?");
        _hasNames |= start.EndsWith(">", StringComparison.Ordinal);
        return start == "(" && Match(@"\G\(\?") is { Length: > 0 } ? $"the group '{Match(@"\G\(\?<?.")}'" : Add(start, null, start.Length);
    }

    private string? Class()
    {
        var start = Match(@"\G\[\^?");
        Add(start, null, start.Length);
        if (_pattern[_position] == ']')
        {
            return "a ']' that is not escaped in a class";
        }

        while (_pattern[_position] != ']')
        {
            var refused = Match(@"\G-\[").Length > 0 ? "a class that is taken off another" : _pattern[_position] switch
            {
                '\\' => Escape(isInClass: true),
                '[' => Add("\\[", null, 1),
                _ => Add(_pattern.Substring(_position, 1), null, 1),
            };
            if (refused is not null)
            {
                return refused;
            }
        }

        return Add("]", null, 1);
    }

    private string? Escape(bool isInClass)
    {
        var escaped = _pattern[_position + 1];
        switch (escaped)
        {
            case 'd' or 'w':
                var set = escaped == 'd' ? Digits : Letters;
                return Add(isInClass ? set : $"[{set}]", null, 2);
            case 'D' or 'W' when !isInClass:
                return Add($"[^{(escaped == 'D' ? Digits : Letters)}]", null, 2);
            case >= '1' and <= '9' when !isInClass && Match(@"\G\\[0-9]+").Length == 2:
                _hasNumbers = true;
                return Add(Match(@"\G\\."), null, 2);
        }

        var both = Match(isInClass
            ? @"\G\\([sSbtnrfv-]|c[A-Za-z]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[pP]\{[A-Z][a-z]?\}|0(?![0-9]))"
            : @"\G\\([sSbBtnrfv]|c[A-Za-z]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[pP]\{[A-Z][a-z]?\}|0(?![0-9])|k<[A-Za-z_][A-Za-z0-9_]*>)");
        return both.Length > 0 || SyntaxCharacters.Contains(escaped) ? Add(both.Length > 0 ? both : "\\" + escaped, null, Math.Max(both.Length, 2))
            : char.IsLetterOrDigit(escaped) ? $"'\\{escaped}'{(isInClass ? " in a class" : "")}"
            : Add(escaped.ToString(), "\\" + escaped, 2); // it stands for itself
    }

    private string Match(string pattern) => new Regex(pattern, RegexOptions.CultureInvariant).Match(_pattern, _position).Value;

    /// <summary>Adds to both dialects.</summary>
    /// <param name="published">What is published.</param>
    /// <param name="enforced">What is checked, where that is not the same.</param>
    /// <param name="length">How much of the pattern it stands for.</param>
    private string? Add(string published, string? enforced, int length)
    {
        _published.Append(published);
        _checked.Append(enforced ?? published);
        _position += length;
        return null;
    }
}
