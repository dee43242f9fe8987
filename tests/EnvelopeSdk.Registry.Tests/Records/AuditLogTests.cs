using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Access;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Records;

/// <summary>What the audit says of who did something, and of what came of it.</summary>
public sealed class AuditLogTests : IAsyncLifetime, IDisposable
{
    private static readonly Caller Ada = new("ada", "key");
    private static readonly EnvelopeReference House = new("house", Digest.Of("house"u8));

    private readonly TempDirectory _directory = new();
    private readonly SetClock _clock = new();
    private RecordsDatabase _database = null!;
    private AuditLog _audit = null!;

    public async Task InitializeAsync()
    {
        _database = RecordsDatabase.Open(null, _directory.FullPath);
        await _database.PrepareAsync(default);
        _audit = new(_database, _clock);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_event_is_known_when_it_is_what_was_recorded_in_all_that_it_says()
    {
        var one = Tag("1");
        await _audit.RunAsync(Ada, [Entry(one)], () => Task.CompletedTask);

        Assert.Equal([one.Id], await _audit.FindStampedAsync(House, [one], default));
        Assert.Empty(await _audit.FindStampedAsync(House, [one with { Who = "eve" }], default));
        Assert.Empty(await _audit.FindStampedAsync(House, [one with { Value = Tag("2").Value }], default));
        Assert.Empty(await _audit.FindStampedAsync(House, [one with { Value = null }], default));
        Assert.Empty(await _audit.FindStampedAsync(House with { Name = "zoo" }, [one], default));
        Assert.Empty(await _audit.FindStampedAsync(House with { Digest = Digest.Of("zoo"u8) }, [one], default));
    }

    [Fact]
    public async Task What_failed_is_recorded_as_that_and_makes_no_event_known()
    {
        var one = Tag("1");
        await Assert.ThrowsAsync<IOException>(
            () => _audit.RunAsync(Ada, [Entry(one)], () => Task.FromException(new IOException("disk full"))));

        Assert.Equal("failed", (await _audit.FindAsync(new(), 10, default)).Single().Outcome);
        Assert.Empty(await _audit.FindStampedAsync(House, [one], default));
    }

    [Fact]
    public async Task Of_very_many_events_each_is_known()
    {
        JournalEvent[] all = [.. Enumerable.Range(0, 1100).Select(i => Tag($"{i}"))];
        await _audit.RunAsync(Ada, [.. all.Select(Entry)], () => Task.CompletedTask);

        Assert.Equal(all.Length, (await _audit.FindStampedAsync(House, all, default)).Count);
        Assert.All(await _audit.FindAsync(new(), 2000, default), one => Assert.Equal("done", one.Outcome));
    }

    [Fact]
    public async Task What_happened_at_a_bound_is_between_them()
    {
        for (var i = 0; i < 3; i++)
        {
            _clock.Now = CraftedStore.Noon.AddTicks(i);
            await _audit.RunAsync(Ada, [Entry(Tag($"{i}"))], () => Task.CompletedTask);
        }

        var found = await _audit.FindAsync(
            new() { Since = CraftedStore.Noon, Until = CraftedStore.Noon.AddTicks(1) }, 10, default);
        Assert.Equal(["1", "0"], found.Select(one => one.Change.After?.GetString()));
    }

    private static JournalEvent Tag(string value) =>
        CraftedStore.Tag("team", value) with { Envelope = House.Digest, Who = Ada.Who };

    private static AuditEntry Entry(JournalEvent one) => AuditEntry.Of(House, one, null, isStamped: true);
}
