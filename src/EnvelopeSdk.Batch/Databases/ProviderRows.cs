using System.Data.Common;
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
                    rows.Set(i, TextOf(reader.GetValue(i)));
                }
            }

            rows.EndRow();
        }
    }

    public virtual void Dispose() => connection.Dispose();

    /// <summary>Numbers that are read back to the same, and bytes as hexadecimal digits.</summary>
    private static string TextOf(object value) => value switch
    {
        string text => text,
        byte[] bytes => Convert.ToHexString(bytes),
        double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}
