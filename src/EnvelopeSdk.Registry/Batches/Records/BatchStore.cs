using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Batches.Records;

/// <summary>A version of a batch.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of its settings.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Time">When the version was made.</param>
/// <param name="Who">Who made it.</param>
/// <param name="NextRun">When it runs next by itself; null: by hand.</param>
internal sealed record BatchVersion(
    string Name, long Version, BatchSettings Settings, DateTimeOffset Time, string Who, DateTimeOffset? NextRun);

/// <summary>The batches, with each version that they ever had.</summary>
internal sealed class BatchStore(RecordsDatabase database, AuditLog audit, TimeProvider clock)
{
    private const string Columns = "v.batch, v.version, v.settings, v.time, v.who, b.next_run";

    private const string All = $"select {Columns} from batch b join batch_version v on v.batch = b.name";

    private const string Current = $"{All} and v.version = b.version where b.removed is null";

    /// <summary>A run that is due and has not begun is done, whatever is said of the next.</summary>
    private const string Next =
        """
        insert into batch (name, version, next_run) values (@0, 1, @1)
        on conflict (name) do update set version = batch.version + 1, removed = null,
          next_run = case when batch.removed is null and batch.next_run <= @2 and excluded.next_run is not null
            then batch.next_run else excluded.next_run end,
          place = case when batch.removed is null then batch.place end
        returning version
        """;

    private const string Insert =
        "insert into batch_version (batch, version, settings, time, who) values (@0, @1, @2, @3, @4)";

    private readonly ConcurrentDictionary<(string Name, long Version), BatchSettings> _settings = new();

    /// <summary>Makes a batch, or its next version, with which the next run is.</summary>
    /// <param name="by">Who does.</param>
    /// <param name="name">Its name.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="guard">Throws if the caller may not change those that there are, null: none, to these.</param>
    /// <exception cref="EnvelopeException">It cannot be so, or was changed meanwhile.</exception>
    public async Task<BatchVersion> SaveAsync(
        Caller by, string name, BatchSettings settings, CancellationToken cancellationToken,
        Action<BatchSettings?>? guard = null)
    {
        EnvelopeName.Check(name, "a batch");
        settings = BatchCheck.Whole(settings);
        BatchCheck.Run(settings);
        var before = await FindAsync(name, cancellationToken);
        guard?.Invoke(before?.Settings);
        if (before is not null && Json(before.Settings) == Json(settings))
        {
            return before;
        }

        var now = clock.GetUtcNow();
        var nextRun = BatchCheck.Next(settings, now);
        var entry = new AuditEntry(AuditAction.ConfigureBatch)
        {
            Subject = name,
            Before = before is null ? null : Element(before.Settings),
            After = Element(settings),
        };
        await audit.RunAsync(by, [entry], () => database.WriteAsync(
            async statements =>
            {
                if (await statements.NumberAsync(
                    "select version from batch where name = @0 and removed is null", cancellationToken, name)
                    != (before?.Version ?? -1))
                {
                    throw new EnvelopeException(
                        EnvelopeError.Mismatch, $"The batch '{name}' was changed just now. Look at it again.");
                }

                var next = await statements.NumberAsync(
                    Next, cancellationToken, name, nextRun?.UtcTicks, now.UtcTicks);
                await statements.RunAsync(
                    Insert, cancellationToken, name, next, StoredText.Write(Json(settings)), now.UtcTicks,
                    StoredText.Write(by.Who));
                return next;
            },
            cancellationToken));
        return await GetAsync(name, cancellationToken);
    }

    /// <summary>
    /// Plans the next run anew where it is later than its times say: the clock was ahead when it was planned, as that
    /// of a machine may be when it starts.
    /// </summary>
    public async Task PlanAsync(BatchVersion batch, CancellationToken cancellationToken)
    {
        if (BatchCheck.Next(batch.Settings, clock.GetUtcNow()) is { } next && next < batch.NextRun)
        {
            await database.WriteAsync(
                async statements =>
                {
                    await statements.RunAsync(
                        "update batch set next_run = @2 where name = @0 and next_run = @1", cancellationToken,
                        batch.Name, batch.NextRun.Value.UtcTicks, next.UtcTicks);
                    return true;
                },
                cancellationToken);
        }
    }

    /// <summary>The batches as they are now, by their names.</summary>
    public Task<IReadOnlyList<BatchVersion>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync($"{Current} order by b.name", Read, cancellationToken);

    /// <returns>Null when there is none of the name.</returns>
    public async Task<BatchVersion?> FindAsync(string name, CancellationToken cancellationToken) =>
        await database.ReadAsync($"{Current} and b.name = @0", Read, cancellationToken, name) is [var one] ? one : null;

    /// <exception cref="EnvelopeException">There is none of the name.</exception>
    public async Task<BatchVersion> GetAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) ?? throw Missing(name);

    /// <summary>What is said when there is none of a name.</summary>
    public static EnvelopeException Missing(string name) => new(
        EnvelopeError.NotFound,
        $"There is no batch '{name}'. GET /api/batches lists them, and PUT /api/batches/{name} makes one.");

    /// <summary>All versions of a batch, the newest first.</summary>
    public Task<IReadOnlyList<BatchVersion>> VersionsAsync(string name, CancellationToken cancellationToken) =>
        database.ReadAsync($"{All} where b.name = @0 order by v.version desc", Read, cancellationToken, name);

    /// <summary>The settings of a version that there is, which never change.</summary>
    public async Task<BatchSettings> SettingsAsync(string name, long version, CancellationToken cancellationToken) =>
        _settings.TryGetValue((name, version), out var known) ? known : _settings[(name, version)] =
            (await database.ReadAsync(
                $"{All} where b.name = @0 and v.version = @1", Read, cancellationToken, name, version))[0].Settings;

    /// <summary>Says that the engine of a place is there, as it does from time to time.</summary>
    public Task<bool> SeeAsync(string place, CancellationToken cancellationToken) => database.WriteAsync(
        async statements =>
        {
            await statements.RunAsync(
                "insert into batch_place (id, seen) values (@0, @1) "
                + "on conflict (id) do update set seen = excluded.seen", cancellationToken, place,
                clock.GetUtcNow().UtcTicks);
            return true;
        },
        cancellationToken);

    /// <summary>Since when nobody has seen the engine of the place that runs a batch.</summary>
    /// <returns>Null: it is there, or no place has the batch.</returns>
    public async Task<DateTimeOffset?> AwayAsync(string name, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            "select p.seen from batch b join batch_place p on p.id = b.place where b.name = @0 and b.removed is null "
            + "and p.seen < @1",
            row => new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero), cancellationToken, name,
            (clock.GetUtcNow() - RunStore.Patience).UtcTicks) is [var seen]
            ? seen
            : null;

    /// <summary>The batches that the engine of a place runs: those that it had, and those that none has.</summary>
    public async Task<IReadOnlyList<BatchVersion>> TakeAsync(string place, CancellationToken cancellationToken)
    {
        var free = await database.ReadAsync(
            "select name from batch where place is null and removed is null", row => row.GetString(0),
            cancellationToken);
        if (free.Count > 0)
        {
            await database.WriteAsync(
                async statements =>
                {
                    await statements.RunAsync(
                        "update batch set place = @0 where place is null", cancellationToken, place);
                    return true;
                },
                cancellationToken);
        }

        return await database.ReadAsync(
            $"{Current} and b.place = @0 order by b.name", Read, cancellationToken, place);
    }

    /// <summary>The id of the place whose engine runs a batch, or did before it was taken away.</summary>
    /// <returns>Null: none does.</returns>
    public async Task<string?> PlaceAsync(string name, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            "select place from batch where name = @0 and place is not null", row => row.GetString(0),
            cancellationToken, name) is [var place]
            ? place
            : null;

    /// <summary>Takes a batch away; what is known of its runs stays.</summary>
    /// <exception cref="EnvelopeException">There is none of the name, or a run is under way.</exception>
    public async Task RemoveAsync(Caller by, string name, CancellationToken cancellationToken)
    {
        var one = await GetAsync(name, cancellationToken);
        var entry = new AuditEntry(AuditAction.RemoveBatch) { Subject = name, Before = Element(one.Settings) };
        await audit.RunAsync(by, [entry], () => database.WriteAsync(
            async statements =>
            {
                if (await statements.NumberAsync(
                    "select id from batch_run where batch = @0 and active = 1", cancellationToken, name)
                    is var active and > 0)
                {
                    throw new EnvelopeException(
                        EnvelopeError.Mismatch,
                        $"The run {active} of '{name}' is under way. Cancel it first, or wait for its end.");
                }

                await statements.RunAsync(
                    "update batch set removed = @1, next_run = null where name = @0", cancellationToken, name,
                    clock.GetUtcNow().UtcTicks);
                return true;
            },
            cancellationToken));
    }

    private static string Json(BatchSettings settings) =>
        JsonSerializer.Serialize(settings, JsonSerializerOptions.Web);

    private static JsonElement Element(BatchSettings settings) =>
        JsonSerializer.SerializeToElement(settings, JsonSerializerOptions.Web);

    /// <summary>Settings as they are stored.</summary>
    public static BatchSettings SettingsOf(string stored) =>
        JsonSerializer.Deserialize<BatchSettings>(StoredText.Read(stored), JsonSerializerOptions.Web)!;

    private static BatchVersion Read(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1),
        SettingsOf(row.GetString(2)),
        new(row.GetInt64(3), TimeSpan.Zero), StoredText.Read(row.GetString(4)),
        row.IsDBNull(5) ? null : new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero));
}
