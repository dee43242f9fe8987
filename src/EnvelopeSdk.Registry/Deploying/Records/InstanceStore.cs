using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Deploying.Records;

/// <summary>A process of a deployment.</summary>
/// <param name="Id">Its id, which its command line bears.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Port">Where it listens on the loopback address.</param>
/// <param name="Starts">How often it was started.</param>
/// <param name="Ends">How often it ended without having been told to.</param>
/// <param name="NextStart">When it may be started again.</param>
internal sealed record Instance(
    string Id, long Deployment, int Port, long Starts, long Ends, DateTimeOffset NextStart)
{
    public string Address => FreePorts.AddressOf(Port);
}

/// <summary>
/// The processes of deployments. Each is here before it starts, so that none is ever unknown, whenever the registry
/// ends.
/// </summary>
internal sealed class InstanceStore(RecordsDatabase database)
{
    private const string Columns = "id, deployment, port, starts, ends, next_start";

    public Task<IReadOnlyList<Instance>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync(
        $"select {Columns} from instance order by deployment, id",
        row => new Instance(
            row.GetString(0), row.GetInt64(1), (int)row.GetInt64(2), row.GetInt64(3), row.GetInt64(4),
            new(row.GetInt64(5), TimeSpan.Zero)),
        cancellationToken);

    /// <summary>Adds processes that are to be, within the transaction that moves their deployment on.</summary>
    public static async Task AddAsync(
        Statements statements, long deployment, IEnumerable<int> ports, CancellationToken cancellationToken)
    {
        foreach (var port in ports)
        {
            await statements.RunAsync(
                $"insert into instance ({Columns}) values (@0, @1, @2, 0, 0, 0)", cancellationToken,
                Guid.NewGuid().ToString("N"), deployment, (long)port);
        }
    }

    /// <summary>Notes a start, before it happens.</summary>
    public Task StartingAsync(Instance one, CancellationToken cancellationToken) => RunAsync(
        "update instance set starts = starts + 1 where id = @0", cancellationToken, one.Id);

    /// <summary>Notes an end that nobody wanted, and when it may start again.</summary>
    public Task EndedAsync(Instance one, DateTimeOffset nextStart, int port, CancellationToken cancellationToken) =>
        RunAsync(
            "update instance set ends = ends + 1, next_start = @1, port = @2 where id = @0", cancellationToken, one.Id,
            nextStart.UtcTicks, (long)port);

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
