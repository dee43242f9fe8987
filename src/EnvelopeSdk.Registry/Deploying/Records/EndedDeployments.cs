using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Deploying.Records;

/// <summary>Forgets deployments that ended long ago, with what they came to and what their processes wrote.</summary>
internal sealed class EndedDeployments(RecordsDatabase database)
{
    /// <summary>So many at once, so that others who write do not wait for long.</summary>
    private const int Most = 500;

    /// <summary>
    /// What a rollback leads to stays; and the last one of all, whose id would come again. Whether a rule may need it:
    /// it does not try again what nobody wanted, of which the latest row stays and nothing else.
    /// </summary>
    private static readonly string Ended =
        $"""
        select id, ended, is_needed from (
          select d.id, coalesce(d.live_until, d.step_since) ended,
            case when c.removed is null and d.state in ({DeploymentStore.Unwanted}) and not exists (
              select 1 from deployment later where later.configuration = d.configuration and later.digest = d.digest
                and later.envelope = d.envelope and later.id > d.id and later.state in ({DeploymentStore.Unwanted})
            ) then 1 else 0 end is_needed
          from deployment d join configuration c on c.name = d.configuration
          where (c.place = @0 or c.place is null) and d.active = 0 and d.live = 0
            and d.id < (select max(id) from deployment)
            and not exists (select 1 from instance i where i.deployment = d.id)
            and d.id not in (
              select previous from deployment where (active = 1 or live = 1) and previous is not null)
        ) one
        where ended < @1 and (is_needed = 0 or exists (select 1 from deployment_step s where s.deployment = one.id))
        order by id limit {Most}
        """;

    private const string KeptFrom =
        """
        update configuration set history_from = @1 where (history_from is null or history_from < @1) and name in (
          select configuration from deployment where id = @0)
        """;

    private static readonly string[] Forget =
    [
        "delete from deployment_step where deployment in (values {0})",
        "delete from traffic_sample where deployment in (values {0})",
        "update deployment set previous = null where previous in (values {0})",
        "delete from deployment where id in (values {0})",
    ];

    private static readonly string[] Trim =
        [Forget[0], Forget[1], "update deployment set log = null where id in (values {0})"];

    /// <summary>
    /// Forgets what ended before a time on the configurations of a place, and on those that no place has taken yet.
    /// </summary>
    /// <returns>How many deployments were forgotten, or the most of them; 0 when nothing is left to forget.</returns>
    public Task<int> ForgetAsync(string place, DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async statements =>
            {
                var all = new List<(long Id, long Ended, bool IsNeeded)>();
                await using (var rows = await statements.ReadAsync(Ended, cancellationToken, place, before.UtcTicks))
                {
                    while (await rows.ReadAsync(cancellationToken))
                    {
                        all.Add((rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2) == 1));
                    }
                }

                foreach (var (id, ended, _) in all.Where(one => !one.IsNeeded))
                {
                    await statements.RunAsync(KeptFrom, cancellationToken, id, ended);
                }

                await RunAsync(statements, Trim, all.Where(one => one.IsNeeded), cancellationToken);
                await RunAsync(statements, Forget, all.Where(one => !one.IsNeeded), cancellationToken);
                return all.Count;
            },
            cancellationToken);

    /// <summary>From when on all is known that ended on a configuration.</summary>
    /// <returns>Null: all that ever did.</returns>
    public async Task<DateTimeOffset?> KnownFromAsync(string configuration, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            "select history_from from configuration where name = @0 and history_from is not null",
            row => new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero), cancellationToken, configuration) is [var time]
            ? time
            : null;

    private static async Task RunAsync(
        Statements statements, IEnumerable<string> all, IEnumerable<(long Id, long Ended, bool IsNeeded)> of,
        CancellationToken cancellationToken)
    {
        object?[][] ids = [.. of.Select(one => new object?[] { one.Id })];
        foreach (var statement in all)
        {
            await statements.RunManyAsync(statement, ids, cancellationToken);
        }
    }
}
