using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Data.Databases;

namespace EnvelopeSdk.Registry.Events;

/// <summary>
/// What has happened, in the order in which the catalog learned of it. It is kept for a week, for those who come back.
/// </summary>
internal sealed class AnnouncementLog(Database database)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private const string Begin = "insert into announcing (id) values (1) on conflict (id) do nothing";
    private const string HasBegun = "select count(*) from announcing";
    private const string Last = "select coalesce(max(id), 0) from announcement";
    private const string Forget = "delete from announcement where id < @0";

    private const string Insert =
        """
        insert into announcement (id, kind, name, digest, subject, step, value, who, time)
        values (@0, @1, @2, @3, @4, @5, @6, @7, @8)
        """;

    private const string After =
        """
        select id, kind, name, digest, subject, step, value, who, time from announcement where id > @0
        order by id limit @1
        """;

    /// <summary>Tells from now on: all that was in the store before has been read.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = Begin;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Adds what has happened, within the transaction that writes it into the catalog.</summary>
    /// <param name="statements">The transaction, the only one that writes.</param>
    /// <param name="happened">What has happened to what.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task AddAsync(
        Statements statements, IReadOnlyList<UntoldEvent> happened, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (happened.Count == 0 || await statements.NumberAsync(HasBegun, cancellationToken) == 0)
        {
            return;
        }

        var id = Math.Max(await statements.NumberAsync(Last, cancellationToken), IdAt(now));
        foreach (var (name, digest, what) in happened)
        {
            await statements.RunAsync(
                Insert, cancellationToken, ++id, what.Kind, name, digest,
                what.Subject is { } subject ? StoredText.Write(subject) : null, what.Step,
                what.Value is { } value ? StoredText.Write(value.GetRawText()) : null,
                what.Who is { } who ? StoredText.Write(who) : null, what.Time.UtcTicks);
        }

        await statements.RunAsync(Forget, cancellationToken, IdAt(now - Kept));
    }

    /// <summary>Adds what has happened that is in no catalog.</summary>
    /// <returns>Whether it is told: not before all has been read that was in the store.</returns>
    public async Task<bool> TryAddAsync(
        IReadOnlyList<UntoldEvent> happened, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        await using var transaction = await database.BeginWriteAsync(connection, cancellationToken);
        await using var statements = new Statements(connection, transaction);
        if (await statements.NumberAsync(HasBegun, cancellationToken) == 0)
        {
            return false;
        }

        await AddAsync(statements, happened, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>What has happened after something, the earliest first.</summary>
    public async Task<IReadOnlyList<RegistryEvent>> ReadAsync(
        long after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = After;
        command.Add([after, (long)limit]);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<RegistryEvent>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(Read(rows));
        }

        return found;
    }

    /// <returns>The id of what has happened last; 0 when nothing has.</returns>
    public async Task<long> LastAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = Last;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    /// <summary>The smallest id of what happens at a time: microseconds since 1970.</summary>
    public static long IdAt(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    private static RegistryEvent Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
        row.IsDBNull(4) ? null : StoredText.Read(row.GetString(4)), row.IsDBNull(5) ? null : row.GetInt64(5),
        row.IsDBNull(6) ? null : JsonElement.Parse(StoredText.Read(row.GetString(6))),
        row.IsDBNull(7) ? null : StoredText.Read(row.GetString(7)), new(row.GetInt64(8), TimeSpan.Zero));
}
