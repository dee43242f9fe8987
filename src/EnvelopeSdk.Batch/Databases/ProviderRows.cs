using System.Data.Common;
using System.Text.Unicode;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>The rows of a table or query of a database that has a provider.</summary>
/// <param name="connection">The connection, which it has from now on.</param>
/// <param name="query">What is asked.</param>
/// <param name="columns">Its columns.</param>
internal class ProviderRows(DbConnection connection, string query, IReadOnlyList<ReadColumn> columns) : IDisposable
{
    public IReadOnlyList<ReadColumn> Columns => columns;

    /// <summary>Appends all rows, as texts.</summary>
    /// <param name="read">The columns that are read.</param>
    /// <param name="rows">Receives them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task ReadAsync(
        IReadOnlyList<ReadColumn> read, TextAppender rows, CancellationToken cancellationToken)
    {
        var names = read.Count == 0 ? "1" : string.Join(", ", read.Select(one => one.Text(DuckTables.Name(one.Name))));
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {names} FROM ({query}\n) AS q";
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < read.Count; i++)
            {
                if (!reader.IsDBNull(i))
                {
                    rows.Set(i, TextOf(reader, i, read[i].Name));
                }
            }

            rows.EndRow();
        }
    }

    public virtual void Dispose() => connection.Dispose();

    /// <summary>Numbers that are read back to the same, and bytes as hexadecimal digits.</summary>
    private static string TextOf(DbDataReader reader, int column, string name) => reader.GetValue(column) switch
    {
        // The character stands for itself, or for what providers could not read: SQLite keeps any bytes as text.
        string text when text.Contains('\uFFFD', StringComparison.Ordinal) && !IsRead(reader, column) =>
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The column '{name}' has a text that is not valid UTF-8, and would be read as another. Mend it, or "
                + $"read CAST({DuckTables.Name(name)} AS BLOB) in a query."),
        string text => text,
        byte[] bytes => Convert.ToHexString(bytes),
        double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    /// <summary>Whether the bytes of a text are UTF-8; in PostgreSQL all are.</summary>
    private static bool IsRead(DbDataReader reader, int column)
    {
        using var bytes = new MemoryStream();
        using (var stored = reader.GetStream(column))
        {
            stored.CopyTo(bytes);
        }

        return Utf8.IsValid(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
