using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Diamonds;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Benchmarks;

/// <summary>
/// A store in a directory with <see cref="DrawnEnvelope"/>s, each with a manifest, a record and a journal of its own.
/// They share their other files. One that was filled before is gone on with.
/// </summary>
internal sealed class FilledStore
{
    private readonly IEnumerator<DrawnEnvelope> _drawn;
    private readonly JsonNode _manifest;
    private readonly JsonNode _record;

    private FilledStore(FolderStore store, int count, EnvelopeContent pattern, ReadOnlyMemory<byte> record)
    {
        (Store, Count) = (store, count);
        _drawn = DrawnEnvelope.All().Skip(count).GetEnumerator();
        (_manifest, _record) = (JsonNode.Parse(pattern.Manifest.Span)!, JsonNode.Parse(record.Span)!);
    }

    public FolderStore Store { get; }

    public int Count { get; private set; }

    public static async Task<FilledStore> OpenAsync(string directory)
    {
        var source = EnvelopeStore.Open(Path.Combine(directory, "pattern"));
        var saved = await Envelope.SaveAsync(new Embedding(new float[16]), store: source);
        var pattern = await source.OpenAsync(saved.Name, saved.Digest);
        var store = (FolderStore)EnvelopeStore.Open(Path.Combine(directory, "store"));
        var count = store.Names().Sum(name => store.Layout(name).Entries().Count());
        if (count == 0)
        {
            await store.CopyAsync(pattern, EnvelopeJournal.Empty);
            var copied = new Dictionary<Digest, Guid?> { [saved.Digest] = null };
            await store.DeleteAsync(saved.Name, copied); // its files stay
        }

        return new(store, count, pattern, await pattern.ReadAsync(EnvelopeContent.RecordPath));
    }

    public async Task<EnvelopeReference> AddAsync()
    {
        _drawn.MoveNext();
        var one = _drawn.Current;
        await using var staged = await Store.StageAsync();
        var (record, size) = await StageAsync(staged, ChangeRecord(one));
        var layer = _manifest["layers"]!.AsArray().Single(
            layer => (string)layer!["annotations"]!["org.cncf.model.filepath"]! == EnvelopeContent.RecordPath)!;
        (layer["digest"], layer["size"]) = (record.ToString(), size);
        var (digest, _) = await StageAsync(staged, _manifest);
        var writer = new JournalWriter(digest, EnvelopeJournal.Empty, new Clock(one.Saved)) { Who = "ada" };
        writer.Save();
        foreach (var (name, value) in one.Tags)
        {
            writer.SetTag(name, value);
        }

        foreach (var (name, value) in one.Metrics)
        {
            writer.SetMetric(name, value);
        }

        Count++;
        return await staged.CommitAsync(one.Name, digest, writer.Events, [], default);
    }

    private JsonNode ChangeRecord(DrawnEnvelope one)
    {
        var number = one.Number.ToString(CultureInfo.InvariantCulture);
        _record["name"] = one.Name;
        _record["hyperparameters"] = new JsonObject { ["depth"] = one.Number % 12, ["seed"] = one.Number };
        _record["provenance"]!["git"] = new JsonObject
        {
            ["commit"] = Digest.Of(Encoding.ASCII.GetBytes(number)).Hex[..40],
            ["dirty"] = false,
        };
        return _record;
    }

    private static Task<(Digest Digest, long Size)> StageAsync(IStagedEnvelope staged, JsonNode document) =>
        staged.AddAsync(stream => stream.WriteAsync(Encoding.UTF8.GetBytes(document.ToJsonString())), default);

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
