using System.Data.Common;
using EnvelopeSdk.Registries;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Events.Webhooks;

/// <summary>
/// Tells webhooks what happens: each in the order in which it happened, each message again until it is taken, and so
/// perhaps more than once. Of several instances one tells a webhook at a time; where that one dies, another goes on.
/// </summary>
internal sealed class WebhookService(
    WebhookStore webhooks, AnnouncementLog announcements, HttpMessageInvoker client, TimeProvider clock,
    ILogger<WebhookService> log) : BackgroundService
{
    private const int Batch = 100;
    private const int SideBySide = 8;

    /// <summary>How long an answer may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Longer than a message takes: after that, another instance tells.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private string? _failure;

    /// <summary>How long to wait after some failures: a second, then twice as long each time, to an hour.</summary>
    public static TimeSpan WaitAfter(long failures) => failures > 12
        ? LongestWait
        : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, failures - 1)));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TellAllAsync(stoppingToken);
                _failure = null;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception failure) when (failure is EnvelopeException or DbException or IOException)
            {
                if (_failure != failure.Message)
                {
                    _failure = failure.Message;
                    log.TellsNoMore(failure.Message);
                }
            }

            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAllAsync(CancellationToken cancellationToken)
    {
        var all = await webhooks.ReadAsync(cancellationToken);
        var last = all.Count == 0 ? 0 : await announcements.LastAsync(cancellationToken);
        await Parallel.ForEachAsync(
            all.Where(one => one.Told < last),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
            async (one, cancellation) => await TellAsync(one, cancellation));
    }

    private async Task TellAsync(TellableWebhook webhook, CancellationToken cancellationToken)
    {
        var lease = await webhooks.TryTakeAsync(webhook.Webhook.Id, Lease, cancellationToken);
        if (lease is null)
        {
            return;
        }

        try
        {
            var failures = webhook.Webhook.Failures;
            foreach (var one in await announcements.ReadAsync(lease.Told, Batch, cancellationToken))
            {
                if (webhook.IsFor(one) && await WhyNotAsync(webhook, one, cancellationToken) is { } trouble)
                {
                    await webhooks.FailedAsync(
                        lease, failures + 1, WaitAfter(failures + 1), trouble, cancellationToken);
                    return;
                }

                failures = 0;
                var held = await webhooks.ToldAsync(lease, one.Id, Lease, cancellationToken);
                if (held is null)
                {
                    return; // it was removed, or another instance goes on
                }

                lease = held;
            }
        }
        finally
        {
            await webhooks.ReleaseAsync(lease);
        }
    }

    /// <returns>Null when the message was taken.</returns>
    private async Task<string?> WhyNotAsync(
        TellableWebhook webhook, RegistryEvent what, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var message = WebhookMessage.Of(what, webhook.Webhook.Url, webhook.Secret, clock.GetUtcNow());
            using var answer = await client.SendAsync(message, patience.Token);
            return answer.IsSuccessStatusCode ? null : $"It answered {(int)answer.StatusCode}.";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"No answer came in {Patience.TotalSeconds:0} seconds.";
        }
        catch (HttpRequestException failure)
        {
            return failure.Message;
        }
    }
}
