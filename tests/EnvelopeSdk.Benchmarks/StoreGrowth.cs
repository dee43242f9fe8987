using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Benchmarks;

/// <summary>
/// What saving, opening the newest, tagging and listing a page cost in stores with more and more envelopes, of one name
/// and of as many names. All envelopes share their files but the manifest, so that it is the store that is measured.
/// </summary>
internal static class StoreGrowth
{
    private const int Rounds = 41;

    /// <summary>Arguments: a <c>.envelope</c> file, a directory on the disk to measure, and numbers of envelopes.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        Console.WriteLine("| store | save ms | newest ms | tag ms | page of 50 ms |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var isOneName in new[] { true, false })
        {
            foreach (var count in arguments[2..].Select(one => int.Parse(one, CultureInfo.InvariantCulture)))
            {
                var directory = Directory.CreateDirectory(Path.Combine(arguments[1], Path.GetRandomFileName())).FullName;
                try
                {
                    var source = await EnvelopeArchive.OpenAsync(arguments[0]);
                    await MeasureAsync(new(EnvelopeStore.Open(directory), source.Content, isOneName), count);
                }
                finally
                {
                    Directory.Delete(directory, recursive: true);
                }
            }
        }
    }

    private static async Task MeasureAsync(GrowingStore store, int count)
    {
        await store.FillAsync(count);
        var name = store.Last!.Name;
        string[] figures =
        [
            await MedianAsync(store.AddAsync),
            await MedianAsync(() => store.Store.OpenAsync(name)),
            await MedianAsync(() => store.Store.TagAsync(
                store.Last, new Dictionary<string, string?> { ["round"] = Guid.NewGuid().ToString() })),
            await MedianAsync(async () =>
            {
                await foreach (var one in store.Store.QueryAsync(new() { Name = store.IsOneName ? name : null }).Take(50))
                {
                    await store.Store.OpenAsync(one.Reference.Name, one.Reference.Digest);
                }
            }),
        ];
        Console.WriteLine(
            $"| {count} envelopes of {(store.IsOneName ? "one name" : "as many names")} | {string.Join(" | ", figures)} |");
    }

    private static async Task<string> MedianAsync(Func<Task> action)
    {
        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await action();
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return times.Order().ElementAt(Rounds / 2).ToString("0.00", CultureInfo.InvariantCulture);
    }
}

/// <summary>A store that envelopes are added to which differ from one another by a word in the manifest.</summary>
internal sealed class GrowingStore(IEnvelopeStore store, EnvelopeContent content, bool isOneName)
{
    private int _count;

    public IEnvelopeStore Store => store;

    public bool IsOneName => isOneName;

    public EnvelopeReference? Last { get; private set; }

    public async Task FillAsync(int count)
    {
        await store.CopyAsync(content, EnvelopeJournal.Empty);
        while (_count < count)
        {
            await AddAsync();
        }
    }

    public async Task AddAsync()
    {
        var number = (++_count).ToString(CultureInfo.InvariantCulture);
        var manifest = JsonNode.Parse(content.Manifest.Span)!;
        (manifest["annotations"] ??= new JsonObject())["number"] = number;
        var bytes = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        var digest = Digest.Of(bytes);
        await using var staged = await store.StageAsync();
        await staged.AddAsync(stream => stream.WriteAsync(bytes), default);
        var writer = new JournalWriter(digest, EnvelopeJournal.Empty, TimeProvider.System);
        writer.Save(null);
        var name = isOneName ? content.Record.Name : "name-" + number;
        Last = await staged.CommitAsync(name, digest, writer.Events, [], default);
    }
}
