namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// The names of columns as they stand in a file. DuckDB tells no letters apart by case, and gives the second of two
/// columns another name: who asks for one of them would get either.
/// </summary>
internal static class OriginalNames
{
    /// <exception cref="EnvelopeException">Two names differ by case alone, or not at all.</exception>
    public static void EnsureDistinct(IEnumerable<string> names, string file)
    {
        var alike = names.GroupBy(one => one, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1);
        if (alike is not null)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                alike.Distinct().Count() == 1
                    ? $"'{file}' has several columns '{alike.Key}'. Give them other names."
                    : $"'{file}' has several columns whose names differ by no more than their case: "
                        + $"{string.Join(", ", alike.Select(one => $"'{one}'"))}. Give them other names.");
        }
    }
}
