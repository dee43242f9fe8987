using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>A store with envelopes of which only the records and journals are there.</summary>
internal sealed class CraftedStore : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();
    private EnvelopeContent? _pattern;
    private int _count;

    /// <param name="directory">Where the store is; null: in a directory of its own.</param>
    public CraftedStore(string? directory = null) =>
        Store = (FolderStore)EnvelopeStore.Open(directory ?? _directory.At("store"));

    public FolderStore Store { get; }

    public string At(string name) => _directory.At(name);

    public string In(params ReadOnlySpan<string> parts) => Path.Combine([Store.Address, .. parts]);

    /// <param name="name">The envelope's name.</param>
    /// <param name="changeRecord">Changes the record of a kept envelope.</param>
    /// <param name="happened">What is in the journal, each event without the envelope.</param>
    public async Task<EnvelopeReference> AddAsync(
        string name = "house", Action<JsonObject>? changeRecord = null, params IEnumerable<JournalEvent> happened)
    {
        _pattern ??= (await EnvelopeArchive.OpenAsync(ServedStore.Golden(ServedStore.Linear))).Content;
        var manifest = JsonNode.Parse(_pattern.Manifest.Span)!.AsObject();
        manifest["annotations"] = new JsonObject { ["number"] = (_count++).ToString(CultureInfo.InvariantCulture) };
        var record = JsonNode.Parse(await _pattern.ReadAsync(EnvelopeContent.RecordPath))!.AsObject();
        changeRecord?.Invoke(record);
        await using var staged = await Store.StageAsync();
        var (digest, size) = await staged.AddAsync(
            stream => stream.WriteAsync(Encoding.UTF8.GetBytes(record.ToJsonString())), default);
        var layer = manifest["layers"]!.AsArray().Single(
            one => (string)one!["annotations"]!["org.cncf.model.filepath"]! == EnvelopeContent.RecordPath)!;
        (layer["digest"], layer["size"]) = (digest.ToString(), size);
        var whole = await staged.AddAsync(
            stream => stream.WriteAsync(Encoding.UTF8.GetBytes(manifest.ToJsonString())), default);
        return await staged.CommitAsync(
            name, whole.Digest, [.. happened.Select(one => one with { Envelope = whole.Digest })], [], default);
    }

    public static JournalEvent Saved(DateTimeOffset? time = null, string? who = null) =>
        Event(JournalEventKind.Saved, time) with { Who = who };

    public static JournalEvent Tag(string name, string? value, DateTimeOffset? time = null) =>
        Event(JournalEventKind.Tag, time) with
        {
            Name = name,
            Value = value is null ? null : JsonSerializer.SerializeToElement(value),
        };

    public static JournalEvent Metric(string name, double value, DateTimeOffset? time = null) =>
        Event(JournalEventKind.Metric, time) with
        {
            Name = name,
            Value = double.IsFinite(value)
                ? JsonSerializer.SerializeToElement(value)
                : JsonSerializer.SerializeToElement(value.ToString(CultureInfo.InvariantCulture)),
        };

    public void Dispose() => _directory.Dispose();

    private static JournalEvent Event(JournalEventKind kind, DateTimeOffset? time) =>
        new() { Id = Guid.NewGuid(), Envelope = default, Kind = kind, Time = time ?? Noon };
}
