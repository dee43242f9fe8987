using EnvelopeSdk.Registry.Deploying.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>Lets deployments be forgotten that ended longer ago than is to be known.</summary>
internal sealed class DeploymentRetention(
    EnginePlace place, EndedDeployments ended, DeployingOptions options, TimeProvider clock,
    ILogger<DeploymentRetention> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        string? last = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var isMore = !place.IsTaken;
            try
            {
                isMore = isMore || await ended.ForgetAsync(
                    place.Id, clock.GetUtcNow() - TimeSpan.FromDays(options.KeepDays), stoppingToken) > 0;
                last = null;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception failure) // it is tried again, and what runs does not need it
            {
                isMore = true;
                if (last != failure.Message)
                {
                    last = failure.Message;
                    log.KeepsAll(last);
                }
            }

            await Task.Delay(isMore ? Pause : Interval, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
