using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CsCheck;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Events;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Data;

/// <summary>What a catalog answers, whatever database it is in: what reading the store would answer.</summary>
public abstract class CatalogContract
{
    /// <returns>How to connect to an empty database; null: a file.</returns>
    protected abstract Task<string?> CreateDatabaseAsync();

    [DatabaseFact]
    public async Task Random_queries_of_a_random_store_find_what_reading_the_store_finds_in_the_same_order()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        await using var indexed = await IndexAsync();
        await RandomEnvelopes.FillAsync(indexed.Crafted, 60, seed);
        await indexed.Follower.CatchUpAsync(default);
        Assert.Empty(indexed.Damaged);

        var found = 0;
        await Gen.Select(RandomEnvelopes.Queries, RandomEnvelopes.Patterns, RandomEnvelopes.Limits).SampleAsync(
            async (query, names, limits) =>
            {
                var catalog = new IndexedCatalog(indexed.Database, limits); // each way to an answer
                var expected = await indexed.Oracle.FindAsync(query, names, 100, default);
                AreSame(
                    expected, await catalog.FindAsync(query, names, 100, default), $"{query} by {limits} within {names} of store {seed}");
                foreach (var one in expected.Where((_, i) => i % 3 == 0))
                {
                    var next = query with { After = one.Cursor };
                    AreSame(
                        await indexed.Oracle.FindAsync(next, names, 4, default),
                        await catalog.FindAsync(next, names, 4, default), $"{next} by {limits} within {names} of store {seed}");
                }

                Interlocked.Add(ref found, expected.Count);
            },
            iter: 1000, threads: 1);
        Assert.True(found > 1000, $"Only {found} were found: the queries ask for nothing.");
    }

    [DatabaseFact]
    public async Task A_pattern_of_names_holds_whatever_else_is_asked_for()
    {
        await using var indexed = await IndexAsync();
        for (var i = 0; i < 12; i++)
        {
            await indexed.Crafted.AddAsync(
                i % 2 == 0 ? "house" : "zoo",
                record => record["provenance"]!["git"] = new JsonObject
                {
                    ["commit"] = new string('a', 40),
                    ["dirty"] = false,
                },
                CraftedStore.Saved(), CraftedStore.Tag("team", i < 4 ? "few" : "many"), CraftedStore.Metric("r2", i));
        }

        await indexed.Follower.CatchUpAsync(default);
        foreach (var query in (Queries.EnvelopeQuery[])
        [
            new(), new() { Tags = OtherStore.Tag("team", "few") }, new() { AnyTags = [new("team", "few")] },
            new() { Commit = "aaaaaaa" }, new() { OrderBy = "r2" }, new() { Tags = OtherStore.Tag("team", "many") },
        ])
        {
            var found = await indexed.Catalog.FindAsync(query, NamePattern.Parse("house"), 100, default);
            Assert.NotEmpty(found);
            Assert.All(found, one => Assert.True(one.Reference.Name == "house", query.ToString()));
        }
    }

    [DatabaseFact]
    public async Task Tags_are_counted_the_most_frequent_first()
    {
        await using var indexed = await IndexAsync();
        await RandomEnvelopes.FillAsync(indexed.Crafted, 40, 7);
        await indexed.Follower.CatchUpAsync(default);

        Assert.Equal(
            await indexed.Oracle.CountTagsAsync(null, 1000, default), await indexed.Catalog.CountTagsAsync(null, 1000, default));
        Assert.Equal(
            await indexed.Oracle.CountTagsAsync(null, 3, default), await indexed.Catalog.CountTagsAsync(null, 3, default));
        Assert.Equal(
            await indexed.Oracle.CountTagsAsync("nul\0", 9, default), await indexed.Catalog.CountTagsAsync("nul\0", 9, default));
        Assert.Empty(await indexed.Catalog.CountTagsAsync("nobody", 9, default));
    }

    [DatabaseFact]
    public async Task After_any_changes_the_index_is_that_of_a_store_that_was_never_otherwise()
    {
        await using var indexed = await IndexAsync();
        var store = indexed.Crafted.Store;
        await RandomEnvelopes.FillAsync(indexed.Crafted, 30, 11);
        await indexed.Follower.CatchUpAsync(default);
        var random = new Random(13);
        var all = (await indexed.Oracle.FindAsync(new(), null, 100, default)).Select(one => one.Reference).ToList();
        foreach (var one in all)
        {
            switch (random.Next(5))
            {
                case 0:
                    await store.DeleteAsync(one);
                    break;
                case 1:
                    await store.AppendAsync(one, [CraftedStore.Saved(CraftedStore.Noon.AddDays(1)) with { Envelope = one.Digest }]);
                    break;
                case 2:
                    await store.TagAsync(one, new Dictionary<string, string?> { ["team"] = "new", ["Team"] = null });
                    break;
                case 3:
                    await store.RecordMetricAsync(one, "team", random.NextDouble());
                    break;
            }
        }

        await RandomEnvelopes.FillAsync(indexed.Crafted, 10, 17);
        await indexed.Follower.CatchUpAsync(default);
        Assert.Equal(
            await indexed.Oracle.CountTagsAsync(null, 1000, default), await indexed.Catalog.CountTagsAsync(null, 1000, default));
        await RandomEnvelopes.Queries.SampleAsync(
            async query => AreSame(
                await indexed.Oracle.FindAsync(query, null, 100, default),
                await indexed.Catalog.FindAsync(query, null, 100, default), query.ToString()),
            iter: 100, threads: 1);
    }

    [DatabaseFact]
    public async Task One_envelope_under_two_names_is_found_under_both()
    {
        await using var indexed = await IndexAsync();
        var one = await indexed.Crafted.AddAsync("house", null, CraftedStore.Saved());
        await using (var staged = await indexed.Crafted.Store.StageAsync())
        {
            await staged.CommitAsync("zoo", one.Digest, [CraftedStore.Saved() with { Envelope = one.Digest }], [], default);
        }

        Assert.Equal(2, (await indexed.FindAsync()).Count);
        Assert.Equal([one], await indexed.FindAsync(new() { Name = "house" }));
        await indexed.Crafted.Store.DeleteAsync(one);
        Assert.Equal([one with { Name = "zoo" }], await indexed.FindAsync());
    }

    [DatabaseFact]
    public async Task A_page_goes_on_where_it_was_when_its_last_envelope_is_deleted()
    {
        await using var indexed = await IndexAsync();
        List<EnvelopeReference> saved = [];
        for (var i = 0; i < 6; i++)
        {
            saved.Insert(0, await indexed.Crafted.AddAsync(happened: CraftedStore.Saved(CraftedStore.Noon.AddTicks(i))));
        }

        await indexed.Follower.CatchUpAsync(default);
        var page = await indexed.Catalog.FindAsync(new(), null, 2, default);
        Assert.Equal(saved[..2], page.Select(one => one.Reference));
        await indexed.Crafted.Store.DeleteAsync(saved[1]);
        Assert.Equal(saved[2..], await indexed.FindAsync(new() { After = page[^1].Cursor }));
    }

    [DatabaseFact]
    public async Task A_wrong_cursor_and_a_wrong_name_are_named()
    {
        await using var indexed = await IndexAsync();
        foreach (var cursor in (string[])["three", "0_1_abc", "NaN_1_" + new string('0', 64)])
        {
            var failure = await Assert.ThrowsAsync<EnvelopeException>(
                () => indexed.Catalog.FindAsync(new() { After = cursor }, null, 1, default));
            Assert.Contains($"'{cursor}'", failure.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<EnvelopeException>(() => indexed.Catalog.FindAsync(new() { Name = "No Name" }, null, 1, default));
        Assert.Empty(await indexed.Catalog.FindAsync(new() { After = "0_1_" + new string('0', 64) }, null, 1, default));
    }

    [DatabaseFact]
    public async Task Several_that_start_at_once_apply_each_migration_once_and_followers_at_once_end_alike()
    {
        using var crafted = new CraftedStore();
        var connection = await CreateDatabaseAsync();
        await RandomEnvelopes.FillAsync(crafted, 20, 3);
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var database = Database.Open(connection, crafted.At("index.db"));
            await database.MendAsync(default);
            return await new Migrator(database).RunAsync(default);
        })));
        Assert.Equal(1, applied.Count(one => one > 0));

        var all = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => IndexedStore.OpenAsync(crafted, connection)));
        await Task.WhenAll(all.Select(one => Task.Run(() => one.Follower.CatchUpAsync(default))));
        AreSame(
            await all[0].Oracle.FindAsync(new(), null, 100, default), await all[1].Catalog.FindAsync(new(), null, 100, default), "all");
        Assert.Equal(
            await all[0].Oracle.CountTagsAsync(null, 1000, default), await all[2].Catalog.CountTagsAsync(null, 1000, default));
    }

    [DatabaseFact]
    public async Task What_a_newer_version_made_is_left_alone()
    {
        await using var indexed = await IndexAsync();
        await RunAsync(indexed, "insert into migration_catalog (number, name) values (999, 'of tomorrow')");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => new Migrator(indexed.Database).RunAsync(default));
        Assert.Equal(EnvelopeError.UnknownVersion, failure.Error);
        Assert.Contains("999", failure.Message, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task What_was_to_be_told_before_batches_told_anything_is_told_still()
    {
        await using var indexed = await IndexAsync();
        await RunAsync(
            indexed,
            """
            delete from migration_catalog where number = 3;
            drop table announcement;
            create table announcement (
              id bigint primary key, kind text not null, name text not null, digest text not null, subject text,
              step bigint, value text, who text, time bigint not null);
            insert into announcement (id, kind, name, digest, subject, time) values (7, 'tagged', 'a', 'b', 'team', 5);
            """);

        Assert.Equal(1, await new Migrator(indexed.Database).RunAsync(default));

        var kept = Assert.Single(await new AnnouncementLog(indexed.Database).ReadAsync(0, 10, default));
        Assert.Equal((7, "tagged", "a", "b", "team", 5), (kept.Id, kept.Kind, kept.Name, kept.Digest, kept.Subject, kept.Time.UtcTicks));
    }

    private static async Task RunAsync(IndexedStore indexed, string sql)
    {
        await using var connection = await indexed.Database.ConnectAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<IndexedStore> IndexAsync() =>
        await IndexedStore.OpenAsync(new CraftedStore(), await CreateDatabaseAsync());

    private static void AreSame(
        IReadOnlyList<CatalogEntry> expected, IReadOnlyList<CatalogEntry> found, string what) =>
        Assert.True(
            expected.Select(Text).SequenceEqual(found.Select(Text)),
            $"{what}:\n{string.Join('\n', expected.Select(Text))}\nbut\n{string.Join('\n', found.Select(Text))}");

    private static string Text(CatalogEntry one) => string.Create(
        CultureInfo.InvariantCulture,
        $"{one.Reference} {one.Saved:O} by {one.SavedBy ?? "nobody"} [{string.Join(", ", one.Tags)}] [{string.Join(", ", one.Metrics.Select(metric => $"{metric.Key}={metric.Value:R}"))}] {one.Cursor}");
}

public sealed class SqliteCatalogTests : CatalogContract
{
    protected override Task<string?> CreateDatabaseAsync() => Task.FromResult<string?>(null);
}

[Collection(PostgresServer.Collection)]
public sealed class PostgresCatalogTests(PostgresServer server) : CatalogContract
{
    protected override async Task<string?> CreateDatabaseAsync() => await server.CreateDatabaseAsync();
}
