using System.Data.Common;
using System.Text.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Deploying.Records;

/// <summary>The rules of configurations.</summary>
internal sealed class RuleStore(RecordsDatabase database, AuditLog audit, TimeProvider clock)
{
    private const string Columns = "configuration, name, settings, time, who";

    private const string Save =
        """
        insert into rule (configuration, name, settings, time, who) values (@0, @1, @2, @3, @4)
        on conflict (configuration, name) do update set settings = excluded.settings, time = excluded.time,
          who = excluded.who
        """;

    /// <summary>Makes a rule, or changes it.</summary>
    /// <exception cref="EnvelopeException">It cannot be so.</exception>
    public async Task<DeploymentRule> SaveAsync(
        Caller by, string configuration, string name, RuleSettings settings, CancellationToken cancellationToken)
    {
        EnvelopeName.Check(name, "a rule");
        SettingsCheck.Run(settings);
        var rule = new DeploymentRule(configuration, name, settings, clock.GetUtcNow(), by.Who);
        await audit.RunAsync(by, [Entry(AuditAction.SetRule, rule)], () => WriteAsync(
            Save, cancellationToken, configuration, name,
            StoredText.Write(JsonSerializer.Serialize(settings, JsonSerializerOptions.Web)), rule.Changed.UtcTicks,
            StoredText.Write(by.Who)));
        return rule;
    }

    /// <summary>The rules of a configuration, or of all.</summary>
    public Task<IReadOnlyList<DeploymentRule>> ListAsync(
        string? configuration, CancellationToken cancellationToken) => configuration is null
        ? database.ReadAsync($"select {Columns} from rule order by configuration, name", Read, cancellationToken)
        : database.ReadAsync(
            $"select {Columns} from rule where configuration = @0 order by name", Read, cancellationToken,
            configuration);

    /// <exception cref="EnvelopeException">There is none of the name.</exception>
    public async Task<DeploymentRule> GetAsync(
        string configuration, string name, CancellationToken cancellationToken) =>
        (await ListAsync(configuration, cancellationToken)).FirstOrDefault(one => one.Name == name)
        ?? throw new EnvelopeException(
            EnvelopeError.NotFound,
            $"The configuration '{configuration}' has no rule '{name}'. 'envelope rule list' lists them.");

    /// <exception cref="EnvelopeException">There is none of the name.</exception>
    public async Task RemoveAsync(Caller by, string configuration, string name, CancellationToken cancellationToken)
    {
        var rule = await GetAsync(configuration, name, cancellationToken);
        await audit.RunAsync(by, [Entry(AuditAction.RemoveRule, rule)], () => WriteAsync(
            "delete from rule where configuration = @0 and name = @1", cancellationToken, configuration, name));
    }

    private static AuditEntry Entry(string action, DeploymentRule rule) => new(action)
    {
        Subject = $"{rule.Configuration}/{rule.Name}",
        After = JsonSerializer.SerializeToElement(rule.Settings, JsonSerializerOptions.Web),
    };

    private Task WriteAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        database.WriteAsync(
            async statements =>
            {
                await statements.RunAsync(sql, cancellationToken, values);
                return true;
            },
            cancellationToken);

    private static DeploymentRule Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1),
        JsonSerializer.Deserialize<RuleSettings>(StoredText.Read(row.GetString(2)), JsonSerializerOptions.Web)!,
        new(row.GetInt64(3), TimeSpan.Zero), StoredText.Read(row.GetString(4)));
}
