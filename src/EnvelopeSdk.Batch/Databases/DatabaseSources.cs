using EnvelopeSdk.Batch.Sources;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>Opens the rows of databases.</summary>
internal static class DatabaseSources
{
    /// <exception cref="EnvelopeException">The database is not there, or does not answer.</exception>
    public static async Task<TableSource> OpenAsync(
        DuckTables tables, DatabaseTable table, CancellationToken cancellationToken)
    {
        if (table.Kind != DatabaseKind.PostgreSql && !File.Exists(table.Address))
        {
            throw new EnvelopeException(EnvelopeError.NotFound, $"There is no database '{table.Address}'.");
        }

        return table.Kind switch
        {
            DatabaseKind.DuckDB => new DuckFileSource(tables, table),
            DatabaseKind.Sqlite => new ProviderSource(
                tables, table, await SqliteRows.OpenAsync(table, cancellationToken)),
            _ => new ProviderSource(tables, table, await PostgresRows.OpenAsync(table, cancellationToken)),
        };
    }
}
