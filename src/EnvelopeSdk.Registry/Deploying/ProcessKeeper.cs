using System.Collections.Concurrent;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Deploying.Routing;
using EnvelopeSdk.Registry.Deploying.Steps;
using EnvelopeSdk.Registry.Runtimes;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>
/// Lets exactly those processes run that are to: starts what is not there, again and with longer and longer pauses what
/// has ended by itself, and ends what nobody needs any more once no request is at it.
/// </summary>
internal sealed class ProcessKeeper(
    InstanceStore instances, ConfigurationStore configurations, ServiceRuntimes runtimes, ServiceBuilder builder,
    EnginePlace place, RouteTeller teller, ReadyProbe probe, TimeProvider clock, ILogger<ProcessKeeper> log)
{
    private const int LinesOfLog = 5;
    private const int MostPauses = 6;

    /// <summary>How long a process may end what it has begun.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long a process runs until its ends are forgotten.</summary>
    private static readonly TimeSpan Sound = TimeSpan.FromMinutes(10);

    /// <summary>How long requests are waited for at a process that is to end.</summary>
    private static readonly TimeSpan LeavePatience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _leaving = new();
    private readonly Dictionary<string, Task> _ending = [];
    private readonly HashSet<string> _letBe = [];

    /// <summary>How long to wait after some ends: a second, then twice as long each time, to half a minute.</summary>
    public static TimeSpan PauseAfter(long ends) => TimeSpan.FromSeconds(Math.Pow(2, Math.Min(ends, MostPauses) - 1));

    /// <param name="processes">The processes that there are.</param>
    /// <param name="deployments">What is under way or runs, as it is since those were looked at.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(
        IReadOnlyList<Instance> processes, IReadOnlyList<DeploymentRow> deployments,
        CancellationToken cancellationToken)
    {
        var wanted = deployments.Where(one => one.Runs).ToDictionary(one => one.Id);
        foreach (var process in processes)
        {
            if (!wanted.TryGetValue(process.Deployment, out var deployment))
            {
                End(process, cancellationToken);
                continue;
            }

            if (runtimes.Of(process).Lack is { } lack)
            {
                LetBe(process, deployment, lack); // what runs of it may still run
                continue;
            }

            try
            {
                await KeepAsync(process, deployment, cancellationToken);
                _letBe.Remove(process.Id);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                if (!await TryMeetAsync(process, deployment, failure, cancellationToken))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Ends processes of which the database knows nothing, since an older one was brought back.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var known = (await instances.ListAsync(cancellationToken)).Select(one => one.Id).ToHashSet();
        foreach (var id in place.Instances().Where(id => !known.Contains(id)))
        {
            Instance Unknown(IServiceRuntime runtime) => new(id, 0, runtime.Name, "", default, false, 0, default);
            foreach (var runtime in runtimes.All)
            {
                await runtime.StopAsync(Unknown(runtime), StopPatience, cancellationToken);
            }

            foreach (var runtime in runtimes.All)
            {
                runtime.Remove(Unknown(runtime)); // only now: what they know of it lies in one folder
            }
        }
    }

    /// <summary>Meets a failure that is of one process, so that the others are looked after.</summary>
    /// <returns>Whether it is one.</returns>
    private async Task<bool> TryMeetAsync(
        Instance process, DeploymentRow deployment, Exception failure, CancellationToken cancellationToken)
    {
        if (await runtimes.Of(process).IsRunningAsync(process, cancellationToken) == true)
        {
            if (IsOfFiles(failure))
            {
                LetBe(process, deployment, failure.Message);
            }

            return IsOfFiles(failure);
        }

        try
        {
            runtimes.Of(process).Note(process, failure.Message);
        }
        catch (Exception other) when (IsOfFiles(other))
        {
            LetBe(process, deployment, failure.Message); // its log cannot be written to
        }

        await NoteEndAsync(process, deployment, cancellationToken);
        return true;
    }

    private static bool IsOfFiles(Exception failure) => failure is IOException or UnauthorizedAccessException;

    /// <summary>Says once of a process that it is not looked after.</summary>
    private void LetBe(Instance process, DeploymentRow deployment, string why)
    {
        if (_letBe.Add(process.Id))
        {
            log.NotKept(process.Id, deployment.Configuration, why);
        }
    }

    private async Task KeepAsync(Instance process, DeploymentRow deployment, CancellationToken cancellationToken)
    {
        var settings = await configurations.SettingsAsync(
            deployment.Configuration, deployment.Shown.Version, cancellationToken);
        var runtime = runtimes.Of(process);
        switch (await runtime.IsRunningAsync(process, cancellationToken))
        {
            case true:
                if (process.Ends > 0 && clock.GetUtcNow() - process.NextStart > Sound)
                {
                    await instances.RecoveredAsync(process, cancellationToken);
                }

                runtime.RotateLog(process);
                await ProbeAsync(process, cancellationToken);
                if (deployment.State != DeploymentState.Starting // where it fails for it
                    && settings.Limits.MemoryMegabytes is { } most && runtime.MemoryOf(process) > (long)most << 20)
                {
                    log.TooLarge(process.Id, deployment.Configuration, most);
                    await instances.SetReadyAsync(process, false, cancellationToken); // others get its requests
                    _ = runtime.StopAsync(process, StopPatience, cancellationToken);
                }

                break;

            case false:
                await NoteEndAsync(process, deployment, cancellationToken);
                break;

            case null when process.NextStart <= clock.GetUtcNow() && MayStart(process, deployment):
                await StartAsync(process, deployment, settings, cancellationToken);
                break;
        }
    }

    private async Task StartAsync(
        Instance process, DeploymentRow deployment, DeploymentSettings settings, CancellationToken cancellationToken)
    {
        await instances.StartingAsync(process, cancellationToken);
        await runtimes.Of(process).StartAsync(
            new(process, deployment, settings, builder.FolderOf(BuildKey.Of(deployment, settings))),
            cancellationToken);
    }

    /// <summary>A process that was started gets requests when it says that it is ready, and not before.</summary>
    private async Task ProbeAsync(Instance process, CancellationToken cancellationToken)
    {
        if (!process.IsReady && runtimes.Of(process).IsComplete(process)
            && await probe.IsReadyAsync(process.Address, cancellationToken)
            && await runtimes.Of(process).IsRunningAsync(process, cancellationToken) == true) // not another's address
        {
            await instances.SetReadyAsync(process, true, cancellationToken);
        }
    }

    private async Task NoteEndAsync(Instance process, DeploymentRow deployment, CancellationToken cancellationToken)
    {
        var runtime = runtimes.Of(process);
        log.Ended(
            process.Id, deployment.Configuration,
            await runtime.LogEndAsync(process, LinesOfLog, cancellationToken));
        runtime.Forget(process);
        await instances.EndedAsync(
            process, clock.GetUtcNow() + PauseAfter(process.Ends + 1), runtime.NewAddresses(deployment, 1)[0],
            cancellationToken);
    }

    /// <summary>
    /// One that ends while it starts is started once more: another process may have taken its port just then.
    /// </summary>
    private static bool MayStart(Instance process, DeploymentRow deployment) =>
        process.Ends <= StartingStep.MostEnds || deployment.State != DeploymentState.Starting;

    private void End(Instance process, CancellationToken cancellationToken)
    {
        _leaving.TryAdd(process.Id, clock.GetUtcNow());
        if (!_ending.TryGetValue(process.Id, out var ending))
        {
            if (teller.HasLeft(process.Address) || clock.GetUtcNow() - _leaving[process.Id] >= LeavePatience)
            {
                _ending[process.Id] = EndAsync(process, cancellationToken);
            }
        }
        else if (ending.IsCompleted)
        {
            _ending.Remove(process.Id); // it is gone; if it failed, it is tried again
        }
    }

    private async Task EndAsync(Instance process, CancellationToken cancellationToken)
    {
        try
        {
            await runtimes.Of(process).StopAsync(process, StopPatience, cancellationToken);
            runtimes.Of(process).Remove(process);
            await instances.RemoveAsync(process, cancellationToken);
            _leaving.TryRemove(process.Id, out _);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            log.NotEnded(process.Id, failure.Message);
            await Task.Delay(AfterFailure, clock, cancellationToken); // and then it is tried again
        }
    }
}
