using System.Globalization;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>A column of a Parquet file.</summary>
/// <param name="Name">Its name, as it stands there.</param>
/// <param name="Loss">What the engine would make of its values without a word.</param>
internal sealed record ParquetColumn(string Name, ParquetLoss Loss);

/// <summary>What becomes of values that the engine does not have.</summary>
internal enum ParquetLoss
{
    /// <summary>It has all.</summary>
    None,

    /// <summary>Times in nanoseconds are cut to microseconds.</summary>
    Cut,

    /// <summary>Decimal numbers of more than 38 digits are rounded to floating-point ones.</summary>
    Rounded,
}

/// <summary>The columns of Parquet files as they stand there.</summary>
internal static class ParquetSchema
{
    // Of INT96 nobody can tell by the schema how fine it is. Spark has no more than microseconds, and says who it is.
    private static string Nodes(string file) =>
        $"""
        SELECT coalesce(num_children, 0)::VARCHAR || ' ' || CASE
          WHEN regexp_matches(coalesce(logical_type, ''), '^Time(stamp)?Type\(isAdjustedToUTC=1.*NANOS=NanoSeconds')
            OR coalesce(type, '') = 'INT96' AND NOT EXISTS (
              FROM parquet_kv_metadata({file}) WHERE decode(key) = 'org.apache.spark.version') THEN 'Cut'
          WHEN coalesce(precision, 0) > 38 THEN 'Rounded'
          ELSE 'None' END || ' ' || name
        FROM parquet_schema({file})
        ORDER BY column_id
        """;

    /// <summary>The first of the nodes of a tree, of which each says how many children follow it.</summary>
    public static IEnumerable<ParquetColumn> Of(DuckTables tables, string file)
    {
        var nodes = tables.Texts(Nodes(DuckTables.Quoted(file)));
        ParquetColumn? column = null;
        var inside = 0L;
        foreach (var node in nodes.Skip(1).Select(one => one.Split(' ', 3)))
        {
            var (children, loss) = (
                long.Parse(node[0], CultureInfo.InvariantCulture), Enum.Parse<ParquetLoss>(node[1]));
            if (inside == 0)
            {
                if (column is not null)
                {
                    yield return column;
                }

                column = new(node[2], loss);
                inside = 1;
            }

            column = column! with { Loss = loss > column.Loss ? loss : column.Loss };
            inside += children - 1;
        }

        if (column is not null)
        {
            yield return column;
        }
    }
}
