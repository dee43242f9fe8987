using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Batches.Records;

/// <summary>Forgets runs that ended long ago, and knows of which there is something still.</summary>
internal sealed class EndedRuns(RecordsDatabase database)
{
    /// <summary>So many at once, so that others who write do not wait for long.</summary>
    private const int Most = 500;

    /// <summary>
    /// Of a batch that is there, the last success stays, and the last run; and the last one of all, whose id would come
    /// again.
    /// </summary>
    private static readonly string Forget =
        $"""
        delete from batch_run where id in (
          select r.id from batch_run r join batch b on b.name = r.batch
          where (b.place = @0 or b.place is null) and r.active = 0 and r.ended < @1
            and r.id < (select max(id) from batch_run)
            and (b.removed is not null or (
              r.id <> (select max(id) from batch_run where batch = r.batch and state <> '{BatchRunState.Skipped}')
              and r.id <> (
                select coalesce(max(id), 0) from batch_run
                where batch = r.batch and state = '{BatchRunState.Succeeded}')))
          order by r.id limit {Most})
        returning id
        """;

    /// <summary>
    /// Forgets what ended before a time on the batches of a place, and on those that none has taken yet.
    /// </summary>
    /// <returns>How many runs were forgotten, or the most of them; 0 when nothing is left to forget.</returns>
    public Task<int> ForgetAsync(string place, DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async statements =>
            {
                var count = 0;
                await using var rows = await statements.ReadAsync(Forget, cancellationToken, place, before.UtcTicks);
                while (await rows.ReadAsync(cancellationToken))
                {
                    count++;
                }

                return count;
            },
            cancellationToken);

    /// <summary>The ids of all runs, and whether each is under way.</summary>
    public async Task<IReadOnlyDictionary<long, bool>> KnownAsync(CancellationToken cancellationToken) =>
        (await database.ReadAsync(
            "select id, active from batch_run", row => (Id: row.GetInt64(0), IsActive: row.GetInt64(1) == 1),
            cancellationToken)).ToDictionary(one => one.Id, one => one.IsActive);
}
