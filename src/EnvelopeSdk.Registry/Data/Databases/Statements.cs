using System.Data.Common;
using System.Globalization;

namespace EnvelopeSdk.Registry.Data.Databases;

/// <summary>Runs statements with parameters <c>@0</c>, <c>@1</c>..., each prepared once in a transaction.</summary>
internal sealed class Statements(DbConnection connection, DbTransaction transaction) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = [];

    public Task RunAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        Prepare(sql, values).ExecuteNonQueryAsync(cancellationToken);

    public async Task<long> NumberAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        Convert.ToInt64(
            await Prepare(sql, values).ExecuteScalarAsync(cancellationToken) ?? -1L, CultureInfo.InvariantCulture);

    public Task<DbDataReader> ReadAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        Prepare(sql, values).ExecuteReaderAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }
    }

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
