using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Events;
using EnvelopeSdk.Registry.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Rules;

/// <summary>
/// Looks at all rules whenever something has happened to an envelope, and now and then besides: a deployment may have
/// ended.
/// </summary>
internal sealed class RuleService(
    EnginePlace place, ConfigurationStore configurations, RuleStore rules, RuleEvaluation evaluation,
    DeploymentStore deployments, DeploymentDesk desk, AnnouncementLog announcements, TimeProvider clock,
    ILogger<RuleService> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Where very many envelopes would fit but for claims, looking takes long. Something new may cost a fifth of the
    /// time, looking again for nothing a fiftieth.
    /// </summary>
    private const int PausesAfterNews = 4;

    private const int Pauses = 49;

    /// <summary>How long news wait at most: that a busy machine has held up one look says nothing of the next.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private string? _failure;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var (last, looked, took) = ("", 0L, TimeSpan.Zero);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var latest = place.IsTaken ? await LatestAsync(stoppingToken) : last;
                if (place.IsTaken && IsDue(latest != last, clock.GetElapsedTime(looked), took))
                {
                    var begun = clock.GetTimestamp();
                    await RunAsync(stoppingToken);
                    (last, looked, took) = (latest, clock.GetTimestamp(), clock.GetElapsedTime(begun));
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception failure)
            {
                Say(failure);
            }

            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>All that can change what a rule does: it is another when something has happened.</summary>
    private async Task<string> LatestAsync(CancellationToken cancellationToken)
    {
        var envelopes = await announcements.LastAsync(cancellationToken);
        var changed = (await rules.ListAsync(null, cancellationToken)).Select(one => one.Changed.UtcTicks);
        var current = (await deployments.CurrentAsync(null, cancellationToken)).Select(one => $"{one.Id} {one.State}");
        return $"{envelopes}; {string.Join(',', changed)}; {string.Join(',', current)}";
    }

    /// <summary>Whether it is time to look at the rules.</summary>
    /// <param name="isNews">Whether something has happened to an envelope, a rule or a deployment since.</param>
    /// <param name="since">How long ago they were looked at.</param>
    /// <param name="took">How long that took.</param>
    internal static bool IsDue(bool isNews, TimeSpan since, TimeSpan took) => isNews
        ? since >= took * PausesAfterNews || since >= LongestWait
        : since > Longest && since >= took * Pauses;

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var own = (await configurations.TakeAsync(place.Id, cancellationToken)).Select(one => one.Name).ToHashSet();
        foreach (var rule in await rules.ListAsync(null, cancellationToken))
        {
            if (own.Contains(rule.Configuration))
            {
                try
                {
                    await RunAsync(rule, cancellationToken);
                }
                catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
                {
                    Say(failure); // and the other rules go on
                }
            }
        }
    }

    private void Say(Exception failure)
    {
        if (_failure != failure.Message)
        {
            _failure = failure.Message;
            log.RulesStand(failure.Message);
        }
    }

    private async Task RunAsync(DeploymentRule rule, CancellationToken cancellationToken)
    {
        var active = (await deployments.CurrentAsync(rule.Configuration, cancellationToken))
            .FirstOrDefault(one => one.IsActive);
        if (active is not null && !IsWaiting(active, rule))
        {
            return; // looked at again when that has ended
        }

        var verdict = await evaluation.DecideAsync(rule.Configuration, rule.Settings, null, cancellationToken);
        if (verdict.Action is not (RuleVerdict.Deploy or RuleVerdict.Approve) || verdict.Envelope == active?.Envelope)
        {
            return;
        }

        var by = new Caller($"rule {rule.Name}", "rule");
        try
        {
            if (active is not null)
            {
                await desk.CancelAsync(by, active, cancellationToken); // a newer one has come before anybody approved it
            }

            await desk.RequestAsync(
                by, rule.Configuration, verdict.Envelope!, cancellationToken, rule.Name,
                verdict.Action == RuleVerdict.Approve ? verdict.Reason : null);
        }
        catch (EnvelopeException conflict) when (conflict.Error == EnvelopeError.Mismatch)
        {
            // Somebody was faster.
        }
    }

    /// <summary>Whether a deployment that the rule asked for waits for approval.</summary>
    private static bool IsWaiting(DeploymentRow one, DeploymentRule rule) =>
        one is { State: DeploymentState.Requested, Approval: not null } && one.Shown.Rule == rule.Name;
}
