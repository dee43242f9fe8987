using DuckDB.NET.Native;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>The rows of a query as columns.</summary>
internal static class DuckRows
{
    /// <summary>Shows all of them, some at once.</summary>
    /// <returns>The sum of what is answered.</returns>
    public static int Sum(DuckTables tables, string sql, Func<IReadOnlyDictionary<string, Vector>, int, int> look)
    {
        var columns = tables.Columns(sql);
        Assert.Equal(DuckDBState.Success, Query.DuckDBQuery(tables.Connection, sql, out var result));
        var sum = 0;
        while (true)
        {
            using var chunk = Query.DuckDBFetchChunk(result);
            if (chunk.IsInvalid)
            {
                Query.DuckDBDestroyResult(ref result);
                return sum;
            }

            var vectors = columns.Select((one, i) => (one.Name, Vector: (Vector)new DuckVector(
                DataChunks.DuckDBDataChunkGetVector(chunk, i), one.Type))).ToDictionary(one => one.Name, one => one.Vector);
            sum += look(vectors, (int)DataChunks.DuckDBDataChunkGetSize(chunk));
        }
    }
}
