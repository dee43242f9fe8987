using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Events;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Events;

/// <summary>What is kept of what happens, and what one who listens hears of it.</summary>
public sealed class EventFeedTests : IAsyncLifetime
{
    private KeptEvents _kept = null!;

    public async Task InitializeAsync() => _kept = await KeptEvents.OpenAsync();

    public async Task DisposeAsync() => await _kept.DisposeAsync();

    [Fact]
    public async Task What_is_older_than_a_week_is_forgotten_when_something_new_happens()
    {
        await _kept.HappenAsync(CraftedStore.Noon, "first");
        await _kept.HappenAsync(CraftedStore.Noon.AddDays(1), "second");

        await _kept.HappenAsync(CraftedStore.Noon.AddDays(7).AddHours(1), "third");

        Assert.Equal(["second", "third"], (await _kept.Log.ReadAsync(0, 10, default)).Select(one => one.Subject));
    }

    [Fact]
    public async Task Numbers_rise_also_when_the_clock_was_set_back()
    {
        await _kept.HappenAsync(CraftedStore.Noon, "first", "second");
        var last = await _kept.Log.LastAsync(default);

        await _kept.HappenAsync(CraftedStore.Noon.AddHours(-1), "third", "fourth");

        Assert.Equal(["third", "fourth"], (await _kept.Log.ReadAsync(last, 10, default)).Select(one => one.Subject));
        Assert.Equal(["third"], (await _kept.Log.ReadAsync(last, 1, default)).Select(one => one.Subject));
    }

    [Fact]
    public async Task Who_hears_nothing_is_told_four_times_a_minute_how_far_that_goes_and_comes_again_then()
    {
        await _kept.HappenAsync(CraftedStore.Noon, "first");
        var last = await _kept.Log.LastAsync(default);

        var heard = await ListenAsync(_ => false);

        Assert.Equal([(0, null), (last, null), (last, null), (last, null)], heard);
    }

    [Fact]
    public async Task More_than_is_read_at_once_is_told_whole_and_once()
    {
        string[] tags = [.. Enumerable.Range(0, 450).Select(i => $"{i}")];
        await _kept.HappenAsync(CraftedStore.Noon, tags);

        var heard = await ListenAsync(_ => true);

        Assert.Equal(tags, heard.Select(one => one.Event?.Subject).OfType<string>());
    }

    private Task<List<(long Last, RegistryEvent? Event)>> ListenAsync(Func<RegistryEvent, bool> isWanted) =>
        new EventFeed(_kept.Log, new LeapingClock()).ListenAsync(0, isWanted, default).ToListAsync().AsTask();
}
