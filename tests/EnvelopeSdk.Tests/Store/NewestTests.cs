using System.Text.Json.Nodes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

/// <summary>The newest envelope of a name is the one with the latest save in its journal, whatever its way here.</summary>
public sealed class NewestTests : IDisposable
{
    private readonly TempStore _store = new();
    private readonly TempStore _other = new();

    public void Dispose()
    {
        _store.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task The_order_is_that_of_the_latest_saves_and_the_ref_name_latest_follows()
    {
        var (one, two, three) = (await _store.SaveAsync(1), await _store.SaveAsync(2), await _store.SaveAsync(3));
        await HoldsAsync(_store, one, two, three);

        await _store.SaveAsync(1);
        await HoldsAsync(_store, two, three, one);
        await _store.SaveAsync(3);
        await HoldsAsync(_store, two, one, three);
    }

    [Fact]
    public async Task A_save_that_is_learnt_of_counts_by_its_time_and_not_by_when_it_was_learnt_of()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));

        await _store.Store.AppendAsync(one, [Events.Saved(one.Digest, DateTimeOffset.UtcNow.AddDays(-1))]);
        await HoldsAsync(_store, one, two);
        await _store.Store.AppendAsync(one, [Events.Saved(one.Digest, DateTimeOffset.UtcNow.AddDays(1))]);
        await HoldsAsync(_store, two, one);
    }

    [Fact]
    public async Task Times_of_other_zones_are_compared_as_the_moments_that_they_are()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));
        var later = DateTimeOffset.UtcNow.AddHours(1);

        await _store.Store.AppendAsync(one, [Events.Saved(one.Digest, later.ToOffset(TimeSpan.FromHours(-9)))]);
        await HoldsAsync(_store, two, one);
        var earlier = later.AddMinutes(-1).ToOffset(TimeSpan.FromHours(9));
        await _store.Store.AppendAsync(two, [Events.Saved(two.Digest, earlier)]);
        await HoldsAsync(_store, two, one);
    }

    [Fact]
    public async Task A_save_is_the_newest_also_when_the_one_before_came_from_a_clock_that_is_ahead()
    {
        var one = await _store.SaveAsync(1);
        await _store.Store.AppendAsync(one, [Events.Saved(one.Digest, DateTimeOffset.UtcNow.AddDays(1))]);

        var two = await _store.SaveAsync(2);
        await HoldsAsync(_store, one, two);
        await HoldsAsync(_store, two, await _store.SaveAsync(1));
    }

    [Fact]
    public async Task A_tag_does_not_make_an_envelope_the_newest()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));
        var later = DateTimeOffset.UtcNow.AddDays(1);
        var tag = Events.Tag("stage", "live", 0) with { Envelope = one.Digest, Time = later };
        await _store.Store.AppendAsync(one, [tag]);

        await HoldsAsync(_store, one, two);
    }

    [Fact]
    public async Task An_export_carries_the_journal_and_an_import_merges_it()
    {
        var tags = new Dictionary<string, string> { ["team"] = "pricing", ["stage"] = "test" };
        var saved = await _store.SaveAsync(info: new EnvelopeInfo { Tags = tags });
        await _other.SaveAsync(info: new EnvelopeInfo { Tags = new Dictionary<string, string> { ["stage"] = "live" } });
        var file = await ExportAsync(saved);

        Assert.Equal(saved, await EnvelopeArchive.ImportAsync(file, _other.Store));
        var (here, there) = (await _store.Store.ReadJournalAsync(saved), await _other.Store.ReadJournalAsync(saved));
        Assert.Equal(("pricing", "live"), (there.Labels.Tags["team"], there.Labels.Tags["stage"]));
        Assert.Empty(here.Events.Select(one => one.Id).Except(there.Events.Select(one => one.Id)));
        Assert.Equal(5, there.Events.Count);

        await EnvelopeArchive.ImportAsync(file, _other.Store);
        Assert.Equal(5, (await _other.Store.ReadJournalAsync(saved)).Events.Count);
    }

    [Fact]
    public async Task An_import_of_an_older_save_does_not_become_the_newest_and_one_of_a_later_save_does()
    {
        var older = await _store.SaveAsync(1);
        var file = await ExportAsync(older);
        var newer = await _other.SaveAsync(2);
        await EnvelopeArchive.ImportAsync(file, _other.Store);
        await HoldsAsync(_other, older, newer);

        await _store.SaveAsync(1);
        await EnvelopeArchive.ImportAsync(await ExportAsync(older), _other.Store);
        await HoldsAsync(_other, newer, older);
        await EnvelopeArchive.ImportAsync(file, _other.Store);
        await HoldsAsync(_other, newer, older);
    }

    [Fact]
    public async Task An_import_without_a_journal_counts_as_saved_now_whatever_clocks_say()
    {
        var one = await _store.SaveAsync(1);
        var content = await _store.OpenSoundAsync();
        await EnvelopeArchive.ExportAsync(content, EnvelopeJournal.Empty, _store.At("bare.envelope"));
        var two = await _other.SaveAsync(2);
        await EnvelopeArchive.ImportAsync(_store.At("bare.envelope"), _other.Store);
        await HoldsAsync(_other, two, one);

        await _other.Store.AppendAsync(two, [Events.Saved(two.Digest, DateTimeOffset.UtcNow.AddDays(1))]);
        await HoldsAsync(_other, one, two);
        await EnvelopeArchive.ImportAsync(_store.At("bare.envelope"), _other.Store);
        await HoldsAsync(_other, two, one);
    }

    [Fact]
    public async Task A_journal_of_another_envelope_in_a_file_is_damage_that_names_the_file()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));
        var file = _store.At("mixed.envelope");
        await EnvelopeArchive.ExportAsync(
            await _store.Store.OpenAsync(one.Name, one.Digest), await _store.Store.ReadJournalAsync(two), file);

        await Failure.OfAsync(
            EnvelopeError.Damaged, () => EnvelopeArchive.ImportAsync(file, _other.Store), file, two.Digest.ToString());
        Assert.Empty(await _other.Store.ListNamesAsync());
    }

    [Fact]
    public async Task A_file_is_resolved_with_its_journal()
    {
        var tags = new Dictionary<string, string> { ["team"] = "pricing" };
        var file = await ExportAsync(await _store.SaveAsync(info: new EnvelopeInfo { Tags = tags }));

        var resolved = await EnvelopeResolver.OpenAsync(file, _other.Store);
        Assert.Equal("pricing", resolved.Journal.Labels.Tags["team"]);
        Assert.NotNull(resolved.Journal.Saved);
    }

    private async Task<string> ExportAsync(EnvelopeReference reference)
    {
        var file = _store.At(Guid.NewGuid() + ".envelope");
        var content = await _store.Store.OpenAsync(reference.Name, reference.Digest);
        await EnvelopeArchive.ExportAsync(content, await _store.Store.ReadJournalAsync(reference), file);
        return file;
    }

    private static async Task HoldsAsync(TempStore store, params EnvelopeReference[] expected)
    {
        Assert.Equal(expected, await store.Store.ListAsync("house-price"));
        Assert.Equal(expected[^1].Digest, (await store.Store.OpenAsync("house-price")).Digest);

        var index = JsonNode.Parse(await File.ReadAllBytesAsync(store.In("layouts", "house-price", "index.json")))!;
        var latest = Assert.Single(
            index["manifests"]!.AsArray(),
            one => (string)one!["annotations"]!["org.opencontainers.image.ref.name"]! == "latest");
        Assert.Equal(expected[^1].Digest.ToString(), (string)latest!["digest"]!);
    }
}
