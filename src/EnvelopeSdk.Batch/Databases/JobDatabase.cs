using System.Text.Json;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>Rows that come into a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Sql">The rows, as a query of the engine; null: there are none, and no table of earlier ones.</param>
internal sealed record TableRows(string Table, string? Sql);

/// <summary>
/// A database that a job writes: all of its tables in one transaction, together with what the job did, which is kept in
/// a table of its own.
/// </summary>
internal abstract class JobDatabase : IDisposable
{
    /// <summary>The table of what jobs did.</summary>
    public const string Runs = "envelope_runs";

    /// <summary>Opens one.</summary>
    /// <exception cref="EnvelopeException">It cannot be, or another job writes the table.</exception>
    public static JobDatabase Open(DuckTables tables, DatabaseTable table) => table.Kind switch
    {
        DatabaseKind.DuckDB => new DuckFileDatabase(tables, table),
        DatabaseKind.Sqlite => new SqliteDatabase(table),
        _ => new PostgresDatabase(table),
    };

    /// <summary>How names of columns are compared.</summary>
    public virtual StringComparer Names => StringComparer.OrdinalIgnoreCase;

    /// <summary>Looks anew at what is there.</summary>
    public virtual void Refresh()
    {
        // it is looked at each time
    }

    /// <summary>The columns of a table; null when it is not there.</summary>
    /// <exception cref="EnvelopeException">The database does not say.</exception>
    public abstract IReadOnlyList<StoredColumn>? ColumnsOf(string table);

    /// <summary>The columns of a table that need a value of each row: they take no null, and have no default.</summary>
    /// <exception cref="EnvelopeException">The database does not say.</exception>
    public abstract IReadOnlyList<string> NeededOf(string table);

    /// <summary>How many rows a table has that is there.</summary>
    /// <exception cref="EnvelopeException">The database does not say.</exception>
    /// <exception cref="DuckException">It does not.</exception>
    public abstract long CountOf(string table);

    /// <summary>Looks whether rows can come into a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns; there is a type for each.</param>
    /// <param name="options">Whether rows that are there stay, or are replaced.</param>
    /// <exception cref="EnvelopeException">They cannot.</exception>
    public abstract void EnsureWritable(string table, IReadOnlyList<Column> columns, BatchOptions options);

    /// <summary>Whether a new table can have a column of a type.</summary>
    public abstract bool HasTypeFor(ColumnType type);

    /// <summary>Whether a column that is there takes values as they are, or fails loudly.</summary>
    public abstract bool Takes(ColumnType type, StoredColumn column);

    /// <summary>What a job did whose rows are in a table.</summary>
    /// <param name="job">The job, or another with the same rows.</param>
    /// <returns>Null when it is not there, or not any more.</returns>
    public RunManifest? Find(JobIdentity job) => ManifestOf(job.RowsId) is { } json
        ? JsonSerializer.Deserialize(json, RunJsonContext.Default.RunManifest) : null;

    /// <summary>Writes all of it, or nothing.</summary>
    /// <param name="tables">The engine that has the rows.</param>
    /// <param name="all">The tables.</param>
    /// <param name="options">
    /// Whether rows that are there stay, or are replaced. Otherwise nothing is there, as was looked: a table that
    /// somebody has made since is not dropped.
    /// </param>
    /// <param name="manifest">What was done.</param>
    /// <exception cref="EnvelopeException">It cannot be.</exception>
    /// <exception cref="DuckException">It cannot be.</exception>
    public abstract void Write(
        DuckTables tables, IReadOnlyList<TableRows> all, BatchOptions options, RunManifest manifest);

    public abstract void Dispose();

    /// <param name="rows">The id of the rows.</param>
    protected abstract string? ManifestOf(string rows);

    protected static string JsonOf(RunManifest manifest) =>
        JsonSerializer.Serialize(manifest, RunJsonContext.Default.RunManifest);
}
