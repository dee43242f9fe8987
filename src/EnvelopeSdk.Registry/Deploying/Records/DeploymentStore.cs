using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Deploying.Records;

/// <summary>What is to be deployed, and why.</summary>
/// <param name="Configuration">On what.</param>
/// <param name="Envelope">What.</param>
/// <param name="Platform">With what services are built.</param>
/// <param name="Who">Who wants it.</param>
/// <param name="Rule">The rule that asks for it.</param>
/// <param name="Approval">Why somebody has to approve it.</param>
/// <param name="TakesBack">The deployment whose place it takes as a rollback.</param>
internal sealed record WantedDeployment(
    ConfigurationVersion Configuration, EnvelopeReference Envelope, string Platform, string Who, string? Rule = null,
    string? Approval = null, DeploymentRow? TakesBack = null)
{
    /// <summary>What a rollback of it leads to; null: what runs now.</summary>
    public long? Previous { get; init; }
}

/// <summary>The deployments: where each is, and what it came to.</summary>
internal sealed class DeploymentStore(RecordsDatabase database, TimeProvider clock)
{
    /// <summary>The states in which nobody wanted it, for a condition.</summary>
    public static readonly string Unwanted = string.Join(", ", DeploymentState.Unwanted.Select(one => $"'{one}'"));

    /// <summary>Asks for a deployment.</summary>
    /// <param name="wanted">What is to be deployed.</param>
    /// <param name="live">What ran when that was decided; null: nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Its id; null when another of the configuration is under way, or has come to run since.</returns>
    public Task<long?> AddAsync(WantedDeployment wanted, DeploymentRow? live, CancellationToken cancellationToken) =>
        database.WriteAsync<long?>(
            async statements =>
            {
                var (name, now) = (wanted.Configuration.Name, clock.GetUtcNow().UtcTicks);
                if (await statements.NumberAsync(
                    "select id from deployment where configuration = @0 and active = 1", cancellationToken, name) > 0
                    || await statements.NumberAsync(
                        "select id from deployment where configuration = @0 and live = 1", cancellationToken, name)
                        != (live?.Id ?? -1))
                {
                    return null;
                }

                if (await statements.NumberAsync(
                    "select 1 from configuration where name = @0 and removed is null", cancellationToken, name) != 1)
                {
                    throw new EnvelopeException(
                        EnvelopeError.NotFound, $"The configuration '{name}' was removed just now.");
                }

                var previous = wanted.TakesBack is null
                    ? await statements.NumberAsync(
                        DeploymentSql.Before, cancellationToken, name, wanted.Configuration.Version,
                        wanted.Envelope.Name, wanted.Envelope.Digest.ToString(), wanted.Platform)
                    : wanted.Previous ?? -1;
                var id = await statements.NumberAsync(
                    DeploymentSql.Insert, cancellationToken, name, wanted.Configuration.Version, wanted.Envelope.Name,
                    wanted.Envelope.Digest.ToString(), wanted.Platform, DeploymentState.Requested,
                    Text(wanted.Approval), now, StoredText.Write(wanted.Who), wanted.Rule,
                    previous < 0 ? null : previous, wanted.TakesBack?.Id);
                await statements.RunAsync(
                    DeploymentSql.AddStep, cancellationToken, id, DeploymentState.Requested, now,
                    StoredText.Write(wanted.Who), Text(wanted.Approval), 0L);
                return id;
            },
            cancellationToken);

    /// <summary>Moves a deployment on to another state, in one step with what belongs to it.</summary>
    /// <param name="one">The deployment, as it was read.</param>
    /// <param name="state">The state.</param>
    /// <param name="note">What there is to say of it.</param>
    /// <param name="who">Who does it; null: the engine.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="also">What else is changed with it.</param>
    /// <returns>Whether it was still where it was read.</returns>
    public Task<bool> MoveAsync(
        DeploymentRow one, string state, string? note, string? who, CancellationToken cancellationToken,
        Func<Statements, Task>? also = null) => database.WriteAsync(
        async statements =>
        {
            var now = clock.GetUtcNow().UtcTicks;
            var isActive = DeploymentState.Active.Contains(state);
            if (await statements.NumberAsync(
                DeploymentSql.Move, cancellationToken, one.Id, one.State, state, Text(note), isActive ? 1L : 0L, now) != 1)
            {
                return false;
            }

            await (also?.Invoke(statements) ?? Task.CompletedTask);
            await statements.RunAsync(
                DeploymentSql.AddStep, cancellationToken, one.Id, state, now, Text(who), Text(note), 0L);
            return true;
        },
        cancellationToken);

    /// <summary>Lets a deployment fail.</summary>
    /// <param name="one">The deployment.</param>
    /// <param name="failure">
    /// Why; behind its first line what its processes wrote, which is kept for those who may deploy: it is theirs to say.
    /// </param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<bool> FailAsync(DeploymentRow one, string failure, CancellationToken cancellationToken)
    {
        var parts = failure.Split('\n', 2);
        return MoveAsync(
            one, DeploymentState.Failed, parts[0], null, cancellationToken,
            statements => statements.RunAsync(
                "update deployment set log = @1 where id = @0", cancellationToken, one.Id,
                Text(parts.Length > 1 ? parts[1] : null)));
    }

    /// <summary>What the processes of a deployment wrote before it failed; null: it has not.</summary>
    public async Task<string?> LogAsync(long id, CancellationToken cancellationToken) => await database.ReadAsync(
        "select log from deployment where id = @0 and log is not null", row => StoredText.Read(row.GetString(0)),
        cancellationToken, id) is [var log] ? log : null;

    /// <summary>Says something of a deployment without moving it.</summary>
    public Task ExplainAsync(DeploymentRow one, string? reason, CancellationToken cancellationToken) =>
        one.Shown.Reason == reason ? Task.CompletedTask : RunAsync(
            "update deployment set reason = @2 where id = @0 and state = @1", cancellationToken, one.Id, one.State,
            Text(reason));

    /// <summary>Lets a deployment be what runs, and what ran before be that no more.</summary>
    /// <param name="one">The deployment.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<bool> GoLiveAsync(DeploymentRow one, CancellationToken cancellationToken) => MoveAsync(
        one, DeploymentState.Live, null, null, cancellationToken, async statements =>
        {
            var now = clock.GetUtcNow().UtcTicks;
            var end = one.Shown.TakesBack is null ? DeploymentState.Retired : DeploymentState.RolledBack;
            var before = await statements.NumberAsync(
                DeploymentSql.Retire, cancellationToken, one.Configuration, now, end);
            if (before > 0)
            {
                await statements.RunAsync(
                    DeploymentSql.AddStep, cancellationToken, before, end, now, null, $"The deployment {one.Id} has "
                    + "taken its place.", 0L);
            }

            await statements.RunAsync(
                DeploymentSql.Promote, cancellationToken, one.Id, DeploymentState.Live, now);
        });

    /// <returns>Null when there is none of the id.</returns>
    public async Task<DeploymentRow?> FindAsync(long id, CancellationToken cancellationToken) =>
        await ReadAsync("id = @0", cancellationToken, id) is [var one] ? one : null;

    /// <summary>The deployments that are under way or run, of all configurations or one.</summary>
    public Task<IReadOnlyList<DeploymentRow>> CurrentAsync(
        string? configuration, CancellationToken cancellationToken) => configuration is null
        ? ReadAsync("active = 1 or live = 1 order by id", cancellationToken)
        : ReadAsync("(active = 1 or live = 1) and configuration = @0 order by id", cancellationToken, configuration);

    /// <summary>The deployments of a configuration, the latest first.</summary>
    public Task<IReadOnlyList<DeploymentRow>> ListAsync(
        string configuration, long? before, int limit, CancellationToken cancellationToken) => ReadAsync(
        $"configuration = @0 and id < @1 order by id desc limit {limit}", cancellationToken, configuration,
        before ?? long.MaxValue);

    /// <summary>The deployments of an envelope, the latest first.</summary>
    public Task<IReadOnlyList<DeploymentRow>> OfEnvelopeAsync(
        EnvelopeReference envelope, CancellationToken cancellationToken) => ReadAsync(
        "digest = @0 and envelope = @1 order by id desc limit 200", cancellationToken, envelope.Digest.ToString(),
        envelope.Name);

    /// <summary>What ran on a configuration at a time.</summary>
    /// <returns>Null when nothing did.</returns>
    public async Task<DeploymentRow?> AtAsync(
        string configuration, DateTimeOffset time, CancellationToken cancellationToken) => await ReadAsync(
        "configuration = @0 and live_from <= @1 and (live_until is null or live_until > @1) order by id desc limit 1",
        cancellationToken, configuration, time.UtcTicks) is [var one]
        ? one
        : null;

    /// <summary>Whether an envelope has come to an end on a configuration that nobody wanted.</summary>
    public async Task<DeploymentRow?> UnwantedAsync(
        string configuration, EnvelopeReference envelope, CancellationToken cancellationToken) => await ReadAsync(
        $"configuration = @0 and digest = @1 and envelope = @2 and state in ({Unwanted}) order by id desc limit 1",
        cancellationToken, configuration, envelope.Digest.ToString(), envelope.Name) is [var one]
        ? one
        : null;

    /// <summary>What a deployment came to, the earliest first.</summary>
    public Task<IReadOnlyList<DeploymentStep>> StepsAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "select id, state, time, who, note from deployment_step where deployment = @0 order by id",
            UntoldStep.ReadStep, cancellationToken, id);

    /// <summary>The steps that were not announced yet, the earliest first.</summary>
    public Task<IReadOnlyList<UntoldStep>> UntoldAsync(CancellationToken cancellationToken) => database.ReadAsync(
        """
        select s.id, s.state, s.time, s.who, s.note, d.id, d.configuration, d.envelope, d.digest
        from deployment_step s join deployment d on d.id = s.deployment where s.told = 0 order by s.id limit 100
        """,
        UntoldStep.Read, cancellationToken);

    /// <summary>Notes that steps were announced, to that of an id.</summary>
    public Task ToldAsync(long last, CancellationToken cancellationToken) =>
        RunAsync("update deployment_step set told = 1 where told = 0 and id <= @0", cancellationToken, last);

    /// <summary>Begins a step of a canary.</summary>
    /// <param name="one">The deployment.</param>
    /// <param name="step">The step.</param>
    /// <param name="counted">What the gateway has counted until now, as JSON.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<bool> BeginStepAsync(
        DeploymentRow one, int step, string? counted, CancellationToken cancellationToken) => database.WriteAsync(
        async statements => await statements.NumberAsync(
            """
            update deployment set step = @2, step_since = @3, canary = @4, reason = null
            where id = @0 and state = @1 returning 1
            """,
            cancellationToken, one.Id, one.State, (long)step, clock.GetUtcNow().UtcTicks, counted) == 1,
        cancellationToken);

    private Task<IReadOnlyList<DeploymentRow>> ReadAsync(
        string condition, CancellationToken cancellationToken, params object?[] values) => database.ReadAsync(
        $"select {DeploymentSql.Columns} from deployment where {condition}", DeploymentRow.Read, cancellationToken,
        values);

    private Task RunAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        database.WriteAsync(
            async statements =>
            {
                await statements.RunAsync(sql, cancellationToken, values);
                return true;
            },
            cancellationToken);

    private static string? Text(string? text) => text is null ? null : StoredText.Write(text);
}
