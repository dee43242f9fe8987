using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Distribution;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>What each reader refuses of a manifest: of a file, a store, a registry and an unpacked envelope.</summary>
public sealed class ManifestRuleTests : IDisposable
{
    private const string Value = "state/weights/value.json";
    private const string Code = "code/EnvelopeSdk.Tests.dll";

    private readonly TempStore _source = new();
    private readonly TempStore _target = new();
    private readonly StandInRegistry _registry = new();
    private CraftedEnvelope? _sound;

    public static TheoryData<string> Names => [.. Changes.Keys];

    private static Dictionary<string, (Action<JsonObject> Change, string Reason)> Changes { get; } = new()
    {
        ["schemaVersion 1"] = (one => one["schemaVersion"] = 1, "schemaVersion 1"),
        ["schemaVersion 2^31"] = (one => one["schemaVersion"] = 1L << 31, "schemaVersion"),
        ["no schemaVersion"] = (one => one.Remove("schemaVersion"), "schemaVersion"),
        ["the mediaType of an index"] = (one => one["mediaType"] = "application/vnd.oci.image.index.v1+json", "index.v1+json"),
        ["no mediaType"] = (one => one.Remove("mediaType"), "mediaType"),
        ["another artifactType"] = (one => one["artifactType"] = "application/vnd.example", "vnd.example"),
        ["no artifactType"] = (one => one.Remove("artifactType"), "artifactType"),
        ["a config of another mediaType"] = (one => one["config"]!["mediaType"] = "application/json", "'application/json'"),
        ["a config of a negative size"] = (one => one["config"]!["size"] = -1, "-1 bytes"),
        ["a config of 5 MiB"] = (one => one["config"]!["size"] = 5 << 20, "5242880 bytes"),
        ["a config of null"] = (one => one["config"] = null, "config"),
        ["a layer of another mediaType"] = (one => CraftedEnvelope.Layer(one, Value)["mediaType"] = "application/x-tar", "'application/x-tar'"),
        ["code as weights"] = (one => CraftedEnvelope.Layer(one, Code)["mediaType"] = "application/vnd.cncf.model.weight.v1.raw", "weight.v1.raw"),
        ["a layer of a negative size"] = (one => CraftedEnvelope.Layer(one, Value)["size"] = -1, "-1 bytes"),
        ["a layer of 2^63 bytes"] = (one => CraftedEnvelope.Layer(one, Value)["size"] = 1UL << 63, ".size"),
        ["a layer of 2^62 bytes"] = (one => CraftedEnvelope.Layer(one, Value)["size"] = 1L << 62, "4611686018427387904 bytes"),
        ["a size that is no integer"] = (one => CraftedEnvelope.Layer(one, Value)["size"] = 1.5, "size"),
        ["a record of 65 MiB"] = (one => CraftedEnvelope.Layer(one, "envelope.json")["size"] = 65 << 20, "68157440 bytes"),
        ["layers in another order"] = (Reverse, "order"),
        ["a layer twice"] = (one => one["layers"]!.AsArray().Insert(0, one["layers"]![0]!.DeepClone()), "lies on some system"),
        ["a path in capitals"] = (one => Add(one, "State/weights/value.json", "state/weights/value.json"), "lies on some system"),
        ["a path that is a folder of another"] = (one => Add(one, "state/weights", Value), "folder"),
        ["two sizes of one digest"] = (one => Add(one, "beside/more", Value)["size"] = 1, "two sizes"),
        ["a path that no envelope has"] = (one => Add(one, "other/file", Value), "'other/file'"),
        ["a state file that the record does not name"] = (one => Add(one, "state/weights/zzz", Value), "'state/weights/zzz'"),
        ["no state"] = (one => one["layers"]!.AsArray().Remove(CraftedEnvelope.Layer(one, Value)), Value),
        ["no code"] = (one => one["layers"]!.AsArray().Remove(CraftedEnvelope.Layer(one, Code)), Code),
        ["no record"] = (one => one["layers"]!.AsArray().Remove(CraftedEnvelope.Layer(one, "envelope.json")), "envelope.json"),
        ["annotations of a number"] = (one => CraftedEnvelope.Layer(one, Value)["annotations"]!["more"] = 7, "annotations"),
        ["10,001 layers"] = (one => AddMany(one, 10_001), "10000 in an envelope"),
        ["100,000 layers"] = (one => AddMany(one, 100_000), "4194304"),
    };

    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
        _registry.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_a_writer_never_writes_is_refused_wherever_it_comes_from(string name)
    {
        var (change, reason) = Changes[name];
        await RefusesAsync((await SoundAsync()).With(change), reason);
    }

    [Fact]
    public async Task A_member_that_is_there_twice_is_refused_and_one_that_is_not_known_is_passed_over()
    {
        var envelope = await SoundAsync();
        await RefusesAsync(envelope.WithText(text => text.Replace("\"schemaVersion\":", "\"schemaVersion\":2,\"schemaVersion\":", StringComparison.Ordinal)), "schemaVersion");
        await TakesAsync(envelope.WithText(text => text.Replace("\"schemaVersion\":", "\"later\":{\"a\":[null]},\"schemaVersion\":", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Lists_within_lists_without_an_end_are_refused()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);
        await RefusesAsync((await SoundAsync()).WithText(text => text.Replace("\"schemaVersion\":", $"\"later\":{deep},\"schemaVersion\":", StringComparison.Ordinal)), "depth");
    }

    [Fact]
    public async Task What_a_writer_writes_is_taken_wherever_it_comes_from()
    {
        var envelope = await SoundAsync();
        await TakesAsync(envelope);
        await TakesAsync(envelope.With(one => Add(one, "beside/more", Value)));
        await TakesAsync(envelope.With(one => AddMany(one, 9_000)));
    }

    private async Task<CraftedEnvelope> SoundAsync() => _sound ??= await CraftedEnvelope.OfAsync(_source);

    private async Task TakesAsync(CraftedEnvelope envelope)
    {
        foreach (var (_, read) in await ReadersAsync(envelope))
        {
            var content = await read();
            Assert.Equal(envelope.Digest, content.Digest);
            await content.OpenAsync(Value);
        }
    }

    private async Task RefusesAsync(CraftedEnvelope envelope, string reason)
    {
        foreach (var (place, read) in await ReadersAsync(envelope))
        {
            await Failure.OfAsync(EnvelopeError.Damaged, read, place, reason);
        }

        await Failure.OfAsync(EnvelopeError.Damaged, () => EnvelopeArchive.ImportAsync(_source.At("crafted.envelope"), _source.Store));
        Assert.False(Directory.Exists(_source.In("layouts", "house-price", "by-digest", envelope.Digest.Hex)));
    }

    /// <summary>Each reader, and what it says of where the envelope is.</summary>
    private async Task<List<(string Place, Func<Task<EnvelopeContent>> Read)>> ReadersAsync(CraftedEnvelope envelope)
    {
        var path = await envelope.ToArchiveAsync(_source.At("crafted.envelope"));
        await envelope.ToStoreAsync(_target);
        var address = envelope.ToRegistry(_registry);
        var unpacked = Directory.CreateDirectory(_target.At($"unpacked-{envelope.Digest.Short}")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(unpacked, "manifest.json"), envelope.Manifest);
        foreach (var file in new[] { "envelope.json", Value })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(unpacked, file))!);
            await File.WriteAllBytesAsync(Path.Combine(unpacked, file), _sound!.File(file));
        }

        return
        [
            (path, async () => (await EnvelopeArchive.OpenAsync(path)).Content),
            ("", () => _target.Store.OpenAsync("house-price", envelope.Digest)),
            (_registry.Host, async () => (await EnvelopeResolver.OpenAsync(address, _target.Store)).Content),
            ("", () => UnpackedEnvelope.OpenAsync(unpacked)),
        ];
    }

    private static void Reverse(JsonObject manifest)
    {
        var layers = manifest["layers"]!.AsArray().Select(one => one!.DeepClone()).Reverse().ToArray();
        manifest["layers"] = new JsonArray(layers);
    }

    /// <summary>Adds a file with the content of another, where the order of the paths wants it.</summary>
    private static JsonObject Add(JsonObject manifest, string path, string like)
    {
        var layer = CraftedEnvelope.Layer(manifest, like).DeepClone().AsObject();
        layer["annotations"]![CraftedEnvelope.PathKey] = path;
        layer["mediaType"] = path.StartsWith("beside/", StringComparison.Ordinal) ? "application/vnd.cncf.model.code.v1.raw" : "application/vnd.cncf.model.weight.v1.raw";
        var layers = manifest["layers"]!.AsArray();
        layers.Insert(layers.Count(one => string.CompareOrdinal((string)one!["annotations"]![CraftedEnvelope.PathKey]!, path) < 0), layer);
        return layer;
    }

    private static void AddMany(JsonObject manifest, int count)
    {
        var more = Add(manifest, "beside/0000000", Value);
        var layers = manifest["layers"]!.AsArray();
        var at = layers.IndexOf(more);
        for (var i = count - 1; i > 0; i--)
        {
            var one = more.DeepClone();
            one["annotations"]![CraftedEnvelope.PathKey] = $"beside/{i:d7}";
            layers.Insert(at + 1, one);
        }
    }
}
