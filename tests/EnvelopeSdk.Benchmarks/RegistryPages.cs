using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Benchmarks;

/// <summary>
/// What a registry over stores of more and more envelopes takes: to make its index, to show what another process has
/// saved, and to answer with pages: as long as a caller waits, and as long as a processor works for it, which other
/// programs of the machine hardly change. A store that was filled in the directory before is used again.
/// </summary>
internal static class RegistryPages
{
    private const int Rounds = 41;
    private const int Before = 15;
    private const int Saves = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Arguments: a directory, and numbers of envelopes.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        foreach (var count in arguments[1..].Select(one => int.Parse(one, CultureInfo.InvariantCulture)))
        {
            var directory = Path.Combine(arguments[0], count.ToString(CultureInfo.InvariantCulture));
            var store = await FilledStore.OpenAsync(directory);
            var begun = Stopwatch.GetTimestamp();
            for (; store.Count < count; await store.AddAsync())
            {
            }

            Print($"{store.Count} envelopes, filled in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
            var index = Path.Combine(store.Store.Address, "registry");
            if (Directory.Exists(index))
            {
                Directory.Delete(index, recursive: true);
            }

            await FillAuditAsync(store);
            await MeasureAsync(store, Path.Combine(directory, "user"));
        }
    }

    /// <summary>As many changes as there are envelopes.</summary>
    private static async Task FillAuditAsync(FilledStore store)
    {
        await using var records = RecordsDatabase.Open(null, store.Store.Address);
        await records.PrepareAsync(default);
        var changes = DrawnEnvelope.All().Take(store.Count).Select(one => new AuditEntry(AuditAction.Tag)
        {
            Envelope = one.Name,
            Subject = "stage",
            After = JsonSerializer.SerializeToElement(one.Tags["stage"]),
        });
        var audit = new AuditLog(records, TimeProvider.System);
        await audit.RunAsync(new("ada", "key"), [.. changes], () => Task.CompletedTask);
    }

    private static async Task MeasureAsync(FilledStore store, string user)
    {
        var begun = Stopwatch.GetTimestamp();
        using var registry = await OwnRegistry.StartAsync(store.Store.Address, user);
        using var client = new HttpClient { BaseAddress = new($"http://{registry.Host}") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", registry.Key);
        await WaitAsync(client, "limit=1", found => found.Count > 0);
        var newest = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var last = $"until={DrawnEnvelope.TimeOf(0):yyyy-MM-ddTHH:mm:ssZ}"; // the newest are read first
        await WaitAsync(client, last, found => found.Count > 0);
        var whole = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Print($"""
            made the index in {whole:0.0} s, {store.Count / whole:0} envelopes a second, for which processors worked
            {registry.ProcessorTime.TotalSeconds:0.0} s; the newest showed after {newest:0.0} s
            """);
        await MeasureSavesAsync(store, client);
        await MeasurePagesAsync(store, client, registry);
    }

    private static async Task MeasureSavesAsync(FilledStore store, HttpClient client)
    {
        var times = new List<double>();
        for (var i = 0; i < Saves; i++)
        {
            await Task.Delay(Random.Shared.Next(1000));
            var saved = await store.AddAsync();
            var begun = Stopwatch.GetTimestamp();
            await WaitAsync(client, "limit=1", found => found[0].Digest == saved.Digest.ToString());
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        Print($"a save by another process shows after {times[Saves / 2]:0} ms, at the most {times[^1]:0} ms");
    }

    private static async Task MeasurePagesAsync(FilledStore store, HttpClient client, StartedServer registry)
    {
        var listed = await FindAsync(client, "limit=10");
        var one = listed[0];
        var compared = string.Join('&', listed.Select(other => $"envelope={other.Name}@{other.Digest}"));
        var middle = QueryPlace.Of(new(new("model", Digest.Of("middle"u8)), DrawnEnvelope.TimeOf(store.Count / 2)));
        (string What, string Address)[] pages =
        [
            ("list of 50", "/"),
            ("list of 50 with two frequent tags", "/?tag=stage=dev&tag=region=r3"),
            ("list of 50 with two rare tags", "/?tag=stage=prod&tag=team=team-7"),
            ("list of 50 by a metric", "/?order=auc-"),
            ("list of 50 from the middle", $"/?after={middle}"),
            ("list with a metric over another", "/?x=latency&y=auc"),
            ("list of a thousand", "/?limit=1000"),
            ("tags", "/tags"),
            ("an envelope", $"/envelopes/{one.Name}/{one.Digest}"),
            ("comparison of 2", "/compare?" + string.Join('&', compared.Split('&')[..Math.Min(2, listed.Count)])),
            ("comparison of 10", "/compare?" + compared),
            ("audit", "/audit"),
            ("list of 50, as JSON", "/api/envelopes"),
            ("2,000 points, as JSON", "/api/scatter?x=latency&y=auc"),
        ];
        foreach (var address in Enumerable.Repeat(pages, Before).SelectMany(all => all).Select(page => page.Address))
        {
            await client.GetByteArrayAsync(address); // what is compiled once
        }

        Console.WriteLine("| page | median ms | worst ms | processor ms | KB |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var (what, address) in pages)
        {
            Console.WriteLine($"| {what} | {await MeasureAsync(client, registry, address)} |");
        }
    }

    private static async Task<string> MeasureAsync(HttpClient client, StartedServer registry, string address)
    {
        var (times, bytes, worked) = (new List<double>(), 0, registry.ProcessorTime);
        for (var i = 0; i < Rounds; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            bytes = (await client.GetByteArrayAsync(address)).Length;
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        var processor = (registry.ProcessorTime - worked).TotalMilliseconds / Rounds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{times[Rounds / 2]:0.0} | {times[^1]:0.0} | {processor:0.0} | {bytes >> 10}");
    }

    private static async Task WaitAsync(
        HttpClient client, string query, Func<IReadOnlyList<ListedEnvelope>, bool> isAwaited)
    {
        for (var waiting = Stopwatch.StartNew(); !isAwaited(await FindAsync(client, query)); await Task.Delay(5))
        {
            if (waiting.Elapsed > Patience)
            {
                throw new TimeoutException($"The registry does not show what '{query}' asks for.");
            }
        }
    }

    private static async Task<IReadOnlyList<ListedEnvelope>> FindAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<EnvelopeList>($"/api/envelopes?{query}"))!.Envelopes;

    private static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
