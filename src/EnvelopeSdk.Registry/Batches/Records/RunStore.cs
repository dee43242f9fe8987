using System.Data.Common;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Batches.Records;

/// <summary>A run with what the engine alone needs to know of it.</summary>
/// <param name="Shown">What everybody sees.</param>
/// <param name="Since">Since when it is in its state.</param>
/// <param name="NextAttempt">When it may start.</param>
/// <param name="Stop">Who wants its end; null: nobody.</param>
/// <param name="Platform">
/// The version of EnvelopeSdk.Batch of its build, whatever the registry's is by now; null: none is built.
/// </param>
internal sealed record RunRow(
    BatchRun Shown, DateTimeOffset Since, DateTimeOffset NextAttempt, string? Stop, string? Platform)
{
    public bool IsActive => BatchRunState.Active.Contains(Shown.State);
}

/// <summary>The runs of batches, and where each is.</summary>
internal sealed class RunStore(RecordsDatabase database, AuditLog audit, TimeProvider clock)
{
    /// <summary>How long the engine of a place may be silent before others do without it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Who asks for runs whose time has come.</summary>
    private const string ByTime = "cron";

    private const string Columns =
        """
        id, batch, version, envelope, digest, state, reason, requested, requested_by, started, ended, row_count,
        bad_count, attempt, output, quarantine, log, since, next_attempt, stop, platform
        """;

    private const string Skip =
        """
        insert into batch_run (
          batch, version, state, reason, requested, requested_by, ended, attempt, since, next_attempt, active)
        select b.name, b.version, @1, @2 || r.id || @3, @4, @5, @4, 0, @4, 0, 0
        from batch b join batch_run r on r.batch = b.name and r.active = 1 where b.name = @0 and b.removed is null
        """;

    private const string Insert =
        """
        insert into batch_run (batch, version, state, requested, requested_by, attempt, since, next_attempt, active)
        select name, version, @1, @2, @3, 0, @2, 0, 1 from batch where name = @0 and removed is null
          and not exists (select 1 from batch_run r where r.batch = @0 and r.active = 1)
        returning id
        """;

    /// <summary>Moves a run on, unless it is elsewhere by now.</summary>
    private const string Move =
        """
        update batch_run set state = @2, reason = @3, envelope = @4, digest = @5, started = @6, ended = @7,
          row_count = @8, bad_count = @9, attempt = @10, output = @11, quarantine = @12, log = @13, since = @14,
          next_attempt = @15, active = @16, platform = coalesce(@17, platform)
        where id = @0 and state = @1 returning 1
        """;

    private const string Cancel =
        """
        update batch_run set stop = @1, state = @3, reason = @4, ended = @5, since = @5, active = 0
        where id = @0 and state = @2 returning 1
        """;

    /// <summary>Cancels a run whose engine nobody has seen for a while, so that it would stop nothing.</summary>
    private const string CancelAway =
        """
        update batch_run set stop = @1, state = @2, reason = @3, ended = @4, since = @4, active = 0
        where id = @0 and active = 1 and batch in (
          select b.name from batch b join batch_place p on p.id = b.place where p.seen < @5) returning 1
        """;

    /// <summary>Asks for a run.</summary>
    /// <exception cref="EnvelopeException">There is no such batch, or another run of it is under way.</exception>
    public async Task<BatchRun> RequestAsync(Caller by, BatchVersion batch, CancellationToken cancellationToken)
    {
        var entry = new AuditEntry(AuditAction.RunBatch) { Subject = batch.Name };
        var id = await audit.RunAsync(by, [entry], async () =>
            await TryAddAsync(batch.Name, by.Who, cancellationToken) ?? throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"A run of '{batch.Name}' is under way, or it was removed just now. Wait for its end, or cancel it."));
        return (await FindAsync(id, cancellationToken))!.Shown;
    }

    /// <summary>
    /// Lets a run end: at once if it waits, or if its engine is away; else that one stops what runs of it.
    /// </summary>
    /// <exception cref="EnvelopeException">It has ended.</exception>
    /// <param name="by">Who wants it.</param>
    /// <param name="one">The run.</param>
    /// <param name="before">Why its attempt before failed; null: it waits for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<BatchRun> CancelAsync(
        Caller by, BatchRun one, string? before, CancellationToken cancellationToken)
    {
        var entry = new AuditEntry(AuditAction.CancelBatchRun) { Subject = $"{one.Batch}/{one.Id}" };
        await audit.RunAsync(by, [entry], async () =>
        {
            var (now, who) = (clock.GetUtcNow(), StoredText.Write(by.Who));
            var isDone = await database.WriteAsync(
                async statements => await statements.NumberAsync(
                    Cancel, cancellationToken, one.Id, who, BatchRunState.Waiting, BatchRunState.Cancelled,
                    StoredText.Write($"By {by.Who}. {before}".TrimEnd()), now.UtcTicks) == 1
                    || await statements.NumberAsync(
                        CancelAway, cancellationToken, one.Id, who, BatchRunState.Cancelled,
                        StoredText.Write(
                            $"By {by.Who}, while the registry that runs it was away. It ends the job when it is back."),
                        now.UtcTicks, (now - Patience).UtcTicks) == 1
                    || await statements.NumberAsync(
                        "update batch_run set stop = @1 where id = @0 and active = 1 returning 1", cancellationToken,
                        one.Id, who) == 1,
                cancellationToken);
            return isDone ? true : throw new EnvelopeException(
                EnvelopeError.Mismatch, $"The run {one.Id} of '{one.Batch}' has ended, and cannot be cancelled any more.");
        });
        return (await FindAsync(one.Id, cancellationToken))!.Shown;
    }

    /// <summary>Moves a run on.</summary>
    /// <param name="from">The run, as it was read.</param>
    /// <param name="to">What it is to be.</param>
    /// <param name="nextAttempt">When it may start; null: at once.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether it was still where it was read.</returns>
    public Task<bool> MoveAsync(
        BatchRun from, BatchRun to, DateTimeOffset? nextAttempt, CancellationToken cancellationToken) =>
        MoveAsync(from, to, nextAttempt, null, cancellationToken);

    /// <summary>Moves a run on to where its job is built.</summary>
    /// <param name="from">The run, as it was read.</param>
    /// <param name="to">What it is to be.</param>
    /// <param name="platform">The version of EnvelopeSdk.Batch that it is built with.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<bool> BuildAsync(
        BatchRun from, BatchRun to, string platform, CancellationToken cancellationToken) =>
        MoveAsync(from, to, null, platform, cancellationToken);

    private Task<bool> MoveAsync(
        BatchRun from, BatchRun to, DateTimeOffset? nextAttempt, string? platform,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            async statements => await statements.NumberAsync(
                Move, cancellationToken, from.Id, from.State, to.State, Text(to.Reason), to.Name, to.Digest,
                to.Started?.UtcTicks, to.Ended?.UtcTicks, to.Rows, to.Bad, (long)to.Attempt, Text(to.Output),
                Text(to.Quarantine), Text(to.Log), clock.GetUtcNow().UtcTicks, nextAttempt?.UtcTicks ?? 0L,
                BatchRunState.Active.Contains(to.State) ? 1L : 0L, platform) == 1,
            cancellationToken);

    /// <returns>Null when there is none of the id.</returns>
    public async Task<RunRow?> FindAsync(long id, CancellationToken cancellationToken) =>
        await ReadAsync("id = @0", cancellationToken, id) is [var one] ? one : null;

    /// <summary>The runs of a batch, the latest first.</summary>
    public Task<IReadOnlyList<RunRow>> ListAsync(
        string batch, long? before, int limit, CancellationToken cancellationToken) => ReadAsync(
        $"batch = @0 and id < @1 order by id desc limit {limit}", cancellationToken, batch, before ?? long.MaxValue);

    /// <summary>The runs of a batch that succeeded, the latest first.</summary>
    public Task<IReadOnlyList<RunRow>> SucceededAsync(string batch, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            $"batch = @0 and state = @1 order by id desc limit {limit}", cancellationToken, batch,
            BatchRunState.Succeeded);

    /// <summary>The latest run of a batch, whatever times were skipped since.</summary>
    public async Task<BatchRun?> LastAsync(string batch, CancellationToken cancellationToken) => await ReadAsync(
        "batch = @0 and state <> @1 order by id desc limit 1", cancellationToken, batch, BatchRunState.Skipped)
        is [var one]
        ? one.Shown
        : null;

    /// <summary>The latest run of a batch that succeeded.</summary>
    public async Task<BatchRun?> LastSuccessAsync(string batch, CancellationToken cancellationToken) => await ReadAsync(
        "batch = @0 and state = @1 order by id desc limit 1", cancellationToken, batch, BatchRunState.Succeeded)
        is [var one]
        ? one.Shown
        : null;

    /// <summary>The runs that are under way on the batches of a place.</summary>
    public Task<IReadOnlyList<RunRow>> ActiveAsync(string place, CancellationToken cancellationToken) => ReadAsync(
        "active = 1 and batch in (select name from batch where place = @0) order by id", cancellationToken, place);

    /// <summary>The runs that wait on the batches of other places since before a time, and nobody says why.</summary>
    public Task<IReadOnlyList<RunRow>> LeftAsync(
        string place, DateTimeOffset before, CancellationToken cancellationToken) => ReadAsync(
        "active = 1 and state = @1 and reason is null and since < @2 and batch in ("
        + "select name from batch where place <> @0)", cancellationToken, place, BatchRunState.Waiting, before.UtcTicks);

    /// <summary>
    /// The builds of the runs under way; and of the latest ones and each batch's latest, as a next run would have them.
    /// </summary>
    /// <param name="platform">The version of EnvelopeSdk.Batch that a next run is built with.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<IReadOnlyList<BuildKey>> RecentAsync(string platform, CancellationToken cancellationToken) =>
        database.ReadAsync(
            """
            select distinct r.envelope, r.digest, v.settings, case when r.active = 1 then r.platform end
            from batch_run r join batch_version v on v.batch = r.batch and v.version = r.version
            where r.envelope is not null and (r.active = 1 or r.id > (select max(id) - 100 from batch_run)
              or r.id in (select max(l.id) from batch_run l join batch b on b.name = l.batch
                where l.envelope is not null and b.removed is null group by l.batch))
            """,
            row => BuildKey.Of(
                new(row.GetString(0), Named.Digest(row.GetString(1))), row.IsDBNull(3) ? platform : row.GetString(3),
                BatchStore.SettingsOf(row.GetString(2))),
            cancellationToken);

    /// <summary>
    /// Lets a batch run by itself whose time has come, once however often it has. If another run is under way, the
    /// history says that the time was skipped.
    /// </summary>
    /// <returns>Whether it runs: not if another run is under way, or another engine was faster.</returns>
    public async Task<bool> RunDueAsync(BatchVersion batch, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var next = BatchCheck.Next(batch.Settings, now);
        return await database.WriteAsync(
            async statements =>
            {
                if (await statements.NumberAsync(
                    "update batch set next_run = @2 where name = @0 and next_run = @1 returning 1", cancellationToken,
                    batch.Name, batch.NextRun!.Value.UtcTicks, next?.UtcTicks) != 1)
                {
                    return false;
                }

                if (await statements.NumberAsync(
                    Insert, cancellationToken, batch.Name, BatchRunState.Waiting, now.UtcTicks, ByTime) > 0)
                {
                    return true;
                }

                await statements.RunAsync(
                    Skip, cancellationToken, batch.Name, BatchRunState.Skipped, "The run ",
                    $" was under way at {batch.NextRun.Value.UtcDateTime:u}.", now.UtcTicks, ByTime);
                return false;
            },
            cancellationToken);
    }

    /// <summary>Says why a run stands still, or that it does no more, and when it is looked at again.</summary>
    public Task ExplainAsync(
        BatchRun one, string? reason, DateTimeOffset next, CancellationToken cancellationToken) => database.WriteAsync(
        async statements =>
        {
            await statements.RunAsync(
                "update batch_run set reason = @2, next_attempt = @3 where id = @0 and state = @1", cancellationToken,
                one.Id, one.State, Text(reason), next.UtcTicks);
            return true;
        },
        cancellationToken);

    /// <returns>The id; null: another run is under way, or the batch is gone.</returns>
    private Task<long?> TryAddAsync(string batch, string who, CancellationToken cancellationToken) =>
        database.WriteAsync<long?>(
            async statements => await statements.NumberAsync(
                Insert, cancellationToken, batch, BatchRunState.Waiting, clock.GetUtcNow().UtcTicks,
                StoredText.Write(who)) is var id and > 0
                ? id
                : null,
            cancellationToken);

    private Task<IReadOnlyList<RunRow>> ReadAsync(
        string condition, CancellationToken cancellationToken, params object?[] values) => database.ReadAsync(
        $"select {Columns} from batch_run where {condition}", Read, cancellationToken, values);

    private static RunRow Read(DbDataReader row) => new(
        new(
            row.GetInt64(0), row.GetString(1), row.GetInt64(2), Text(row, 3), Text(row, 4), row.GetString(5),
            Text(row, 6), Time(row, 7)!.Value, Text(row, 8)!, Time(row, 9), Time(row, 10), Number(row, 11),
            Number(row, 12), (int)row.GetInt64(13), Text(row, 14), Text(row, 15), Text(row, 16)),
        Time(row, 17)!.Value, Time(row, 18)!.Value, Text(row, 19), Text(row, 20));

    private static string? Text(string? text) => text is null ? null : StoredText.Write(text);

    private static string? Text(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : StoredText.Read(row.GetString(column));

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
}
