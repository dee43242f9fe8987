using System.Net;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Events;

/// <summary>What the registry tells of what happens, whoever does it.</summary>
public sealed class WatchTests : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _user = new();
    private readonly CancellationTokenSource _end = new(TimeSpan.FromMinutes(1));
    private ServedStore _served = null!;
    private EnvelopeReference _linear = null!;

    public async Task InitializeAsync()
    {
        _served = await ServedStore.StartAsync(ServedStore.Linear, ServedStore.Stacked);
        _linear = (await _served.Store.OpenAsync(ServedStore.Linear)).Reference;
    }

    public Task DisposeAsync() => _served.DisposeAsync().AsTask();

    public void Dispose()
    {
        _end.Dispose();
        _user.Dispose();
    }

    [Fact]
    public async Task What_another_process_does_is_told_in_its_order_and_what_was_there_before_is_not()
    {
        await using var told = await ListenAsync();
        await _served.Store.TagAsync(_linear, OtherStore.Tag("team", "<b>risk & \"co\"</b>"));
        await _served.Store.RecordMetricAsync(_linear, "loss", double.NaN, step: 1);
        await _served.Store.RecordMetricAsync(_linear, "loss", 0.25, step: 2);
        var all = new List<RegistryEvent>();
        while (all.Count == 0 || all[^1].Step != 2)
        {
            all.Add(await NextAsync(told));
        }

        await _served.Store.DeleteAsync(_linear);
        all.Add(await NextAsync(told));
        Assert.Equal(RegistryEventKind.Deleted, all[^1].Kind);
        Assert.All(all, one => Assert.Equal((_linear.Name, _linear.Digest.ToString()), (one.Name, one.Digest)));
        Assert.Equal(all.Select(one => one.Id).Order(), all.Select(one => one.Id));
        Assert.DoesNotContain(all, one => one.Kind == RegistryEventKind.Saved);
        Assert.Contains(all, one => one is { Kind: "metric-recorded", Subject: "loss", Step: 2 } && one.Value!.Value.GetDouble() == 0.25);
        Assert.Contains(all, one => one is { Kind: "tagged", Subject: "team" } && one.Who == Environment.UserName);
    }

    [Fact]
    public async Task The_end_of_the_registry_waits_for_nobody_who_listens()
    {
        await using var body = await _served.Client.GetStreamAsync("/api/events", _end.Token);
        var stopped = _served.StopAsync();

        await stopped.WaitAsync(TimeSpan.FromSeconds(10));
        await _served.StartAsync();
    }

    [Fact]
    public async Task A_listener_who_comes_back_is_told_what_was_missed()
    {
        await using (var told = await ListenAsync())
        {
            await _served.Store.TagAsync(_linear, OtherStore.Tag("n", "1"));
            Assert.Equal("1", (await NextAsync(told)).Value!.Value.GetString());
        }

        var last = (await FirstAsync(after: 0)).Id;
        await _served.Store.TagAsync(_linear, OtherStore.Tag("n", "2"));
        await _served.RestartAsync();
        Assert.Equal("2", (await FirstAsync(after: last)).Value!.Value.GetString());
    }

    [Fact]
    public async Task What_a_browser_says_it_heard_last_goes_before_what_its_page_asked_for()
    {
        await _served.Store.TagAsync(_linear, OtherStore.Tag("first", "1"));
        var last = (await FirstAsync(after: 0)).Id;
        await _served.Store.TagAsync(_linear, OtherStore.Tag("second", "2"));
        using var browser = _served.NewClient(_served.Token);
        browser.DefaultRequestHeaders.Add("Last-Event-ID", $"{last}");

        var text = await ReadSomeAsync(browser, "/api/events?after=0", until: "second");

        Assert.DoesNotContain("first", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_from_elsewhere_and_is_older_is_told_when_it_changes_something()
    {
        await _served.Store.TagAsync(_linear, OtherStore.Tag("new", "1"));
        var last = (await FirstAsync(after: 0)).Id;
        var old = new JournalWriter(_linear.Digest, EnvelopeJournal.Empty, new LongAgo());
        old.SetTag("old", "yes");
        old.SetTag("new", "0"); // which a later one has taken the place of
        await _served.Store.AppendAsync(_linear, old.Events);

        var one = await FirstAsync(after: last);
        Assert.Equal(("old", "yes"), (one.Subject, one.Value!.Value.GetString()));
        await _served.Store.TagAsync(_linear, OtherStore.Tag("end", "1"));
        Assert.Equal("end", (await FirstAsync(after: one.Id)).Subject);
    }

    [Fact]
    public async Task Only_what_is_asked_for_and_may_be_read_is_told()
    {
        await using var told = await ListenAsync(kind: RegistryEventKind.MetricRecorded);
        await _served.Store.TagAsync(_linear, OtherStore.Tag("a", "b"));
        await _served.Store.RecordMetricAsync((await _served.Store.OpenAsync(ServedStore.Stacked)).Reference, "r2", 1);
        Assert.Equal((ServedStore.Stacked, "r2"), (await NextAsync(told)) is var one ? (one.Name, one.Subject) : default);

        using var limited = _served.NewClient(await _served.AddKeyAsync("limited", Role.Read, "golden-s*"));
        var text = await ReadSomeAsync(limited, "/api/events?after=0", until: "r2");
        Assert.DoesNotContain(ServedStore.Linear, text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await _served.Client.GetAsync("/api/events?kind=none")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _served.NewClient(null).GetAsync("/api/events")).StatusCode);
    }

    private async Task<string> ReadSomeAsync(HttpClient client, string path, string until)
    {
        await using var body = await client.GetStreamAsync(path, _end.Token);
        using var reader = new StreamReader(body);
        var text = "";
        while (!text.Contains(until, StringComparison.Ordinal))
        {
            text += await reader.ReadLineAsync(_end.Token) + "\n";
        }

        return text;
    }

    private EnvelopeRegistry Registry => EnvelopeRegistry.Open(
        _served.Address, OtherStore.Options with { Attempts = 3 }, EnvelopeStore.Open(_user.At("own")));

    private Task<RegistryEvent> FirstAsync(long after) =>
        Registry.WatchAsync(after: after, cancellationToken: _end.Token).FirstAsync().AsTask();

    /// <summary>Begins to listen; what happens then is told.</summary>
    private async Task<IAsyncEnumerator<RegistryEvent>> ListenAsync(string? kind = null)
    {
        await ReadSomeAsync(_served.Client, "/api/events", until: "id:"); // the registry has read all that was there
        var last = await ReadSomeAsync(_served.Client, "/api/events", until: "id:");
        var after = long.Parse(last.Split("id:")[1].Trim(), System.Globalization.CultureInfo.InvariantCulture);
        return Registry.WatchAsync(kind: kind, after: after, cancellationToken: _end.Token).GetAsyncEnumerator(_end.Token);
    }

    private static async Task<RegistryEvent> NextAsync(IAsyncEnumerator<RegistryEvent> told)
    {
        Assert.True(await told.MoveNextAsync());
        return told.Current;
    }

    private sealed class LongAgo : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(40);
    }
}
