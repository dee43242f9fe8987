using System.Data.Common;
using EnvelopeSdk.Registry.Data.Databases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>
/// Lets the index follow the store as long as the server runs. What fails is said once and tried again.
/// </summary>
internal sealed class CatalogService(
    Database database, ICatalogFollower follower, TimeProvider clock, ILogger<CatalogService> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the start waits, so that a store of some hundred envelopes is shown whole at once.</summary>
    private static readonly TimeSpan Awaited = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _isComplete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _failure;

    /// <exception cref="EnvelopeException">The database cannot be used.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await database.MendAsync(cancellationToken))
        {
            log.MadeAnew(database.Name);
        }

        await new Migrator(database).RunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
        await Task.WhenAny(_isComplete.Task, Task.Delay(Awaited, clock, cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(stoppingToken);
            _isComplete.TrySetResult();
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        try
        {
            await follower.CatchUpAsync(stopping);
            if (_failure is not null)
            {
                _failure = null;
                log.FollowsAgain();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception failure) when (
            failure is EnvelopeException or DbException or IOException or UnauthorizedAccessException)
        {
            if (_failure != failure.Message)
            {
                _failure = failure.Message;
                log.FollowsNoMore(failure.Message);
            }
        }
    }
}
