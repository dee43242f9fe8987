using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Stores;

/// <summary>What every store does that a registry serves.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = CraftedStore.Noon;

    private protected IEnvelopeStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public abstract Task DisposeAsync();

    [DatabaseFact]
    public async Task An_empty_store_has_nothing()
    {
        Assert.Empty(await Store.ListNamesAsync());
        Assert.Empty(await OtherStore.NewestAsync(Store));
        Assert.Empty(await OtherStore.NewestAsync(Store, KeptEnvelopes.Name));
        Assert.Equal(
            EnvelopeError.NotFound,
            (await Assert.ThrowsAsync<EnvelopeException>(() => Store.OpenAsync(KeptEnvelopes.Name))).Error);
        Assert.Equal(default, await Store.CollectAsync());
    }

    [DatabaseFact]
    public async Task What_was_saved_is_opened_whole_by_its_digest()
    {
        var one = await KeptEnvelopes.AddAsync(Store, 1, [CraftedStore.Saved()], [KeptEnvelopes.Signature("a")]);

        Assert.Equal(one.Digest, (await OtherStore.OpenSoundAsync(Store, one)).Digest);
        Assert.Equal([KeptEnvelopes.Name], await Store.ListNamesAsync());
        Assert.Equal("a"u8.ToArray(), Assert.Single(await Store.ReadSignaturesAsync(one)).Payload.ToArray());
        Assert.Equal(Noon, (await Store.ReadJournalAsync(one)).Saved);
    }

    [DatabaseFact]
    public async Task What_is_staged_can_be_read_and_is_no_envelope()
    {
        var (_, manifest) = await KeptEnvelopes.MakeAsync(1);
        await using var staged = await Store.StageAsync();
        var (digest, size) = await staged.AddAsync(stream => stream.WriteAsync(manifest), default);
        await using var read = await staged.Content.OpenAsync(digest, default);

        Assert.Equal((digest, (long)manifest.Length), (await Digest.OfAsync(read!, default), size));
        Assert.Null(await staged.Content.OpenAsync(Digest.Of("other"u8), default));
        Assert.Empty(await Store.ListNamesAsync());
    }

    [DatabaseFact]
    public async Task The_newest_is_that_with_the_latest_save_and_of_two_that_with_the_greater_digest()
    {
        var one = await KeptEnvelopes.AddAsync(Store, 1, [CraftedStore.Saved(Noon.AddDays(1))]);
        var two = await KeptEnvelopes.AddAsync(Store, 2, [CraftedStore.Saved(Noon)]);
        var three = await KeptEnvelopes.AddAsync(Store, 3, [CraftedStore.Saved(Noon)]);
        var untimed = await KeptEnvelopes.AddAsync(Store, 4, [CraftedStore.Tag("team", "pricing", Noon.AddDays(9))]);
        var (greater, less) = string.CompareOrdinal(two.Digest.Hex, three.Digest.Hex) > 0 ? (two, three) : (three, two);

        Assert.Equal([one, greater, less, untimed], await OtherStore.NewestAsync(Store, KeptEnvelopes.Name));
        Assert.Equal([one, greater, less, untimed], await OtherStore.NewestAsync(Store));
        Assert.Equal(one.Digest, (await Store.OpenAsync(KeptEnvelopes.Name)).Digest);
        Assert.Null((await Store.ListNewestAsync().LastAsync()).Saved);

        await Store.AppendAsync(less, [CraftedStore.Saved(Noon.AddDays(2)) with { Envelope = less.Digest }]);
        Assert.Equal([less, one, greater, untimed], await OtherStore.NewestAsync(Store, KeptEnvelopes.Name));
    }

    [DatabaseFact]
    public async Task Many_are_listed_each_once_in_their_order()
    {
        var added = new List<EnvelopeReference>();
        for (var i = 0; i < 120; i++)
        {
            added.Insert(0, await KeptEnvelopes.AddAsync(Store, i, [CraftedStore.Saved(Noon.AddMinutes(i))]));
        }

        Assert.Equal(added, await OtherStore.NewestAsync(Store));
        Assert.Equal(added, await OtherStore.NewestAsync(Store, KeptEnvelopes.Name));
    }

    [DatabaseFact]
    public async Task A_journal_has_its_events_in_the_order_of_their_times_and_each_once()
    {
        var one = await KeptEnvelopes.AddAsync(Store, 1, [CraftedStore.Saved()]);
        JournalEvent[] events =
        [
            CraftedStore.Tag("nul\0", "late\0", Noon.AddHours(2)) with { Envelope = one.Digest },
            CraftedStore.Metric("r2", double.NaN, Noon.AddHours(1)) with { Envelope = one.Digest },
        ];
        await Store.AppendAsync(one, events);
        await Store.AppendAsync(one, [.. events, CraftedStore.Tag("team", null, Noon.AddHours(3)) with { Envelope = one.Digest }]);

        var journal = await Store.ReadJournalAsync(one);
        Assert.Equal(
            [JournalEventKind.Saved, JournalEventKind.Metric, JournalEventKind.Tag, JournalEventKind.Tag],
            journal.Events.Select(happened => happened.Kind));
        Assert.Equal("late\0", journal.Labels.Tags["nul\0"]);
    }

    [DatabaseFact]
    public async Task An_event_of_another_envelope_is_refused_with_all_that_came_with_it()
    {
        var one = await KeptEnvelopes.AddAsync(Store, 1, [CraftedStore.Saved()]);
        JournalEvent[] events =
            [CraftedStore.Tag("team", "a") with { Envelope = one.Digest }, CraftedStore.Tag("team", "b") with { Envelope = Digest.Of("x"u8) }];

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => Store.AppendAsync(one, events));
        Assert.Equal(EnvelopeError.Invalid, refused.Error);
        Assert.Single((await Store.ReadJournalAsync(one)).Events);
    }

    [DatabaseFact]
    public async Task Nothing_is_added_to_an_envelope_that_is_not_there()
    {
        var missing = new EnvelopeReference(KeptEnvelopes.Name, Digest.Of("x"u8));
        JournalEvent[] events = [CraftedStore.Saved() with { Envelope = missing.Digest }];
        foreach (var change in (Func<Task>[])
            [() => Store.AppendAsync(missing, events), () => Store.AddSignaturesAsync(missing, [KeptEnvelopes.Signature("a")])])
        {
            Assert.Equal(EnvelopeError.NotFound, (await Assert.ThrowsAsync<EnvelopeException>(change)).Error);
        }

        Assert.Empty((await Store.ReadJournalAsync(missing)).Events);
        Assert.Empty(await Store.ReadSignaturesAsync(missing));
    }

    [DatabaseFact]
    public async Task Signatures_join_and_there_are_at_most_256()
    {
        var one = await KeptEnvelopes.AddAsync(Store, 1, [CraftedStore.Saved()], [KeptEnvelopes.Signature("0")]);
        await Store.AddSignaturesAsync(one, [.. Enumerable.Range(0, 256).Select(i => KeptEnvelopes.Signature($"{i}"))]);
        Assert.Equal(256, (await Store.ReadSignaturesAsync(one)).Count);

        await Assert.ThrowsAsync<EnvelopeException>(() => Store.AddSignaturesAsync(one, [KeptEnvelopes.Signature("256")]));
        await Store.AddSignaturesAsync(one, [KeptEnvelopes.Signature("255")]);
        Assert.Equal(256, (await Store.ReadSignaturesAsync(one)).Count);
    }

    [DatabaseFact]
    public async Task What_is_saved_again_keeps_what_is_known_of_it()
    {
        var one = await KeptEnvelopes.AddAsync(Store, 1, [CraftedStore.Saved(), CraftedStore.Tag("team", "pricing")], [KeptEnvelopes.Signature("a")]);
        var again = await KeptEnvelopes.AddAsync(Store, 1, [CraftedStore.Saved(Noon.AddDays(1))], [KeptEnvelopes.Signature("b")]);

        Assert.Equal(one, again);
        Assert.Equal([one], await OtherStore.NewestAsync(Store));
        var journal = await Store.ReadJournalAsync(one);
        Assert.Equal((3, "pricing", Noon.AddDays(1)), (journal.Events.Count, journal.Labels.Tags["team"], journal.Saved));
        Assert.Equal(2, (await Store.ReadSignaturesAsync(one)).Count);
    }

    [DatabaseFact]
    public async Task Deleted_are_those_to_which_nothing_has_happened_since()
    {
        var one = await KeptEnvelopes.AddAsync(Store, 1, [CraftedStore.Saved()]);
        var two = await KeptEnvelopes.AddAsync(Store, 2, [CraftedStore.Saved()]);
        var three = await KeptEnvelopes.AddAsync(Store, 3, [CraftedStore.Saved()]);
        var known = new Dictionary<Digest, Guid?>
        {
            [one.Digest] = (await Store.ReadJournalAsync(one)).Events[^1].Id,
            [two.Digest] = (await Store.ReadJournalAsync(two)).Events[^1].Id,
            [three.Digest] = null,
            [Digest.Of("x"u8)] = null,
        };
        await Store.AppendAsync(two, [CraftedStore.Tag("team", "a", Noon.AddDays(1)) with { Envelope = two.Digest }]);

        Assert.Equal(2, await Store.DeleteAsync(KeptEnvelopes.Name, known));
        Assert.Equal([two], await OtherStore.NewestAsync(Store));
        Assert.Empty((await Store.ReadJournalAsync(one)).Events);
        Assert.Equal(1, await Store.DeleteAsync(KeptEnvelopes.Name, new Dictionary<Digest, Guid?> { [two.Digest] = null }));
        Assert.Empty(await Store.ListNamesAsync());
    }

    [DatabaseFact]
    public async Task Collecting_keeps_what_is_referred_to_and_removes_the_rest_once()
    {
        var one = await KeptEnvelopes.AddAsync(Store, 1, [CraftedStore.Saved()]);
        var two = await KeptEnvelopes.AddAsync(Store, 2, [CraftedStore.Saved()]);
        await AgeAsync();
        Assert.Equal(default, await Store.CollectAsync());
        await Store.DeleteAsync(one);

        Assert.Equal((await KeptEnvelopes.MakeAsync(1)).Manifest.Length, (await Store.CollectAsync()).Bytes); // all else is shared
        await OtherStore.OpenSoundAsync(Store, two);
        await Store.DeleteAsync(two);
        Assert.True((await Store.CollectAsync()).Count > 2);
        Assert.Equal(default, await Store.CollectAsync());

        await OtherStore.OpenSoundAsync(Store, await KeptEnvelopes.AddAsync(Store, 1, [CraftedStore.Saved()]));
    }

    [DatabaseFact]
    public async Task Saves_at_once_are_all_there()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            i => KeptEnvelopes.AddAsync(Store, i % 6, [CraftedStore.Saved(Noon.AddMinutes(i))])));

        Assert.Equal(added[6..].Reverse(), await OtherStore.NewestAsync(Store));
        foreach (var one in added[6..])
        {
            await OtherStore.OpenSoundAsync(Store, one);
            Assert.Equal(2, (await Store.ReadJournalAsync(one)).Events.Count);
        }
    }

    private protected abstract Task<IEnvelopeStore> OpenAsync();

    /// <summary>As if all had been sent a day ago.</summary>
    private protected abstract Task AgeAsync();
}

public sealed class FolderStoreTests : StoreContract, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public override Task DisposeAsync() => Task.CompletedTask;

    private protected override Task<IEnvelopeStore> OpenAsync() =>
        Task.FromResult(EnvelopeStore.Open(_directory.At("store")));

    private protected override Task AgeAsync() => Task.CompletedTask;
}

[Collection(PostgresServer.Collection)]
public sealed class DatabaseStoreTests(PostgresServer server) : StoreContract
{
    private SharedPlace _place = null!;

    public override async Task DisposeAsync() => await _place.DisposeAsync();

    private protected override async Task<IEnvelopeStore> OpenAsync() =>
        (_place = await SharedPlace.MakeAsync(server)).Store;

    private protected override Task AgeAsync() => _place.AgeAsync();
}
