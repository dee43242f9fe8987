using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace EnvelopeSdk.Registry.Data.Databases;

/// <summary>
/// Brings a database to the form that this version knows: applies the numbered files that were not applied yet, in one
/// transaction that only one process has at a time.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="part">
/// Which tables: those of one folder of migrations. Several parts may lie in one database.
/// </param>
internal sealed class Migrator(Database database, string part = Migrator.Catalog)
{
    /// <summary>What can be made again from the store.</summary>
    public const string Catalog = "catalog";

    /// <summary>What cannot be made again.</summary>
    public const string Records = "records";

    /// <summary>Envelopes and repositories that several registries share.</summary>
    public const string Store = "store";

    private static readonly Assembly Resources = typeof(Migrator).Assembly;

    private readonly string _folder = $"migrations/{part}/";

    private readonly string _ledger = $"migration_{part}";

    /// <returns>How many files were applied.</returns>
    /// <exception cref="EnvelopeException">A newer version has used the database.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        await using var transaction = await database.BeginWriteAsync(connection, cancellationToken);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        await ExecuteAsync(
            command, $"create table if not exists {_ledger} (number bigint primary key, name text not null)",
            cancellationToken);
        command.CommandText = $"select coalesce(max(number), 0) from {_ledger}";
        var last = Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        var files = Resources.GetManifestResourceNames()
            .Where(name => name.StartsWith(_folder, StringComparison.Ordinal))
            .Select(name => (
                Number: int.Parse(name.AsSpan(_folder.Length, 3), CultureInfo.InvariantCulture), Name: name))
            .OrderBy(file => file.Number).ToList();
        if (last > files[^1].Number)
        {
            throw new EnvelopeException(
                EnvelopeError.UnknownVersion,
                $"A newer version of the registry has used the database {database.Name}: it is of form {last}, and "
                + $"this version knows {files[^1].Number}. Use that version, or name another database with --database.");
        }

        var missing = files.Where(file => file.Number > last).ToList();
        foreach (var (number, name) in missing)
        {
            await ExecuteAsync(command, Read(name), cancellationToken);
            await ExecuteAsync(
                command,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"insert into {_ledger} (number, name) values ({number}, '{name[_folder.Length..]}')"),
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return missing.Count;
    }

    private string Read(string name)
    {
        using var text = new StreamReader(Resources.GetManifestResourceStream(name)!);
        return database.Dialect.Aggregate(
            text.ReadToEnd(), (sql, word) => sql.Replace(word.Key, word.Value, StringComparison.Ordinal));
    }

    private static async Task ExecuteAsync(DbCommand command, string sql, CancellationToken cancellationToken)
    {
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
