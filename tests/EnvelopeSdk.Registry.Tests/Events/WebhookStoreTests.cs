using EnvelopeSdk.Registry.Events;
using EnvelopeSdk.Registry.Events.Webhooks;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Access;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Events;

/// <summary>Which of several instances tells a webhook, and when, on a clock that is set.</summary>
public sealed class WebhookStoreTests : IAsyncLifetime, IDisposable
{
    private static readonly Caller Ada = new("ada", "test");
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(30);

    private readonly TempDirectory _directory = new();
    private readonly SetClock _clock = new();
    private RecordsDatabase _database = null!;
    private WebhookStore _webhooks = null!;
    private string _id = null!;

    public async Task InitializeAsync()
    {
        _database = RecordsDatabase.Open(null, _directory.FullPath);
        await _database.PrepareAsync(default);
        _webhooks = new(_database, new(_database, _clock), _clock);
        _id = (await AddAsync()).Webhook.Id;
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task One_instance_has_a_webhook_until_it_gives_it_back_or_its_time_is_over()
    {
        var lease = await TakeAsync(after: TimeSpan.FromSeconds(1));
        Assert.NotNull(lease);
        Assert.Null(await TakeAsync(after: Time));
        await _webhooks.ReleaseAsync(lease);
        Assert.NotNull(await TakeAsync(after: Time));
        Assert.Null(await TakeAsync(after: Time * 2));
        Assert.NotNull(await TakeAsync(after: (Time * 2) + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Who_was_too_slow_and_lost_it_changes_nothing_of_it()
    {
        var slow = (await TakeAsync(after: TimeSpan.FromSeconds(1)))!;
        var now = (await TakeAsync(after: TimeSpan.FromMinutes(1)))!;
        var told = AnnouncementLog.IdAt(_clock.Now);

        Assert.Null(await _webhooks.ToldAsync(slow, told + 7, Time, default));
        await _webhooks.FailedAsync(slow, 3, Time, "It was slow.", default);
        await _webhooks.ReleaseAsync(slow);

        Assert.Null(await TakeAsync(after: TimeSpan.FromMinutes(1)));
        var one = (await _webhooks.ReadAsync(default)).Single();
        Assert.Equal((now.Told, 0, null), (one.Told, one.Webhook.Failures, one.Webhook.Trouble));
        Assert.NotNull(await _webhooks.ToldAsync(now, told, Time, default));
        Assert.Equal(told, (await _webhooks.ReadAsync(default)).Single().Told);
    }

    [Fact]
    public async Task A_webhook_that_failed_is_left_alone_for_the_time_and_free_then()
    {
        var lease = (await TakeAsync(after: TimeSpan.FromSeconds(1)))!;
        await _webhooks.FailedAsync(lease, 1, TimeSpan.FromSeconds(8), "It answered 500.", default);

        Assert.Null(await TakeAsync(after: TimeSpan.FromSeconds(8)));
        lease = (await TakeAsync(after: TimeSpan.FromSeconds(9)))!;
        Assert.NotNull(await _webhooks.ToldAsync(lease, lease.Told + 1, Time, default));
        var one = (await _webhooks.ListAsync(default)).Single();
        Assert.Equal((0, null), (one.Failures, one.Trouble));
    }

    [Fact]
    public async Task There_are_a_hundred_webhooks_at_most()
    {
        for (var i = 1; i < 100; i++)
        {
            await AddAsync();
        }

        var refused = await Assert.ThrowsAsync<EnvelopeException>(AddAsync);

        Assert.Equal(EnvelopeError.Invalid, refused.Error);
        Assert.Equal(100, (await _webhooks.ListAsync(default)).Count);
    }

    private Task<MadeWebhook> AddAsync() => _webhooks.AddAsync(Ada, new("https://host/hook"), default);

    private Task<WebhookLease?> TakeAsync(TimeSpan after)
    {
        _clock.Now = CraftedStore.Noon + after;
        return _webhooks.TryTakeAsync(_id, Time, default);
    }
}
