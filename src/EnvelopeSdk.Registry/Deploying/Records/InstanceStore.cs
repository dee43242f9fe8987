using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Deploying.Records;

/// <summary>A process of a deployment.</summary>
/// <param name="Id">Its id, which its command line bears.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Port">Where it listens on the loopback address.</param>
/// <param name="Started">When it was started last, in UTC; long ago if it was not.</param>
/// <param name="IsReady">Whether it has said since then that it is ready.</param>
/// <param name="Ends">How often it ended without having been told to.</param>
/// <param name="NextStart">When it may be started again.</param>
internal sealed record Instance(
    string Id, long Deployment, int Port, DateTimeOffset Started, bool IsReady, long Ends, DateTimeOffset NextStart)
{
    public string Address => FreePorts.AddressOf(Port);
}

/// <summary>
/// The processes of deployments at a place. Each is here before it starts, so that none is ever unknown, whenever the
/// registry ends.
/// </summary>
internal sealed class InstanceStore(RecordsDatabase database, EnginePlace place, TimeProvider clock)
{
    private const string Columns = "id, deployment, port, started, ready, ends, next_start";

    public Task<IReadOnlyList<Instance>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync(
        $"select {Columns} from instance where place = @0 order by deployment, id",
        row => new Instance(
            row.GetString(0), row.GetInt64(1), (int)row.GetInt64(2), new(row.GetInt64(3), TimeSpan.Zero),
            row.GetInt64(4) == 1, row.GetInt64(5), new(row.GetInt64(6), TimeSpan.Zero)),
        cancellationToken, place.Id);

    /// <summary>Adds processes that are to be, within the transaction that moves their deployment on.</summary>
    public async Task AddAsync(
        Statements statements, long deployment, IEnumerable<int> ports, CancellationToken cancellationToken)
    {
        foreach (var port in ports)
        {
            await statements.RunAsync(
                $"insert into instance ({Columns}, place) values (@0, @1, @2, 0, 0, 0, 0, @3)", cancellationToken,
                Guid.NewGuid().ToString("N"), deployment, (long)port, place.Id);
        }
    }

    /// <summary>Notes a start, before it happens.</summary>
    public Task StartingAsync(Instance one, CancellationToken cancellationToken) => RunAsync(
        "update instance set started = @1, ready = 0 where id = @0", cancellationToken, one.Id,
        clock.GetUtcNow().UtcTicks);

    /// <summary>Notes whether it may get requests.</summary>
    public Task SetReadyAsync(Instance one, bool isReady, CancellationToken cancellationToken) => RunAsync(
        "update instance set ready = @1 where id = @0", cancellationToken, one.Id, isReady ? 1L : 0L);

    /// <summary>Notes an end that nobody wanted, and when it may start again.</summary>
    public Task EndedAsync(Instance one, DateTimeOffset nextStart, int port, CancellationToken cancellationToken) =>
        RunAsync(
            "update instance set ends = ends + 1, next_start = @1, port = @2, ready = 0 where id = @0",
            cancellationToken, one.Id, nextStart.UtcTicks, (long)port);

    /// <summary>Forgets ends that are long ago.</summary>
    public Task RecoveredAsync(Instance one, CancellationToken cancellationToken) =>
        RunAsync("update instance set ends = 0 where id = @0", cancellationToken, one.Id);

    public Task RemoveAsync(Instance one, CancellationToken cancellationToken) =>
        RunAsync("delete from instance where id = @0", cancellationToken, one.Id);

    private Task RunAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        database.WriteAsync(
            async statements =>
            {
                await statements.RunAsync(sql, cancellationToken, values);
                return true;
            },
            cancellationToken);
}
