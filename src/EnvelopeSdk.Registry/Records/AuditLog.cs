using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Data.Databases;

namespace EnvelopeSdk.Registry.Records;

/// <summary>Who changed what, when, and what was there before. Nothing is ever taken out of it.</summary>
internal sealed class AuditLog(RecordsDatabase database, TimeProvider clock)
{
    private const string Done = "done";
    private const string Failed = "failed";

    private const string Insert =
        """
        insert into audit (time, who, via, action, envelope, digest, subject, before, after, event, outcome)
        values (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, 'begun') returning id
        """;

    private const string Columns =
        "id, time, who, via, action, envelope, digest, subject, before, after, event, outcome";

    /// <summary>
    /// Does something, and records it: first what is about to be done, so that nothing happens without a trace.
    /// </summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="entries">What it changes; none: it is just done.</param>
    /// <param name="change">Does it.</param>
    public async Task<T> RunAsync<T>(Caller caller, IReadOnlyList<AuditEntry> entries, Func<Task<T>> change)
    {
        if (entries.Count == 0)
        {
            return await change();
        }

        // Not stopped by a caller who hangs up: who does something is recorded.
        var ids = await database.WriteAsync(
            statements => InsertAsync(statements, caller, entries), CancellationToken.None);
        var outcome = Failed;
        try
        {
            var result = await change();
            outcome = Done;
            return result;
        }
        finally
        {
            await EndAsync(ids, outcome);
        }
    }

    /// <summary>The same, of what has no result.</summary>
    public Task RunAsync(Caller caller, IReadOnlyList<AuditEntry> entries, Func<Task> change) => RunAsync(
        caller, entries,
        async () =>
        {
            await change();
            return true;
        });

    /// <summary>The latest changes first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<IReadOnlyList<AuditRecord>> FindAsync(
        AuditQuery filter, int limit, CancellationToken cancellationToken)
    {
        var (condition, values) = filter.ToSql();
        return database.ReadAsync(
            $"select {Columns} from audit where {condition} order by id desc limit {limit}", Read, cancellationToken,
            values);
    }

    /// <summary>
    /// Which of some events of an envelope the registry wrote for a caller whom it knew: as they are, name and value
    /// included.
    /// </summary>
    public async Task<IReadOnlySet<Guid>> FindStampedAsync(
        EnvelopeReference envelope, IEnumerable<JournalEvent> events, CancellationToken cancellationToken)
    {
        var stamped = new HashSet<Guid>();
        foreach (var some in events.Chunk(500))
        {
            var list = string.Join(", ", some.Select((_, i) => $"@{i + 2}"));
            var rows = await database.ReadAsync(
                $"select {Columns} from audit where event in ({list}) and envelope = @0 and digest = @1 "
                + $"and outcome = '{Done}'",
                Read, cancellationToken,
                [envelope.Name, envelope.Digest.ToString(), .. some.Select(one => one.Id.ToString("D"))]);
            var known = rows.ToLookup(row => row.Change.Event);
            stamped.UnionWith(some.Where(one => known[one.Id].Any(row => IsOf(row, one))).Select(one => one.Id));
        }

        return stamped;
    }

    private static bool IsOf(AuditRecord row, JournalEvent one) => row.Who == one.Who
        && (row.Change.After, one.Value) switch
        {
            (null, null) => true,
            ({ } after, { } value) => JsonElement.DeepEquals(after, value),
            _ => false,
        };

    private async Task<List<long>> InsertAsync(
        Statements statements, Caller caller, IReadOnlyList<AuditEntry> entries)
    {
        var ids = new List<long>();
        foreach (var one in entries)
        {
            ids.Add(await statements.NumberAsync(
                Insert, CancellationToken.None, clock.GetUtcNow().UtcTicks, StoredText.Write(caller.Who), caller.Via,
                one.Action, one.Envelope, one.Digest?.ToString(),
                one.Subject is { } subject ? StoredText.Write(subject) : null, Text(one.Before), Text(one.After),
                one.Event?.ToString("D")));
        }

        return ids;
    }

    private Task EndAsync(List<long> ids, string outcome) => database.WriteAsync(
        async statements =>
        {
            foreach (var some in ids.Chunk(500))
            {
                var list = string.Join(", ", some);
                await statements.RunAsync(
                    $"update audit set outcome = @0 where id in ({list})", CancellationToken.None, outcome);
            }

            return ids.Count;
        },
        CancellationToken.None);

    private static string? Text(JsonElement? value) => value is { } json ? StoredText.Write(json.GetRawText()) : null;

    private static AuditRecord Read(DbDataReader row) => new(
        row.GetInt64(0), new(row.GetInt64(1), TimeSpan.Zero), StoredText.Read(row.GetString(2)), row.GetString(3),
        row.GetString(11),
        new(row.GetString(4))
        {
            Envelope = row.IsDBNull(5) ? null : row.GetString(5),
            Digest = row.IsDBNull(6) || !Digest.TryParse(row.GetString(6), out var digest) ? null : digest,
            Subject = row.IsDBNull(7) ? null : StoredText.Read(row.GetString(7)),
            Before = Json(row, 8),
            After = Json(row, 9),
            Event = row.IsDBNull(10) ? null : Guid.Parse(row.GetString(10), CultureInfo.InvariantCulture),
        });

    private static JsonElement? Json(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : JsonElement.Parse(StoredText.Read(row.GetString(column)));
}
