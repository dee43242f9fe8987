using System.Text.Json;
using EnvelopeSdk.Gateway.Control;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Deploying.Routing;

/// <summary>
/// Tells the gateway where requests go: all that the database says, in one statement, whenever that has changed or the
/// gateway does not know it.
/// </summary>
internal sealed class RouteTeller(
    RecordsDatabase database, EnginePlace place, GatewayProcess gateway, Lazy<GatewayClient> client, TimeProvider clock,
    ILogger<RouteTeller> log)
{
    private const string Known = "select revision, routes from gateway_routes where place = @0";

    private const string Save =
        """
        insert into gateway_routes (place, revision, routes) values (@0, @1, @2)
        on conflict (place) do update set revision = excluded.revision, routes = excluded.routes
        """;

    /// <summary>How the gateway did when it was asked last; null: it did not answer.</summary>
    public GatewayStatus? Status { get; private set; }

    /// <summary>The routes that the gateway has; null: that is not known.</summary>
    public IReadOnlyList<Route>? Told { get; private set; }

    /// <summary>Why the gateway cannot be told anything; null: it can.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Says at the start what would keep a gateway from starting, before something is deployed.</summary>
    public async Task LookAheadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await gateway.WhyNotAsync(client.Value, cancellationToken) is { } trouble)
            {
                log.NoGateway(trouble);
            }
        }
        catch (EnvelopeException)
        {
            // said as soon as there is something to tell it
        }
    }

    /// <summary>Tells the routes, and asks how the gateway does.</summary>
    public async Task RunAsync(IReadOnlyList<Route> routes, CancellationToken cancellationToken)
    {
        var list = await NumberAsync(routes, 0, cancellationToken);
        try
        {
            if (routes.Count > 0)
            {
                await gateway.EnsureAsync(client.Value, cancellationToken);
            }

            var status = await client.Value.StatusAsync(cancellationToken);
            if (status.Revision > list.Revision)
            {
                list = await NumberAsync(routes, status.Revision + 1, cancellationToken); // a backup came back
            }

            if (status.Revision != list.Revision)
            {
                await client.Value.ReplaceAsync(list, cancellationToken);
                status = await client.Value.StatusAsync(cancellationToken);
            }

            (Status, Told, Trouble) = (status, status.Revision == list.Revision ? list.Routes : null, null);
        }
        catch (EnvelopeException failure)
        {
            if (routes.Count > 0 && Trouble != failure.Message)
            {
                log.NotTold(failure.Message);
            }

            (Status, Told, Trouble) = (null, null, routes.Count == 0 ? null : failure.Message);
        }
    }

    /// <summary>Whether all requests of a route go to one version, and no other has one under way.</summary>
    public bool IsAlone(string route, string version) =>
        Told?.Where(one => one.Name == route).ToList() is [{ Versions: [var only] }] && only.Id == version
        && Status?.Leaving.Any(one => one.Route == route && one.Version != version) == false;

    /// <summary>Whether no request is at an address, and none will be.</summary>
    public bool HasLeft(string address) =>
        Told is not null && !Told.SelectMany(one => one.Versions).Any(one => one.Replicas.Contains(address))
        && Status?.Replicas.Any(one => one.Address == address && one.InFlight > 0) == false;

    /// <summary>
    /// The statement with its number: another one than before if it says something else. Numbers are times, so that
    /// none comes again with an older database, which knows less than the gateway was told.
    /// </summary>
    private async Task<RouteList> NumberAsync(
        IReadOnlyList<Route> routes, long least, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(routes, JsonSerializerOptions.Web);
        var rows = await database.ReadAsync(
            Known, row => (Revision: row.GetInt64(0), Routes: StoredText.Read(row.GetString(1))), cancellationToken,
            place.Id);
        var known = rows is [var row] ? row : default;
        if (known.Routes == text && known.Revision >= least)
        {
            return new(known.Revision, routes);
        }

        var revision = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds(), Math.Max(known.Revision + 1, least));
        await database.WriteAsync(
            async statements =>
            {
                await statements.RunAsync(
                    Save, cancellationToken, place.Id, revision, StoredText.Write(text));
                return true;
            },
            cancellationToken);
        return new(revision, routes);
    }
}
