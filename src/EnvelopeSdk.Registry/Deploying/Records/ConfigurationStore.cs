using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Deploying.Records;

/// <summary>A version of a configuration.</summary>
internal sealed record ConfigurationVersion(
    string Name, long Version, DeploymentSettings Settings, DateTimeOffset Time, string Who);

/// <summary>The configurations, with each version that they ever had.</summary>
internal sealed class ConfigurationStore(RecordsDatabase database, AuditLog audit, TimeProvider clock)
{
    private const string Columns = "v.configuration, v.version, v.settings, v.time, v.who";

    private const string Current =
        $"""
        select {Columns} from configuration c join configuration_version v
        on v.configuration = c.name and v.version = c.version where c.removed is null
        """;

    private const string Versions =
        $"select {Columns} from configuration_version v where v.configuration = @0 order by v.version desc";

    private const string Next =
        """
        insert into configuration (name, version) values (@0, 1)
        on conflict (name) do update set version = configuration.version + 1, removed = null,
          place = case when configuration.removed is null then configuration.place end
        returning version
        """;

    private const string Insert =
        "insert into configuration_version (configuration, version, settings, time, who) values (@0, @1, @2, @3, @4)";

    private readonly ConcurrentDictionary<(string Name, long Version), DeploymentSettings> _settings = new();

    /// <summary>Makes a configuration, or its next version. What runs stays as it is until it is deployed again.</summary>
    /// <param name="by">Who does.</param>
    /// <param name="name">Its name.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="guard">Throws if the caller may not change those that there are, null: none, to these.</param>
    /// <exception cref="EnvelopeException">It cannot be so, or was changed meanwhile.</exception>
    public async Task<ConfigurationVersion> SaveAsync(
        Caller by, string name, DeploymentSettings settings, CancellationToken cancellationToken,
        Action<DeploymentSettings?>? guard = null)
    {
        EnvelopeName.Check(name, "a configuration");
        SettingsCheck.Run(settings);
        var before = await FindAsync(name, cancellationToken);
        guard?.Invoke(before?.Settings);
        if (before is not null && Json(before.Settings) == Json(settings))
        {
            return before;
        }

        var now = clock.GetUtcNow();
        var entry = new AuditEntry(AuditAction.Configure)
        {
            Subject = name,
            Before = before is null
                ? null
                : JsonSerializer.SerializeToElement(before.Settings, JsonSerializerOptions.Web),
            After = JsonSerializer.SerializeToElement(settings, JsonSerializerOptions.Web),
        };
        var version = await audit.RunAsync(by, [entry], () => database.WriteAsync(
            async statements =>
            {
                await EnsureIsAsync(statements, name, before, cancellationToken);
                var next = await statements.NumberAsync(Next, cancellationToken, name);
                await statements.RunAsync(
                    Insert, cancellationToken, name, next, StoredText.Write(Json(settings)), now.UtcTicks,
                    StoredText.Write(by.Who));
                return next;
            },
            cancellationToken));
        return new(name, version, settings, now, by.Who);
    }

    /// <summary>The configurations as they are now, by their names.</summary>
    public Task<IReadOnlyList<ConfigurationVersion>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync($"{Current} order by c.name", Read, cancellationToken);

    /// <returns>Null when there is none of the name.</returns>
    public async Task<ConfigurationVersion?> FindAsync(string name, CancellationToken cancellationToken) =>
        await database.ReadAsync($"{Current} and c.name = @0", Read, cancellationToken, name) is [var one] ? one : null;

    /// <exception cref="EnvelopeException">There is none of the name.</exception>
    public async Task<ConfigurationVersion> GetAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) ?? throw new EnvelopeException(
            EnvelopeError.NotFound,
            $"There is no configuration '{name}'. 'envelope configuration list' lists them, and 'envelope configuration "
            + "set' makes one.");

    /// <summary>All versions of a configuration, the newest first.</summary>
    public Task<IReadOnlyList<ConfigurationVersion>> VersionsAsync(string name, CancellationToken cancellationToken) =>
        database.ReadAsync(Versions, Read, cancellationToken, name);

    /// <summary>The settings of a version that there is, which never change.</summary>
    public async Task<DeploymentSettings> SettingsAsync(
        string name, long version, CancellationToken cancellationToken)
    {
        if (!_settings.TryGetValue((name, version), out var known))
        {
            var rows = await database.ReadAsync(
                $"select {Columns} from configuration_version v where v.configuration = @0 and v.version = @1", Read,
                cancellationToken, name, version);
            known = _settings[(name, version)] = rows[0].Settings;
        }

        return known;
    }

    /// <summary>The configurations that the engine of a place runs: those that it had, and those that none has.</summary>
    public async Task<IReadOnlyList<ConfigurationVersion>> TakeAsync(string place, CancellationToken cancellationToken)
    {
        var free = await database.ReadAsync(
            "select name from configuration where place is null and removed is null", row => row.GetString(0),
            cancellationToken);
        if (free.Count > 0)
        {
            await database.WriteAsync(
                async statements =>
                {
                    await statements.RunAsync(
                        "update configuration set place = @0 where place is null", cancellationToken, place);
                    return true;
                },
                cancellationToken);
        }

        return await database.ReadAsync(
            $"{Current} and c.place = @0 order by c.name", Read, cancellationToken, place);
    }

    /// <summary>Takes a configuration away, with its rules. What runs of it ends what it has begun, and then ends.</summary>
    /// <param name="by">Who does.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="guard">Throws if the caller may not take it away.</param>
    /// <exception cref="EnvelopeException">
    /// There is none of the name, a deployment is under way, or it was changed meanwhile.
    /// </exception>
    public async Task RemoveAsync(
        Caller by, string name, CancellationToken cancellationToken, Action<DeploymentSettings>? guard = null)
    {
        var one = await GetAsync(name, cancellationToken);
        guard?.Invoke(one.Settings);
        var entry = new AuditEntry(AuditAction.RemoveConfiguration)
        {
            Subject = name,
            Before = JsonSerializer.SerializeToElement(one.Settings, JsonSerializerOptions.Web),
        };
        await audit.RunAsync(by, [entry], () => database.WriteAsync(
            async statements =>
            {
                await EnsureIsAsync(statements, name, one, cancellationToken);
                if (await statements.NumberAsync(
                    "select id from deployment where configuration = @0 and active = 1", cancellationToken, name)
                    is var active and > 0)
                {
                    throw new EnvelopeException(
                        EnvelopeError.Mismatch,
                        $"The deployment {active} of '{name}' is under way. Cancel it first, or wait for its end.");
                }

                var now = clock.GetUtcNow().UtcTicks;
                await statements.RunAsync("delete from rule where configuration = @0", cancellationToken, name);
                var live = await statements.NumberAsync(
                    DeploymentSql.Retire, cancellationToken, name, now, DeploymentState.Retired);
                if (live > 0)
                {
                    await statements.RunAsync(
                        DeploymentSql.AddStep, cancellationToken, live, DeploymentState.Retired, now,
                        StoredText.Write(by.Who), "The configuration was removed.", 0L);
                }

                await statements.RunAsync(
                    "update configuration set removed = @1 where name = @0", cancellationToken, name, now);
                return true;
            },
            cancellationToken));
    }

    /// <summary>What was looked at is still what there is: two may change it at once.</summary>
    private static async Task EnsureIsAsync(
        Statements statements, string name, ConfigurationVersion? one, CancellationToken cancellationToken)
    {
        if (await statements.NumberAsync(
            "select version from configuration where name = @0 and removed is null", cancellationToken, name)
            != (one?.Version ?? -1))
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch, $"The configuration '{name}' was changed just now. Look at it again.");
        }
    }

    private static string Json(DeploymentSettings settings) =>
        JsonSerializer.Serialize(settings, JsonSerializerOptions.Web);

    private static ConfigurationVersion Read(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1),
        JsonSerializer.Deserialize<DeploymentSettings>(StoredText.Read(row.GetString(2)), JsonSerializerOptions.Web)!,
        new(row.GetInt64(3), TimeSpan.Zero), StoredText.Read(row.GetString(4)));
}
