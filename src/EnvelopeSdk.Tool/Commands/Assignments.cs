namespace EnvelopeSdk.Tool.Commands;

/// <summary>Words that set something, <c>NAME=VALUE</c>, or take it away, <c>NAME-</c>.</summary>
internal static class Assignments
{
    /// <param name="words">The words.</param>
    /// <param name="kind">What is set, as in "tag".</param>
    /// <returns>What has which value since; null: it is taken away.</returns>
    /// <exception cref="EnvelopeException">A word is none of both, or something is there twice.</exception>
    public static Dictionary<string, string?> Parse(IEnumerable<string> words, string kind)
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var (name, value) = Change(word, kind);
            if (!changes.TryAdd(name, value))
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid, $"The {kind} '{name}' is there twice. Leave one of the two out.");
            }
        }

        return changes;
    }

    /// <summary>What is there after a change.</summary>
    public static Dictionary<string, string> Change(
        IReadOnlyDictionary<string, string> before, IEnumerable<string> words, string kind)
    {
        var after = new Dictionary<string, string>(before, StringComparer.Ordinal);
        foreach (var (name, value) in Parse(words, kind))
        {
            if (value is null)
            {
                after.Remove(name);
            }
            else
            {
                after[name] = value;
            }
        }

        return after;
    }

    private static (string Name, string? Value) Change(string word, string kind)
    {
        var sign = word.IndexOf('=', StringComparison.Ordinal);
        if (sign > 0)
        {
            return (word[..sign], word[(sign + 1)..]);
        }

        return sign < 0 && word is [_, .., '-']
            ? (word[..^1], null)
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{word}' does not say what to do with a {kind}. Write NAME=VALUE to set it, or NAME- to take it "
                + "away.");
    }
}
