using System.Text;
using DuckDB.NET.Native;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>Rows of the engine as texts from which nothing of them is lost.</summary>
internal static class TextRows
{
    /// <summary>
    /// How the engine says the text of a column: bytes as hexadecimal digits, and JSON of what has parts.
    /// </summary>
    public static string Text(Column column)
    {
        var name = DuckTables.Name(column.Name);
        return column.Type.Kind == ColumnKind.Bytes ? $"hex({name})"
            : column.Type.Parts.Count > 0 ? new SqlJson(column.Name).Of(name, column.Type)
            : $"CAST({name} AS VARCHAR)";
    }

    /// <summary>Shows rows, some at once, by their columns.</summary>
    /// <exception cref="DuckException">They cannot be asked for.</exception>
    /// <exception cref="EnvelopeException">Not all came.</exception>
    public static void Read(
        DuckTables tables, IReadOnlyList<Column> columns, string sql, Action<IReadOnlyList<string?[]>> show)
    {
        var (read, all) = (0L, tables.Numbers($"SELECT count(*) FROM ({sql})")[0]);
        var type = new ColumnType(ColumnKind.Text, "VARCHAR");
        tables.Stream($"SELECT {string.Join(", ", columns.Select(Text))} FROM ({sql})", (ref DuckDBResult result) =>
        {
            while (true)
            {
                using var chunk = Query.DuckDBFetchChunk(result);
                if (chunk.IsInvalid)
                {
                    return;
                }

                var count = (int)DataChunks.DuckDBDataChunkGetSize(chunk);
                read += count;
                show([.. columns.Select((_, i) => Texts(
                    new DuckVector(DataChunks.DuckDBDataChunkGetVector(chunk, i), type), count))]);
            }
        });
        if (read != all)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable, $"{read} rows of {all} came from the engine. Nothing was written: try again.");
        }
    }

    private static string?[] Texts(Vector values, int count)
    {
        var texts = new string?[count];
        for (var row = 0; row < count; row++)
        {
            texts[row] = values.IsNull(row) ? null : Encoding.UTF8.GetString(values.Bytes(row));
        }

        return texts;
    }
}
