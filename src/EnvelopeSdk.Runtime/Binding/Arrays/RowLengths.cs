namespace EnvelopeSdk.Binding.Arrays;

/// <summary>The lengths of arrays of arrays: for each level, from the outermost, those of its rows.</summary>
internal static class RowLengths
{
    /// <summary>The length of a row that is null.</summary>
    public const int Null = -1;

    /// <summary>Finds them.</summary>
    /// <param name="rows">The outermost rows.</param>
    /// <param name="levels">How many levels there are; that of the items is the last.</param>
    /// <returns>For each level, of which the first has one length.</returns>
    public static List<int>[] Of<T>(IEnumerable<object?> rows, int levels)
    {
        var lengths = new List<int>[levels];
        for (var level = 0; level < levels; level++)
        {
            lengths[level] = [];
        }

        Add<T>(rows, lengths);
        return lengths;
    }

    /// <summary>The innermost rows that are not null, in their order.</summary>
    public static IEnumerable<T[]> Leaves<T>(IEnumerable<object?> rows) => rows.SelectMany(row => row switch
    {
        T[] items => [items],
        IEnumerable<object?> more => Leaves<T>(more),
        _ => [],
    });

    /// <summary>Whether the lengths of each level are as many as those of the level before say.</summary>
    /// <param name="lengths">For each level.</param>
    /// <param name="nulls">For each level a bit, the lowest for the outermost: whether its rows may be null.</param>
    /// <param name="items">How many items there are in all.</param>
    public static bool Fit(IReadOnlyList<int[]> lengths, int nulls, long items)
    {
        var rows = 1L;
        for (var level = 0; level < lengths.Count; level++)
        {
            var least = (nulls >> level & 1) == 1 ? Null : 0;
            if (lengths[level].Length != rows || lengths[level].Any(length => length < least))
            {
                return false;
            }

            rows = lengths[level].Sum(length => (long)Math.Max(length, 0));
        }

        return rows == items;
    }

    private static void Add<T>(object? rows, ReadOnlySpan<List<int>> lengths)
    {
        switch (rows)
        {
            case null:
                lengths[0].Add(Null);
                break;
            case T[] items when lengths.Length == 1:
                lengths[0].Add(items.Length);
                break;
            default:
                var more = (IEnumerable<object?>)rows;
                lengths[0].Add(more.Count());
                foreach (var row in more)
                {
                    Add<T>(row, lengths[1..]);
                }

                break;
        }
    }
}
