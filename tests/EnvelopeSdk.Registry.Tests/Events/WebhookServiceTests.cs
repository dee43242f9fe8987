using System.Collections.Concurrent;
using System.Net;
using EnvelopeSdk.Registry.Events.Webhooks;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Distribution;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnvelopeSdk.Registry.Tests.Events;

/// <summary>When a registry tells a webhook again, on a clock of its own.</summary>
public sealed class WebhookServiceTests : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly LeapingClock _clock = new();
    private RecordsDatabase _database = null!;
    private WebhookStore _webhooks = null!;
    private KeptEvents _kept = null!;
    private string _id = null!;

    public async Task InitializeAsync()
    {
        _kept = await KeptEvents.OpenAsync();
        _database = RecordsDatabase.Open(null, _directory.FullPath);
        await _database.PrepareAsync(default);
        _webhooks = new(_database, new(_database, _clock), _clock);
        _id = (await _webhooks.AddAsync(new("ada", "test"), new("https://host/hook"), default)).Webhook.Id;
        await _kept.HappenAsync(_clock.GetUtcNow().AddSeconds(1), "first");
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await _kept.DisposeAsync();
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Each_failure_doubles_the_time_until_it_is_told_again_however_it_fails()
    {
        using var receiver = new Receiver(_clock, (number, _) => number % 2 == 0
            ? Task.FromResult(HttpStatusCode.BadGateway)
            : Task.FromException<HttpStatusCode>(new HttpRequestException("Nobody listens.")));
        using var service = await StartAsync(receiver);

        await Eventually.HoldsAsync(() => receiver.Asked.Count > 5);
        await service.StopAsync(default);

        var times = receiver.Asked.ToArray();
        Assert.All(
            new double[] { 1, 2, 4, 8, 16 },
            (wait, i) => Assert.InRange((times[i + 1] - times[i]).TotalSeconds, wait, wait + 1));
    }

    [Fact]
    public async Task A_registry_that_ends_while_it_tells_leaves_the_webhook_to_others()
    {
        using var receiver = new Receiver(_clock, async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return HttpStatusCode.OK;
        });
        using var service = await StartAsync(receiver);
        await Eventually.HoldsAsync(() => !receiver.Asked.IsEmpty);

        await service.StopAsync(default);

        Assert.NotNull(await _webhooks.TryTakeAsync(_id, TimeSpan.FromSeconds(30), default));
    }

    private async Task<WebhookService> StartAsync(Receiver receiver)
    {
        var service = new WebhookService(
            _webhooks, _kept.Log, new(receiver), _clock, NullLogger<WebhookService>.Instance);
        await service.StartAsync(default);
        return service;
    }

    /// <summary>Notes when it is asked, and answers by how often it was.</summary>
    private sealed class Receiver(LeapingClock clock, Func<int, CancellationToken, Task<HttpStatusCode>> answer)
        : HttpMessageHandler
    {
        public ConcurrentQueue<DateTimeOffset> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Enqueue(clock.GetUtcNow());
            return new(await answer(Asked.Count, cancellationToken));
        }
    }
}
