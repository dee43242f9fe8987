using System.Security.Claims;
using CsCheck;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data;

namespace EnvelopeSdk.Registry.Tests.Data;

public sealed class GrantedCatalogTests
{
    private static readonly Grants Limited = Grants.Of(new(new ClaimsIdentity(
        Grants.ClaimsOf("ci", [Role.Read], NamePattern.Parse("mine-*")))));

    [Fact]
    public async Task Pages_of_what_a_caller_may_see_are_those_of_a_catalog_that_has_nothing_else() =>
        await Gen.Select(Gen.Int[0, 1600], Gen.Int[0, 9], Gen.Int[1, 60], Gen.Int).SampleAsync(
            async (count, share, limit, seed) =>
            {
                var random = new Random(seed);
                var all = Enumerable.Range(0, count).Select(i => Entry(random.Next(10) < share ? "mine-a" : "other", i)).ToList();
                var catalog = new ListCatalog(all);
                var expected = all.Where(one => one.Reference.Name == "mine-a").Take(5 * limit).ToList();

                var found = new List<CatalogEntry>();
                for (var page = 0; page < 5; page++)
                {
                    var query = new EnvelopeQuery { After = found.Count == 0 ? null : found[^1].Cursor };
                    found.AddRange(await catalog.FindAsync(query, limit, Limited, default));
                }

                Assert.Equal(expected, found.Take(expected.Count));
            },
            iter: 100);

    private static CatalogEntry Entry(string name, int place) => new(
        new(name, Digest.Of(BitConverter.GetBytes(place))), null, null, new Dictionary<string, string>(),
        new Dictionary<string, double>(), place.ToString("D6", System.Globalization.CultureInfo.InvariantCulture));

    private sealed class ListCatalog(IReadOnlyList<CatalogEntry> all) : ICatalog
    {
        public Task<IReadOnlyList<CatalogEntry>> FindAsync(EnvelopeQuery query, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<CatalogEntry>>(
                [.. all.Where(one => query.After is null || string.CompareOrdinal(one.Cursor, query.After) > 0).Take(limit)]);

        public Task<IReadOnlyList<TagCount>> CountTagsAsync(string? name, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<TagCount>>([]);
    }
}
