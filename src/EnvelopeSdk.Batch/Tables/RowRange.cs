using System.Globalization;
using EnvelopeSdk.Batch.Parquet;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>Some rows of a source, which can be read alone.</summary>
/// <param name="Sql">What is read, as the source of a query.</param>
/// <param name="Row">What the number of a row is called there, the first of which is 0.</param>
/// <param name="From">The first row.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Before">How many rows of the source are in front of them.</param>
internal sealed record RowRange(string Sql, string Row, long From, long Count, long Before)
{
    /// <summary>The file whose rows they are, if the source is several whose rows have numbers.</summary>
    public string? File { get; init; }

    /// <summary>The Parquet file whose columns can be kept as they are stored; null if there is none.</summary>
    public ParquetGroups? Groups { get; init; }

    /// <summary>Which rows they are, as SQL writes it.</summary>
    public string Condition => string.Create(
        CultureInfo.InvariantCulture, $"{Row} >= {From} AND {Row} < {From + Count}");

    /// <summary>The rows of Parquet files, each of which knows how many it has.</summary>
    public static IReadOnlyList<RowRange> OfParquet(DuckTables tables, IReadOnlyList<string> files)
    {
        var ranges = new List<RowRange>();
        var before = 0L;
        foreach (var file in files)
        {
            var count = tables.Numbers($"SELECT num_rows FROM parquet_file_metadata({DuckTables.Quoted(file)})")[0];
            ranges.Add(new(
                $"read_parquet({DuckTables.Quoted(file)}, hive_partitioning = false, file_row_number = true)",
                "file_row_number", 0, count, before)
            {
                File = files.Count > 1 ? file : null,
            });
            before += count;
        }

        return ranges;
    }

    /// <summary>The rows of a table of DuckDB.</summary>
    /// <param name="tables">The engine.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">Its rows with their numbers, as the source of a query.</param>
    public static IReadOnlyList<RowRange> OfTable(DuckTables tables, string table, string rows) =>
        [new(rows, "rowid", 0, tables.Numbers($"SELECT count(*) FROM {table}")[0], 0)];

    /// <summary>Those of them that are in a shard of all, whose sizes differ by one row at the most.</summary>
    public static IEnumerable<RowRange> Of(IReadOnlyList<RowRange> ranges, Shard shard)
    {
        var all = ranges.Sum(one => one.Count);
        var (first, end) = (shard.First(all), shard.End(all));
        foreach (var range in ranges)
        {
            var from = Math.Max(first - range.Before, 0);
            var to = Math.Min(end - range.Before, range.Count);
            if (from < to)
            {
                yield return range with { From = from, Count = to - from, Before = range.Before + from };
            }
        }
    }

    /// <summary>Parts of one size, of whole row groups if so many rows have several.</summary>
    public IEnumerable<RowRange> Cut(long most)
    {
        var unit = Groups is { Size: var rows } && rows <= most ? rows : 1;
        var count = Math.Max(1, (Count + most - 1) / most);
        var size = (((Count + count - 1) / count) + unit - 1) / unit * unit;
        size = count == 1 ? Count : size > most ? size - unit : size;
        for (var from = 0L; from < Count; from += size)
        {
            yield return this with
            {
                From = From + from,
                Count = Math.Min(size, Count - from),
                Before = Before + from,
            };
        }
    }
}

/// <summary>One of several jobs that share the rows of an input.</summary>
/// <param name="Index">Which one, from 0.</param>
/// <param name="Count">How many there are.</param>
internal sealed record Shard(int Index, int Count)
{
    public static readonly Shard Whole = new(0, 1);

    /// <summary>Its first row.</summary>
    public long First(long rows) => (long)((Int128)rows * Index / Count);

    /// <summary>The row behind its last.</summary>
    public long End(long rows) => (long)((Int128)rows * (Index + 1) / Count);

    /// <summary>Reads <c>2/8</c>.</summary>
    /// <returns>Null when it is none.</returns>
    public static Shard? Parse(string text) =>
        text.Split('/') is [var index, var count]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && i < n ? new(i, n) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
