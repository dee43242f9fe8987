using System.Text.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Gates;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>What callers do with deployments: each is in the audit, and the engine does the rest.</summary>
internal sealed class DeploymentDesk(
    ConfigurationStore configurations, DeploymentStore deployments, RuleStore rules, EnvelopeGates gates, AuditLog audit,
    DeployingOptions options)
{
    private const string OtherPerson = "Somebody else than who asked for it has to approve it.";

    /// <summary>Asks for a deployment.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="name">The configuration.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="rule">The rule that asks; null: a person does.</param>
    /// <param name="doubt">Why somebody has to approve it besides what the configuration says.</param>
    /// <exception cref="EnvelopeException">
    /// There is no such configuration, or another deployment of it is under way.
    /// </exception>
    public async Task<Deployment> RequestAsync(
        Caller by, string name, EnvelopeReference envelope, CancellationToken cancellationToken, string? rule = null,
        string? doubt = null)
    {
        var configuration = await configurations.GetAsync(name, cancellationToken);
        var running = await LiveAsync(name, cancellationToken);
        string?[] approvals =
        [
            configuration.Settings.NeedsApproval ? OtherPerson : null, doubt,
            await gates.IncompatibleAsync(envelope, running?.Envelope, cancellationToken),
        ];
        var approval = string.Join(' ', approvals.OfType<string>());
        return await AddAsync(
            by, AuditAction.Deploy,
            new(
                configuration, envelope, options.Platform, by.Who, rule, approval.Length == 0 ? null : approval),
            running, cancellationToken);
    }

    /// <summary>Lets what ran before run again, as it was: its envelope, its settings and its platform.</summary>
    /// <returns>
    /// The deployment that brings it back; or, where a deployment is under way that has not got all requests, what runs.
    /// </returns>
    /// <exception cref="EnvelopeException">There is nothing to go back to.</exception>
    public async Task<Deployment> RollBackAsync(Caller by, string name, CancellationToken cancellationToken)
    {
        await configurations.GetAsync(name, cancellationToken);
        var live = await LiveAsync(name, cancellationToken)
            ?? throw Conflict($"Nothing runs on '{name}', so there is nothing to take back.");
        if (await ActiveAsync(name, cancellationToken) is { } active)
        {
            await EndAsync(by, active, DeploymentState.Cancelled, AuditAction.CancelDeployment, cancellationToken);
            return live.Shown;
        }

        var target = live.Shown.Previous is { } previous
            ? await deployments.FindAsync(previous, cancellationToken)
            : null;
        if (target is null)
        {
            throw Conflict(
                $"Nothing else is known to have run on '{name}' before what runs now, the deployment {live.Id}. "
                + $"'envelope deployment list {name}' says what ran at other times: deploy one of those by its digest.");
        }

        var settings = await configurations.SettingsAsync(name, target.Shown.Version, cancellationToken);
        return await AddAsync(
            by, AuditAction.RollBack,
            new(
                new(name, target.Shown.Version, settings, default, by.Who), target.Envelope, target.Shown.Platform, by.Who,
                TakesBack: live)
            {
                Previous = target.Shown.Previous,
            },
            live, cancellationToken);
    }

    /// <summary>Lets a deployment go on that waits for approval.</summary>
    /// <exception cref="EnvelopeException">It does not wait, or somebody else has to approve it.</exception>
    public async Task<Deployment> ApproveAsync(Caller by, DeploymentRow one, CancellationToken cancellationToken)
    {
        EnsureWaits(one);
        var settings = await configurations.SettingsAsync(one.Configuration, one.Shown.Version, cancellationToken);
        var author = (await rules.ListAsync(one.Configuration, cancellationToken))
            .FirstOrDefault(rule => rule.Name == one.Shown.Rule)?.ChangedBy;
        if (settings.NeedsApproval && one.Shown.Rule is not null && author is null)
        {
            throw Conflict(
                $"The rule '{one.Shown.Rule}' that asked for the deployment {one.Id} is gone, so that nobody knows "
                + "whose it was. Reject it, and deploy the envelope again.");
        }

        if (settings.NeedsApproval && (by.Who == one.Shown.RequestedBy || by.Who == author))
        {
            throw Conflict(
                $"'{by.Who}' has asked for the deployment {one.Id}, or made the rule that did, and somebody else has to "
                + "approve it.");
        }

        return await ChangeAsync(
            by, AuditAction.ApproveDeployment, one,
            () => deployments.MoveAsync(
                one, DeploymentState.Approved, null, by.Who, cancellationToken,
                statements => statements.RunAsync(
                    "update deployment set approved_by = @1 where id = @0", cancellationToken, one.Id,
                    Data.Databases.StoredText.Write(by.Who))));
    }

    /// <summary>Ends a deployment that waits for approval.</summary>
    /// <exception cref="EnvelopeException">It does not wait.</exception>
    public Task<Deployment> RejectAsync(Caller by, DeploymentRow one, CancellationToken cancellationToken)
    {
        EnsureWaits(one);
        return EndAsync(by, one, DeploymentState.Rejected, AuditAction.RejectDeployment, cancellationToken);
    }

    /// <summary>Stops a deployment; what ran before gets all requests.</summary>
    /// <exception cref="EnvelopeException">It is not under way, or all but live.</exception>
    public Task<Deployment> CancelAsync(Caller by, DeploymentRow one, CancellationToken cancellationToken) =>
        EndAsync(by, one, DeploymentState.Cancelled, AuditAction.CancelDeployment, cancellationToken);

    /// <summary>Lets a canary get all requests now.</summary>
    /// <exception cref="EnvelopeException">It is none.</exception>
    public Task<Deployment> PromoteAsync(Caller by, DeploymentRow one, CancellationToken cancellationToken) =>
        one.State == DeploymentState.Canary
            ? ChangeAsync(
                by, AuditAction.PromoteDeployment, one,
                () => deployments.MoveAsync(one, DeploymentState.Switched, "Promoted.", by.Who, cancellationToken))
            : throw Conflict(
                $"The deployment {one.Id} of '{one.Configuration}' is {one.State}, and only a canary can be promoted.");

    private Task<Deployment> EndAsync(
        Caller by, DeploymentRow one, string state, string action, CancellationToken cancellationToken) =>
        one.IsActive && one.State != DeploymentState.Drained // what ran before runs still, and gets its requests back
            ? ChangeAsync(
                by, action, one,
                () => deployments.MoveAsync(one, state, $"By {by.Who}.", by.Who, cancellationToken))
            : throw Conflict(
                $"The deployment {one.Id} is {one.State}, and cannot be stopped any more. "
                + (one.IsActive || one.IsLive ? "Roll it back when it is live." : "It has ended."));

    private async Task<Deployment> AddAsync(
        Caller by, string action, WantedDeployment wanted, DeploymentRow? live, CancellationToken cancellationToken)
    {
        var name = wanted.Configuration.Name;
        var entry = new AuditEntry(action)
        {
            Envelope = wanted.Envelope.Name,
            Digest = wanted.Envelope.Digest,
            Subject = name,
            After = JsonSerializer.SerializeToElement(
                new { wanted.Configuration.Version, wanted.Platform, wanted.Rule }, JsonSerializerOptions.Web),
        };
        var id = await audit.RunAsync(by, [entry], async () =>
            await deployments.AddAsync(wanted, live, cancellationToken) ?? throw Conflict(
                UnderWay(await ActiveAsync(name, cancellationToken), name)));
        return (await deployments.FindAsync(id, cancellationToken))!.Shown;
    }

    private async Task<Deployment> ChangeAsync(Caller by, string action, DeploymentRow one, Func<Task<bool>> change)
    {
        var entry = new AuditEntry(action)
        {
            Envelope = one.Envelope.Name,
            Digest = one.Envelope.Digest,
            Subject = $"{one.Configuration}/{one.Id}",
        };
        await audit.RunAsync(by, [entry], async () => await change()
            ? true
            : throw Conflict($"The deployment {one.Id} has gone on just now. Look at it again."));
        return (await deployments.FindAsync(one.Id, CancellationToken.None))!.Shown;
    }

    private async Task<DeploymentRow?> LiveAsync(string name, CancellationToken cancellationToken) =>
        (await deployments.CurrentAsync(name, cancellationToken)).FirstOrDefault(one => one.IsLive);

    private async Task<DeploymentRow?> ActiveAsync(string name, CancellationToken cancellationToken) =>
        (await deployments.CurrentAsync(name, cancellationToken)).FirstOrDefault(one => one.IsActive);

    /// <summary>What to do about another deployment that is under way; null: it has just ended.</summary>
    private static string UnderWay(DeploymentRow? active, string name)
    {
        if (active is null)
        {
            return $"Another deployment of '{name}' was under way until just now. Look at it, and ask again.";
        }

        string Command(string what) => $"'envelope deployment {what} {name} {active.Id}'";
        return $"The deployment {active.Id} of '{name}' is under way: {active.State}. " + active.State switch
        {
            DeploymentState.Requested => $"Decide about it with {Command("approve")} or {Command("reject")}.",
            DeploymentState.Canary =>
                $"Give it all requests with {Command("promote")}, or end it with {Command("cancel")}.",
            DeploymentState.Drained => "Wait for its end.",
            _ => $"Wait for its end, or end it with {Command("cancel")}.",
        };
    }

    private static void EnsureWaits(DeploymentRow one)
    {
        if (one.State != DeploymentState.Requested)
        {
            throw Conflict(
                $"The deployment {one.Id} of '{one.Configuration}' is {one.State}, and does not wait for approval.");
        }
    }

    private static EnvelopeException Conflict(string message) => new(EnvelopeError.Mismatch, message);
}
