using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using EnvelopeSdk.Generators.Parsing.Types;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.CodeFixes;

/// <summary>Makes valid names of invalid ones.</summary>
internal static class ValidNames
{
    /// <summary>A valid name for an envelope.</summary>
    /// <param name="wrong">The name that is to be replaced.</param>
    /// <param name="className">Names the envelope when nothing valid is left of that.</param>
    public static string Envelope(string wrong, string className)
    {
        var name = Join(Plain(wrong), ".-");
        var cut = name.Length > NameRules.MaxEnvelopeLength
            ? name.Substring(0, NameRules.MaxEnvelopeLength).TrimEnd('.', '-')
            : name;
        return cut.Length > 0 ? cut : Join(Plain(className), "-") is { Length: > 0 } ofClass ? ofClass : "model";
    }

    /// <summary>Valid names for a query, the best one first; they never end.</summary>
    /// <param name="wrong">The name that is to be replaced.</param>
    /// <param name="parameters">The names of its parameters.</param>
    public static IEnumerable<string> Queries(string wrong, IEnumerable<string> parameters)
    {
        var name = Segment(wrong) is { Length: > 0 } valid ? valid : "query";
        if (!NameRules.IsQueryName(name))
        {
            name = $"predict-{name}"; // a route of the service itself
        }

        yield return name;
        var byParameters = string.Join("-", parameters.Select(Segment).Where(parameter => parameter.Length > 0));
        if (byParameters.Length > 0)
        {
            yield return $"{name}-by-{byParameters}";
        }

        for (var number = 2; ; number++)
        {
            yield return $"{name}-{number}";
        }
    }

    /// <summary>
    /// As much of a name as a segment of a route can have, letters of any script among it, and a dash for the rest.
    /// </summary>
    private static string Segment(string name)
    {
        var (segment, dash) = ("", "");
        foreach (var character in Names.ToQueryName(name))
        {
            var longer = segment + dash + character;
            (segment, dash) = NameRules.IsSegment(longer) ? (longer, "") : (segment, segment.Length > 0 ? "-" : "");
        }

        return segment;
    }

    /// <summary>Small letters without accents, a dash before each word that began with a capital.</summary>
    private static string Plain(string name) => string.Concat(
        Names.ToQueryName(name).Replace("ß", "ss").Normalize(NormalizationForm.FormD)
            .Where(character => CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark));

    /// <summary>
    /// Puts a dash for what a name cannot have, and leaves one separator of a run of them, but none at an end.
    /// </summary>
    private static string Join(string name, string separators)
    {
        var valid = Regex.Replace(name, $"[^a-z0-9{separators}]+", "-");
        return Regex.Replace(valid, $"([{separators}])[{separators}]+", "$1").Trim('.', '-');
    }
}
