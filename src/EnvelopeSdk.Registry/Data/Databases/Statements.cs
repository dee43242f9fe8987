using System.Data.Common;
using System.Globalization;

namespace EnvelopeSdk.Registry.Data.Databases;

/// <summary>Runs statements with parameters <c>@0</c>, <c>@1</c>..., each prepared once in a transaction.</summary>
internal sealed class Statements(DbConnection connection, DbTransaction transaction) : IAsyncDisposable
{
    /// <summary>SQLite takes 32,766 parameters, and a longer text is not faster.</summary>
    private const int Rows = 100;

    private readonly Dictionary<string, DbCommand> _commands = [];

    public Task RunAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        Prepare(sql, values).ExecuteNonQueryAsync(cancellationToken);

    public async Task<long> NumberAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        Convert.ToInt64(
            await Prepare(sql, values).ExecuteScalarAsync(cancellationToken) ?? -1L, CultureInfo.InvariantCulture);

    public Task<DbDataReader> ReadAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        Prepare(sql, values).ExecuteReaderAsync(cancellationToken);

    /// <summary>Runs a statement over many rows of values, as many at once as databases take.</summary>
    /// <param name="sql">The statement, with <c>{0}</c> where the rows are.</param>
    /// <param name="rows">The rows, all of one length.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task RunManyAsync(string sql, IReadOnlyCollection<object?[]> rows, CancellationToken cancellationToken) =>
        ReadManyAsync(sql, rows, _ => { }, cancellationToken);

    /// <summary>The same, of a statement that returns something.</summary>
    /// <param name="sql">The statement, with <c>{0}</c> where the rows are.</param>
    /// <param name="rows">The rows, all of one length.</param>
    /// <param name="read">Takes each row that it returns.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task ReadManyAsync(
        string sql, IReadOnlyCollection<object?[]> rows, Action<DbDataReader> read, CancellationToken cancellationToken)
    {
        foreach (var some in rows.Chunk(Rows))
        {
            var whole = string.Format(CultureInfo.InvariantCulture, sql, ListOf(some.Length, some[0].Length));
            await using var returned = await ReadAsync(whole, cancellationToken, [.. some.SelectMany(row => row)]);
            while (await returned.ReadAsync(cancellationToken))
            {
                read(returned);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }
    }

    private static string ListOf(int rows, int columns) => string.Join(", ", Enumerable.Range(0, rows).Select(row =>
        $"({string.Join(", ", Enumerable.Range(row * columns, columns).Select(number => $"@{number}"))})"));

    private DbCommand Prepare(string sql, object?[] values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _commands[sql] = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
        }

        command.Parameters.Clear();
        command.Add(values);
        return command;
    }
}

internal static class CommandParameters
{
    /// <summary>Adds parameters, named by their numbers from that of the first on.</summary>
    public static void Add(this DbCommand command, IEnumerable<object?> values)
    {
        foreach (var value in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@{command.Parameters.Count}");
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }
}
