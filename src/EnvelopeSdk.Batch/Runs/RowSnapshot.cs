using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Sources;
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
/// <param name="ensureUnchanged">Fails when files are others than before their rows were taken.</param>
internal sealed class RowSnapshot(
    DuckTables tables, WorkFolder work, TableSource source, IJobListener listener, Action ensureUnchanged)
{
    private const string Database = "snapshot";

    /// <summary>Each column begins with a block of its own, and a row group is in memory until it is whole.</summary>
    private const string ForMany = " (BLOCK_SIZE 16384, ROW_GROUP_SIZE 8192)";

    /// <summary>With more columns both are smaller than the engine's own: 256 KB, and 122,880 rows.</summary>
    private const int Many = 200;

    private bool _isAttached;

    private string Folder => Path.GetDirectoryName(work.Snapshot)!;

    /// <summary>Whether the rows were taken, so that what they were taken from is not read any more.</summary>
    public bool IsTaken => _isAttached;

    /// <param name="columns">The columns that are read.</param>
    /// <param name="shard">Which of the rows.</param>
    /// <param name="mostOf">Says of the number of all rows how many a part has at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The parts, at least one.</returns>
    public async Task<IReadOnlyList<RowRange>> CutAsync(
        IReadOnlyList<Column> columns, Shard shard, Func<long, Task<long>> mostOf, CancellationToken cancellationToken)
    {
        var all = source.Ranges() ?? await TakenAsync(columns, cancellationToken);
        var most = await mostOf(all.Sum(one => one.Count));
        return
        [
            .. RowRange.Of(all, shard).SelectMany(one => one.Cut(most))
                .DefaultIfEmpty(all[0] with { From = 0, Count = 0, Before = 0 }),
        ];
    }

    /// <summary>Closes what was opened for it, so that it can be removed.</summary>
    public void Release()
    {
        if (_isAttached)
        {
            tables.Run($"DETACH {Database}");
        }
    }

    /// <exception cref="EnvelopeException">Rows were taken of a table that had other columns then.</exception>
    private static void EnsureHas(IReadOnlyList<Column> taken, IReadOnlyList<Column> columns, string folder)
    {
        var types = taken.ToDictionary(one => one.Name, one => one.Type, StringComparer.OrdinalIgnoreCase);
        var other = columns.FirstOrDefault(one => one.Type.Kind != ColumnKind.Null
            && (!types.TryGetValue(one.Name, out var type) || !type.IsSame(one.Type)))?.Name
            ?? taken.FirstOrDefault(one => columns.Count > 0 && !columns.Any(column =>
                string.Equals(column.Name, one.Name, StringComparison.OrdinalIgnoreCase)))?.Name;
        if (other is not null)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The column '{other}' is another than when the rows were taken that the job goes on with, or one of "
                + $"the two is not there. Remove '{folder}' to begin anew.");
        }
    }

    private async Task<IReadOnlyList<RowRange>> TakenAsync(
        IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        tables.Run(
            $"ATTACH {DuckTables.Quoted(work.Snapshot)} AS {Database}{(columns.Count > Many ? ForMany : "")}");
        _isAttached = true;
        var table = new TakenTable(tables, Database, "input");
        if (!table.IsThere)
        {
            var taken = new TakenTable(tables, Database, "taken");
            taken.Remove(); // that of a run which ended before it had looked at the files again
            await source.TakeAsync(taken, columns, cancellationToken);
            ensureUnchanged();
            taken.Rename(table);
        }
        else if (source.Files.Count == 0)
        {
            listener.Warn(
                $"The job goes on with the rows that were read at {File.GetCreationTimeUtc(work.Snapshot):u}. "
                + $"Remove '{Folder}' to begin anew.");
        }

        EnsureHas(table.Columns, columns, Folder);
        return RowRange.OfTable(tables, table.Sql, table.Rows);
    }
}
