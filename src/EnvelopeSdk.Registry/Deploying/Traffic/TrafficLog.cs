using System.Data.Common;
using System.Text.Json;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Deploying.Traffic;

/// <summary>
/// What gateways counted of deployments, kept for an hour: in the database, so that neither a gateway that is started
/// anew nor a registry that is forgets what was counted before.
/// </summary>
internal sealed class TrafficLog(RecordsDatabase database, TimeProvider clock)
{
    private const string Columns = "deployment, time, started, counts";

    private const string Insert =
        $"insert into traffic_sample ({Columns}) values {{0}} on conflict (deployment, time) do nothing";

    /// <summary>The last that is old enough begins the hour, however old it is: a registry may have ended.</summary>
    private const string Needed =
        $"""
        select {Columns} from traffic_sample where deployment = @0 and time >= coalesce(
          (select max(time) from traffic_sample where deployment = @0 and time <= @1), 0) order by time
        """;

    private const string Prune =
        """
        delete from traffic_sample where time < @0 or exists (select 1 from traffic_sample later
          where later.deployment = traffic_sample.deployment and later.time > traffic_sample.time and later.time <= @1)
        """;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Keeps samples, and forgets those that no hour needs any more.</summary>
    public Task AddAsync(IEnumerable<TrafficSample> samples, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async statements =>
            {
                var now = clock.GetUtcNow();
                await statements.RunManyAsync(Insert, [.. samples.Select(Row)], cancellationToken);
                await statements.RunAsync(
                    Prune, cancellationToken, (now - Longest).UtcTicks, (now - Hour).UtcTicks);
                return true;
            },
            cancellationToken);

    /// <summary>What a deployment did in the last hour.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="status">How the gateway does now; null: that is not known.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Null: nothing is known of it.</returns>
    public async Task<CountedTraffic?> LastHourAsync(
        long deployment, GatewayStatus? status, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var kept = await database.ReadAsync(
            Needed, Read, cancellationToken, deployment, (now - Hour).UtcTicks);
        var last = status is null
            ? []
            : TrafficSample.Of(status, now).Where(sample => sample.Deployment == deployment);
        return CountedTraffic.Of([.. kept, .. last]);
    }

    private static object?[] Row(TrafficSample one) =>
    [
        one.Deployment, one.Time.UtcTicks, one.Started.UtcTicks,
        JsonSerializer.Serialize(one.Counts, JsonSerializerOptions.Web),
    ];

    private static TrafficSample Read(DbDataReader row) => new(
        row.GetInt64(0), new(row.GetInt64(1), TimeSpan.Zero), new(row.GetInt64(2), TimeSpan.Zero),
        JsonSerializer.Deserialize<VersionCounts>(row.GetString(3), JsonSerializerOptions.Web)!);
}
