using System.Diagnostics;
using System.Globalization;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Data.Indexing;

namespace EnvelopeSdk.Benchmarks;

/// <summary>
/// What queries cost in an index of very many envelopes, with five tags and two metrics each, that no store has.
/// </summary>
internal static class CatalogQueries
{
    private const int Rounds = 25;
    private const int Batch = 10_000;

    private static readonly (string What, EnvelopeQuery Query)[] Asked =
    [
        ("a rare tag and two others", Tagged(("canonical_name", "m777"), ("stage", "staging"), ("region", "r3"))),
        ("a team in production", Tagged(("team", "team-7"), ("stage", "prod"))),
        ("two frequent tags", Tagged(("stage", "dev"), ("region", "r3"))),
        ("two that never meet, 1 % and 10 %", Tagged(("stage", "prod"), ("region", "r9"))),
        ("three that never meet", Tagged(("region", "r9"), ("team", "team-0"), ("stage", "prod"))),
        ("one that nobody has", Tagged(("team", "nope"), ("stage", "dev"))),
        ("four tags", Tagged(("stage", "dev"), ("region", "r3"), ("team", "team-20"), ("canonical_name", "m50"))),
        ("a name", new() { Name = "model-777" }),
        ("no condition", new()),
        ("by a metric", new() { OrderBy = "auc", Descending = true }),
        ("a frequent tag by a metric", Tagged(("stage", "dev")) with { OrderBy = "auc", Descending = true }),
        ("one tag of two", new() { AnyTags = [new("stage", "prod"), new("team", "team-7")] }),
        ("a frequent tag, a metric within a bound", Tagged(("region", "r3")) with { Metrics = [NumberBound.Parse("auc>0.99")] }),
    ];

    /// <summary>What callers find who may read some names only.</summary>
    private static readonly (string Names, EnvelopeQuery Query)[] AskedByLimited =
    [
        ("model-1234", new()),
        ("model-19*", new()),
        ("model-1*", new()),
        ("model-19*", Tagged(("stage", "dev"), ("region", "r3"))),
        ("model-1*", Tagged(("stage", "prod"))),
        ("model-19*", new() { OrderBy = "auc", Descending = true }),
        ("nobody-*", new()),
    ];

    /// <param name="directory">Where the file of SQLite is made, if there is no connection.</param>
    /// <param name="count">How many envelopes.</param>
    /// <param name="connection">An empty database of PostgreSQL; null: SQLite.</param>
    public static async Task RunAsync(string directory, int count, string? connection)
    {
        Directory.CreateDirectory(directory);
        await using var database = Database.Open(connection, Path.Combine(directory, "index.db"));
        await database.MendAsync(default);
        if (await new Migrator(database).RunAsync(default) > 0)
        {
            await FillAsync(database, count);
        }

        var catalog = new IndexedCatalog(database);
        Console.WriteLine("| query | newest ms, median | worst | page of 50 ms, median | worst | page from the middle ms, median | worst |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        var middle = QueryPlace.Of(new(new("model", Digest.Of("middle"u8)), DrawnEnvelope.TimeOf(count / 2)), 0.5 * -1).ToString();
        (string What, NamePattern? Names, EnvelopeQuery Query)[] all =
        [
            .. Asked.Select(one => (one.What, default(NamePattern), one.Query)),
            .. AskedByLimited.Select(one => ($"{one.Names}: {string.Join('&', QueryText.Write(one.Query).Select(part => $"{part.Key}={part.Value}"))}",
                NamePattern.Parse(one.Names), one.Query)),
        ];
        foreach (var (what, names, query) in all)
        {
            var newest = await MeasureAsync(catalog, query, names, 1);
            var page = await MeasureAsync(catalog, query, names, 50);
            var next = await MeasureAsync(catalog, query with { After = middle }, names, 50);
            Console.WriteLine($"| {what} | {newest} | {page} | {next} |");
        }
    }

    private static async Task FillAsync(Database database, int count)
    {
        var index = new CatalogIndex(database);
        var begun = Stopwatch.GetTimestamp();
        foreach (var batch in DrawnEnvelope.All().Take(count).Chunk(Batch))
        {
            var facts = batch.Select(FactsOf).ToDictionary(one => one.Reference);
            await index.WriteAsync(facts.Keys, (one, _) => Task.FromResult<EnvelopeFacts?>(facts[one]), default);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Filled with {count} envelopes in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s."));
    }

    private static EnvelopeFacts FactsOf(DrawnEnvelope one) => new(
        new(one.Name, Digest.Of(BitConverter.GetBytes(one.Number))), one.Saved.UtcTicks, "ada", null,
        $"sha256:{one.Canonical}", new(one.Tags, one.Metrics, new Dictionary<string, double>()), new(1000, one.Number));

    private static EnvelopeQuery Tagged(params (string Name, string Value)[] tags) =>
        new() { Tags = tags.ToDictionary(tag => tag.Name, tag => (string?)tag.Value) };

    private static async Task<string> MeasureAsync(
        IndexedCatalog catalog, EnvelopeQuery query, NamePattern? names, int limit)
    {
        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await catalog.FindAsync(query, names, limit, default);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{times[Rounds / 2]:0.00} | {times[^1]:0.00}");
    }
}
