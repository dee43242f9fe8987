using Microsoft.Extensions.Hosting;

namespace EnvelopeSdk.Registry.Events;

/// <summary>
/// Announces what rows of the records come to, to those who watch and to webhooks: each at least once, whenever a
/// registry ends.
/// </summary>
internal abstract class Announcer(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    protected TimeProvider Clock => clock;

    /// <summary>Announces what was not announced yet, and then notes that.</summary>
    protected abstract Task AnnounceAsync(CancellationToken cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await AnnounceAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception)
            {
                // Said by the engines, which use the same database; what happened stays to be told.
            }

            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
