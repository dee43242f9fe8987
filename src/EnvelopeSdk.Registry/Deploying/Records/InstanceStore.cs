using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Deploying.Records;

/// <summary>A process of a deployment.</summary>
/// <param name="Id">Its id, which its command line bears.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Runtime">What runs it, one of <see cref="ServiceRuntime"/>.</param>
/// <param name="Address">Where it listens, such as <c>http://127.0.0.1:40123</c>.</param>
/// <param name="Started">When it was started last, in UTC; long ago if it was not.</param>
/// <param name="IsReady">Whether it has said since then that it is ready.</param>
/// <param name="Ends">How often it ended without having been told to.</param>
/// <param name="NextStart">When it may be started again.</param>
internal sealed record Instance(
    string Id, long Deployment, string Runtime, string Address, DateTimeOffset Started, bool IsReady, long Ends,
    DateTimeOffset NextStart);

/// <summary>
/// The processes of deployments at a place. Each is here before it starts, so that none is ever unknown, whenever the
/// registry ends.
/// </summary>
internal sealed class InstanceStore(RecordsDatabase database, EnginePlace place, TimeProvider clock)
{
    private const string Columns = "id, deployment, runtime, address, started, ready, ends, next_start";

    public Task<IReadOnlyList<Instance>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync(
        $"select {Columns} from instance where place = @0 order by deployment, id",
        row => new Instance(
            row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3),
            new(row.GetInt64(4), TimeSpan.Zero), row.GetInt64(5) == 1, row.GetInt64(6),
            new(row.GetInt64(7), TimeSpan.Zero)),
        cancellationToken, place.Id);

    /// <summary>Adds processes that are to be, within the transaction that moves their deployment on.</summary>
    public async Task AddAsync(
        Statements statements, long deployment, string runtime, IEnumerable<string> addresses,
        CancellationToken cancellationToken)
    {
        foreach (var address in addresses)
        {
            await statements.RunAsync(
                $"insert into instance ({Columns}, place) values (@0, @1, @2, @3, 0, 0, 0, 0, @4)", cancellationToken,
                Guid.NewGuid().ToString("N"), deployment, runtime, address, place.Id);
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
    public Task EndedAsync(
        Instance one, DateTimeOffset nextStart, string address, CancellationToken cancellationToken) => RunAsync(
        "update instance set ends = ends + 1, next_start = @1, address = @2, ready = 0 where id = @0",
        cancellationToken, one.Id, nextStart.UtcTicks, address);

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
