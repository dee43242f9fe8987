using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>
/// Cuts the rows of a source into parts that can be read alone, and each time again. Parquet files have their rows by
/// number; of all else the rows are taken once, into a database in the folder of the job.
/// </summary>
/// <param name="tables">The engine.</param>
/// <param name="work">The folder of the job.</param>
/// <param name="source">The source.</param>
/// <param name="listener">Is told when rows are used that were taken before.</param>
internal sealed class RowSnapshot(DuckTables tables, WorkFolder work, TableSource source, IJobListener listener)
{
    private const string Table = "snapshot.input";
    private const string Nothing = "envelope nothing"; // of objects of which no member is read
    private const string NoRow = "0::BIGINT"; // where there is none that has a number

    /// <param name="columns">The columns that are read.</param>
    /// <param name="shard">Which of the rows.</param>
    /// <param name="most">How many rows a part has at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The parts, at least one.</returns>
    public async Task<IReadOnlyList<RowRange>> CutAsync(
        IReadOnlyList<string> columns, Shard shard, long most, CancellationToken cancellationToken) =>
        [.. RowRange.Of(await AllAsync(columns, cancellationToken), shard).SelectMany(one => one.Cut(most))
            .DefaultIfEmpty(new(source.Format == TableFormat.Parquet ? source.Sql : Table, NoRow, 0, 0, 0))];

    private async Task<IReadOnlyList<RowRange>> AllAsync(
        IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        if (source.Format == TableFormat.Parquet)
        {
            return RowRange.OfParquet(tables, source.Files);
        }

        var isTaken = File.Exists(work.Snapshot);
        tables.Run($"ATTACH {DuckTables.Quoted(work.Snapshot)} AS snapshot");
        if (!isTaken || tables.Numbers(
            "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'snapshot' AND table_name = 'input'") is [0])
        {
            await TakeAsync(columns, cancellationToken);
        }
        else if (source.Format is null)
        {
            listener.Warn(
                $"The job goes on with the rows that the query gave at {File.GetCreationTimeUtc(work.Snapshot):u}. "
                + "--overwrite begins anew.");
        }

        return RowRange.OfTable(tables, Table);
    }

    /// <summary>Closes what was opened for it, so that it can be removed.</summary>
    public void Release()
    {
        if (source.Format != TableFormat.Parquet)
        {
            tables.Run("DETACH snapshot");
        }
    }

    /// <summary>Takes all rows, or none.</summary>
    private async Task TakeAsync(IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", columns.Select(DuckTables.Name));
        if (source.Format != TableFormat.JsonLines)
        {
            tables.Run($"CREATE TABLE {Table} AS SELECT {names} FROM {source.Sql}");
            return;
        }

        columns = columns.Count > 0 ? columns : [Nothing];
        tables.Run("BEGIN");
        var declared = string.Join(", ", columns.Select(one => $"{DuckTables.Name(one)} VARCHAR"));
        tables.Run($"CREATE TABLE {Table} ({declared})");
        using (var rows = new TextAppender(tables, "snapshot", "input", columns))
        {
            await JsonLines.ReadAsync(source.Files, rows.Set, rows.EndRow, cancellationToken);
            rows.Close();
        }

        tables.Run("COMMIT");
    }
}
