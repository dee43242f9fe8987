namespace EnvelopeSdk.Batch.Columns;

/// <summary>Finds the name that somebody may have meant.</summary>
internal static class Nearest
{
    /// <summary>The nearest of some columns, to be put behind the name of another; empty if none is near.</summary>
    public static string Hint(string name, IEnumerable<Column> columns) =>
        Hint(name, columns.Select(one => one.Name));

    /// <summary>The nearest of some names, to be put behind another; empty if none is near.</summary>
    public static string Hint(string name, IEnumerable<string> names)
    {
        var best = names.Select(one => (Name: one, Distance: Distance(name.ToUpperInvariant(), one.ToUpperInvariant())))
            .Select(one => IsAlike(name, one.Name) ? one with { Distance = 0 } : one)
            .OrderBy(one => one.Distance).ThenBy(one => one.Name, StringComparer.Ordinal)
            .FirstOrDefault(one => one.Distance <= Math.Max(1, name.Length / 3));
        return best.Name is null ? "" : $"; the nearest is '{best.Name}'";
    }

    /// <summary>Whether two names are one but for their case and what is neither letter nor digit.</summary>
    public static bool IsAlike(string one, string other) =>
        Letters(one) is { Length: > 0 } letters
        && string.Equals(letters, Letters(other), StringComparison.OrdinalIgnoreCase);

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    /// <summary>How many letters have to be changed, added or taken out (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, corner + (one[i - 1] == other[j - 1] ? 0 : 1));
                corner = above;
            }
        }

        return row[^1];
    }
}
