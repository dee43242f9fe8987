using System.Collections.Concurrent;
using System.Data.Common;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Deploying.Routing;
using EnvelopeSdk.Registry.Deploying.Steps;
using EnvelopeSdk.Registry.Deploying.Traffic;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>
/// Brings each deployment from state to state. All that it knows is in the database: what another engine began, or this
/// one before it was killed, goes on where it was.
/// </summary>
internal sealed class DeploymentEngine(
    EnginePlace place, DeploymentStore deployments, ConfigurationStore configurations, InstanceStore instances,
    IEnumerable<IDeploymentStep> steps, ServiceBuilder builder, BuildPruning pruning, ProcessKeeper keeper,
    RouteTeller teller, TrafficRecorder traffic, TimeProvider clock, ILogger<DeploymentEngine> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan OthersPatience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, IDeploymentStep> _steps = steps.ToDictionary(one => one.State);
    private readonly ConcurrentDictionary<long, RunningStep> _running = new();
    private readonly ConcurrentDictionary<long, int> _troubles = new();
    private bool _isRecovered;
    private bool _isSwept;
    private string? _failure;

    /// <exception cref="EnvelopeException">Nothing can run there as the options say.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            place.TryTake();
        }
        catch (EnvelopeException failure) when (failure.Error == EnvelopeError.Unavailable)
        {
            // It may be mended while the registry runs, which has other uses too; until then the log says it.
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (place.TryTake())
                {
                    await RunAsync(stoppingToken);
                }

                _failure = null;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception failure) // whatever it is: what runs needs an engine that goes on
            {
                if (_failure != failure.Message)
                {
                    _failure = failure.Message;
                    log.Stands(failure.Message);
                }
            }

            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_running.Values.Select(one => one.Task));
    }

    /// <summary>Looks at all once: processes, routes, and what is under way.</summary>
    private async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!_isRecovered)
        {
            await builder.RecoverAsync(cancellationToken);
            _isRecovered = true;
            await teller.LookAheadAsync(cancellationToken);
        }

        var (processes, own, all) = await EngineLook.TakeAsync(
            () => instances.ListAsync(cancellationToken), () => OwnAsync(cancellationToken),
            () => deployments.CurrentAsync(null, cancellationToken));
        await ExplainOthersAsync(all.Where(one => !own.ContainsKey(one.Configuration)), cancellationToken);
        var current = all.Where(one => own.ContainsKey(one.Configuration)).ToList();
        await keeper.RunAsync(processes, current, cancellationToken);
        await teller.RunAsync(
            WantedRoutes.Of(own.Keys, current, await instances.ListAsync(cancellationToken), PercentOf),
            cancellationToken);
        await traffic.RunAsync(teller.Status, cancellationToken);
        if (!_isSwept && (teller.Told is not null || own.Count == 0))
        {
            await keeper.SweepAsync(cancellationToken); // the gateway leads nobody to what it ends
            _isSwept = true;
        }

        StopSteps(current);
        await pruning.RunAsync(current, cancellationToken);
        foreach (var one in current.Where(one => one.IsActive && !_running.ContainsKey(one.Id)))
        {
            Start(one, cancellationToken);
        }

        int PercentOf(DeploymentRow one) => own[one.Configuration].Strategy.Steps[one.Shown.Step].Percent;
    }

    /// <summary>Says of what is of another place, and nobody begins there, why it waits.</summary>
    private async Task ExplainOthersAsync(IEnumerable<DeploymentRow> others, CancellationToken cancellationToken)
    {
        foreach (var one in others.Where(one => one is { State: DeploymentState.Requested, Approval: null }
            && clock.GetUtcNow() - one.Since > OthersPatience))
        {
            await deployments.ExplainAsync(
                one,
                $"'{one.Configuration}' runs in the directory of services (--deploy-in) of another registry, which does not "
                + "run. Start that one; or cancel this, remove the configuration and make it again, to have it run here.",
                cancellationToken);
        }
    }

    /// <summary>The configurations that run here, with the settings of what is under way.</summary>
    private async Task<Dictionary<string, DeploymentSettings>> OwnAsync(CancellationToken cancellationToken)
    {
        var own = new Dictionary<string, DeploymentSettings>();
        foreach (var one in await configurations.TakeAsync(place.Id, cancellationToken))
        {
            var active = (await deployments.CurrentAsync(one.Name, cancellationToken))
                .FirstOrDefault(deployment => deployment.IsActive);
            own[one.Name] = active is null
                ? one.Settings
                : await configurations.SettingsAsync(one.Name, active.Shown.Version, cancellationToken);
        }

        return own;
    }

    /// <summary>Stops what is done with deployments that are not under way any more: they were cancelled.</summary>
    private void StopSteps(List<DeploymentRow> current)
    {
        foreach (var (id, step) in _running)
        {
            if (!current.Any(one => one.Id == id && one.IsActive))
            {
                step.Cancel();
            }
        }

        foreach (var id in _troubles.Keys.Except(current.Select(one => one.Id)))
        {
            _troubles.TryRemove(id, out _);
        }
    }

    private void Start(DeploymentRow one, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new RunningStep(stop);
        _running[one.Id] = running;
        running.Task = Task.Run(
            async () =>
            {
                try
                {
                    await StepAsync(one, stop.Token);
                }
                finally
                {
                    _running.TryRemove(one.Id, out _); // whatever happened: it is looked at again
                    stop.Dispose(); // which else stays with the token of the whole engine
                }
            },
            CancellationToken.None);
    }

    private async Task StepAsync(DeploymentRow one, CancellationToken cancellationToken)
    {
        try
        {
            await _steps[one.State].RunAsync(one, cancellationToken);
            await RecoverAsync(one, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception failure) when (failure is DbException or IOException or UnauthorizedAccessException
            or EnvelopeException { Error: EnvelopeError.Unavailable })
        {
            await ExplainAsync(one, failure, cancellationToken);
        }
        catch (Exception failure)
        {
            await TryFailAsync(one, failure.Message);
        }
    }

    /// <summary>Says what a step has to wait for, each time for longer: it may be a build that uses all processors.</summary>
    private async Task ExplainAsync(DeploymentRow one, Exception failure, CancellationToken cancellationToken)
    {
        var troubles = _troubles.AddOrUpdate(one.Id, 1, (_, before) => before + 1);
        log.TriedAgain(one.Id, failure.Message);
        try
        {
            if (failure is not DbException)
            {
                await deployments.ExplainAsync(one, $"{failure.Message} It is tried again.", cancellationToken);
            }

            await Task.Delay(ProcessKeeper.PauseAfter(troubles), clock, cancellationToken);
        }
        catch (Exception other) when (other is DbException or OperationCanceledException)
        {
            // The log has said it; and who cancels a deployment does not wait for what it waits for.
        }
    }

    /// <summary>Says no more what a step has waited for.</summary>
    private async Task RecoverAsync(DeploymentRow one, CancellationToken cancellationToken)
    {
        if (_troubles.TryRemove(one.Id, out _))
        {
            await deployments.ExplainAsync(one, null, cancellationToken); // if it is in that state still
        }
    }

    private async Task TryFailAsync(DeploymentRow one, string reason)
    {
        try
        {
            await deployments.FailAsync(one, reason, CancellationToken.None);
        }
        catch (Exception failure)
        {
            log.TriedAgain(one.Id, failure.Message);
        }
    }

    private sealed record RunningStep(CancellationTokenSource Stop)
    {
        public Task Task { get; set; } = Task.CompletedTask;

        public void Cancel()
        {
            try
            {
                Stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has ended just now.
            }
        }
    }
}
