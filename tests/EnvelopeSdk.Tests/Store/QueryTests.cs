using EnvelopeSdk.Queries;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

public sealed class QueryTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_newest_comes_first_among_all_names_and_within_one()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2, new() { Name = "a.house" }));
        var three = await _store.SaveAsync(3);

        Assert.Equal([three, two, one], await FindAsync(new()));
        Assert.Equal([three, one], await FindAsync(new() { Name = "house-price" }));
        Assert.Empty(await FindAsync(new() { Name = "nobody" }));
    }

    [Fact]
    public async Task Tags_are_all_had_or_absent_or_one_of_several()
    {
        var one = await SaveAsync(1, ("team", "pricing"), ("stage", "live"));
        var two = await SaveAsync(2, ("team", "pricing"));
        var three = await SaveAsync(3, ("team", "growth"), ("stage", "test"));

        Assert.Equal([two, one], await FindAsync(new() { Tags = Tags(("team", "pricing")) }));
        Assert.Equal([one], await FindAsync(new() { Tags = Tags(("team", "pricing"), ("stage", "live")) }));
        Assert.Equal([two], await FindAsync(new() { Tags = Tags(("stage", null)) }));
        Assert.Equal([three, one], await FindAsync(new() { AnyTags = [new("stage", "live"), new("stage", "test")] }));

        await _store.Store.TagAsync(two, Tags(("stage", "live")));
        Assert.Equal([two, one], await FindAsync(new() { Tags = Tags(("stage", "live")) }));
        Assert.Empty(await FindAsync(new() { Tags = Tags(("stage", "Live")) }));
    }

    [Theory]
    [InlineData("r2>0.8", 3, 2), InlineData("r2>=0.8", 3, 2, 1), InlineData("r2<0.9", 1), InlineData("r2<=0.9", 2, 1)]
    [InlineData("r2=0.9", 2), InlineData("rmse>0"), InlineData("r2>1e300"), InlineData("r2<Infinity", 3, 2, 1)]
    public async Task Metrics_are_within_bounds_and_NaN_is_within_none(string bound, params int[] expected)
    {
        var saved = new List<EnvelopeReference>();
        foreach (var r2 in (double[])[0.8, 0.9, 0.95, double.NaN])
        {
            saved.Add(await _store.SaveAsync(saved.Count));
            await _store.Store.RecordMetricAsync(saved[^1], "r2", r2);
        }

        Assert.Equal(expected.Select(i => saved[i - 1]), await FindAsync(new() { Metrics = [NumberBound.Parse(bound)] }));
    }

    [Theory]
    [InlineData("r2"), InlineData(">1"), InlineData("r2>"), InlineData("r2>high"), InlineData("r2>NaN"), InlineData("r2=>1"), InlineData("")]
    public void A_bound_that_is_none_is_named(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<EnvelopeException>(() => NumberBound.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Time_bounds_what_was_saved_last()
    {
        var (one, two, three) = (await _store.SaveAsync(1), await _store.SaveAsync(2), await _store.SaveAsync(3));
        var middle = (await _store.Store.ReadJournalAsync(two)).Saved;

        Assert.Equal([three, two], await FindAsync(new() { Since = middle }));
        Assert.Equal([two, one], await FindAsync(new() { Until = middle }));
        await _store.SaveAsync(1);
        Assert.Equal([one, three, two], await FindAsync(new() { Since = middle }));
    }

    [Fact]
    public async Task Hyperparameters_commit_and_schema_are_read_from_the_record()
    {
        var one = await _store.SaveAsync(1, new() { Hyperparameters = { ["depth"] = 3 } });
        await _store.SaveAsync(2, new() { Hyperparameters = { ["depth"] = 8 } });
        var record = (await _store.Store.OpenAsync(one.Name, one.Digest)).Record;

        Assert.Equal([one], await FindAsync(new() { Hyperparameters = [NumberBound.Parse("depth<=3")] }));
        Assert.Empty(await FindAsync(new() { Hyperparameters = [NumberBound.Parse("width<=3")] }));
        Assert.Equal(2, (await FindAsync(new() { SchemaFingerprint = record.Schema.Fingerprint })).Count);
        Assert.Empty(await FindAsync(new() { SchemaFingerprint = "other" }));
        Assert.Equal(record.Provenance.Git is null ? 0 : 2, (await FindAsync(new() { Commit = record.Provenance.Git?.Commit[..7] ?? "abc" })).Count);
        Assert.Empty(await FindAsync(new() { Commit = new string('0', 40) }));
    }

    [Fact]
    public async Task A_metric_orders_and_pages_follow_each_other_in_both_orders()
    {
        var saved = new List<EnvelopeReference>();
        foreach (var r2 in (double[])[0.5, 0.9, 0.7, 0.7, double.NaN])
        {
            saved.Add(await _store.SaveAsync(saved.Count));
            await _store.Store.RecordMetricAsync(saved[^1], "r2", r2);
        }

        Assert.Equal([saved[0], saved[3], saved[2], saved[1]], await FindAsync(new() { OrderBy = "r2" }));
        Assert.Equal([saved[1], saved[3], saved[2], saved[0]], await FindAsync(new() { OrderBy = "r2", Descending = true }));
        foreach (var query in (EnvelopeQuery[])[new(), new() { OrderBy = "r2" }, new() { OrderBy = "r2", Descending = true }])
        {
            var paged = new List<EnvelopeReference>();
            for (var page = query; await _store.Store.QueryAsync(page).FirstOrDefaultAsync() is { } first; page = query with { After = first.Cursor })
            {
                paged.Add(first.Reference);
            }

            Assert.Equal(await FindAsync(query), paged);
        }
    }

    [Fact]
    public async Task A_page_goes_on_where_it_was_when_others_are_saved_and_deleted_meanwhile()
    {
        var (one, two, three) = (await _store.SaveAsync(1), await _store.SaveAsync(2), await _store.SaveAsync(3));
        var first = await _store.Store.QueryAsync(new()).FirstAsync();
        await _store.SaveAsync(4);
        await _store.Store.DeleteAsync(three);

        Assert.Equal(three, first.Reference);
        Assert.Equal([two, one], await FindAsync(new() { After = first.Cursor }));
        await Failure.OfAsync(EnvelopeError.Invalid, () => FindAsync(new() { After = "three" }), "'three'");
    }

    [Fact]
    public async Task A_damaged_envelope_ends_a_query_unless_somebody_is_told()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));
        await File.AppendAllTextAsync(_store.In("layouts", "house-price", "by-digest", one.Digest.Hex, "journal.jsonl"), "{}\n");

        await Failure.OfAsync(EnvelopeError.Damaged, () => FindAsync(new()), "Line 2");
        var told = new List<EnvelopeReference>();
        Assert.Equal([two], await FindAsync(new() { OnDamage = (reference, _) => told.Add(reference) }));
        Assert.Equal([one], told);
    }

    [Fact]
    public async Task The_newest_and_what_is_tagged_are_kept()
    {
        var saved = new List<EnvelopeReference>();
        for (var i = 0; i < 5; i++)
        {
            saved.Add(await _store.SaveAsync(i));
        }

        await _store.Store.TagAsync(saved[1], Tags(("stage", "production")));
        var superfluous = await _store.Store.FindSuperfluousAsync("house-price", 2, [new("stage", "production"), new("stage", "canary")]);
        Assert.Equal([saved[2], saved[0]], superfluous.Select(one => one.Reference));
        Assert.Equal(saved[..3].AsEnumerable().Reverse(), (await _store.Store.FindSuperfluousAsync("house-price", 2, [])).Select(one => one.Reference));
        Assert.Empty(await _store.Store.FindSuperfluousAsync("house-price", 5, []));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _store.Store.FindSuperfluousAsync("house-price", 0, []));

        await _store.Store.TagAsync(saved[2], Tags(("stage", "production"))); // meanwhile
        Assert.Equal(1, await _store.Store.DeleteAsync("house-price", superfluous.ToDictionary(one => one.Reference.Digest, one => (Guid?)one.Journal.Events[^1].Id)));
        Assert.Equal(saved[1..], await _store.Store.ListAsync("house-price"));
    }

    private static Dictionary<string, string?> Tags(params (string Name, string? Value)[] tags) =>
        tags.ToDictionary(one => one.Name, one => one.Value);

    private async Task<EnvelopeReference> SaveAsync(double first, params (string Name, string Value)[] tags) =>
        await _store.SaveAsync(first, new() { Tags = tags.ToDictionary(one => one.Name, one => one.Value) });

    private async Task<List<EnvelopeReference>> FindAsync(EnvelopeQuery query) =>
        await _store.Store.QueryAsync(query).Select(one => one.Reference).ToListAsync();
}
