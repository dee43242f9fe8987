using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Tests.Distribution;

namespace EnvelopeSdk.Tests.Support;

/// <summary>An envelope whose digests are right, whatever it says, for each kind of reader.</summary>
internal sealed record CraftedEnvelope
{
    public const string PathKey = "org.cncf.model.filepath";

    public required byte[] Manifest { get; init; }

    public required IReadOnlyDictionary<Digest, byte[]> Blobs { get; init; }

    /// <summary>What happened to the envelope that it was made of.</summary>
    public required IReadOnlyList<JournalEvent> Events { get; init; }

    public byte[] Journal => JournalLines.Write(Events.Select(one => one with { Envelope = Digest }));

    public Digest Digest => Digest.Of(Manifest);

    /// <summary>The name under which a store has it.</summary>
    public EnvelopeReference Reference => new("house-price", Digest);

    /// <summary>An envelope that was saved, with little in place of its code.</summary>
    public static async Task<CraftedEnvelope> OfAsync(TempStore store)
    {
        var saved = await store.SaveAsync(info: new EnvelopeInfo { Tags = { ["team"] = "pricing" } });
        var content = await store.OpenSoundAsync();
        var envelope = new CraftedEnvelope
        {
            Manifest = content.Manifest.ToArray(),
            Events = (await store.Store.ReadJournalAsync(saved)).Events,
            Blobs = content.Blobs.DistinctBy(blob => blob.Digest).ToDictionary(blob => blob.Digest, blob => System.IO.File.ReadAllBytes(store.Blob(blob.Digest))),
        };
        foreach (var (path, _) in content.Files.Where(file => file.Path.StartsWith("code/", StringComparison.Ordinal) || file.Path.StartsWith("beside/", StringComparison.Ordinal)))
        {
            envelope = envelope.WithFile(path, Encoding.UTF8.GetBytes($"code of {path}"));
        }

        return envelope;
    }

    public CraftedEnvelope WithText(Func<string, string> changeManifest) =>
        this with { Manifest = Encoding.UTF8.GetBytes(changeManifest(Encoding.UTF8.GetString(Manifest))) };

    public CraftedEnvelope With(Action<JsonObject> changeManifest) => WithText(text => Changed(text, changeManifest));

    /// <summary>With other content of a file that it has.</summary>
    public CraftedEnvelope WithFile(string path, byte[] bytes) => With(manifest =>
        {
            var layer = Layer(manifest, path);
            (layer["digest"], layer["size"]) = (Digest.Of(bytes).ToString(), bytes.Length);
        }) with
    {
        Blobs = new Dictionary<Digest, byte[]>(Blobs) { [Digest.Of(bytes)] = bytes },
    };

    public CraftedEnvelope WithRecord(Action<JsonObject> changeRecord) =>
        WithFile("envelope.json", Encoding.UTF8.GetBytes(Changed(Encoding.UTF8.GetString(File("envelope.json")), changeRecord)));

    public byte[] File(string path)
    {
        Assert.True(Digest.TryParse((string)Layer(JsonNode.Parse(Manifest)!.AsObject(), path)["digest"]!, out var digest));
        return Blobs[digest];
    }

    public static JsonObject Layer(JsonObject manifest, string path) =>
        manifest["layers"]!.AsArray().Single(layer => (string)layer!["annotations"]![PathKey]! == path)!.AsObject();

    /// <summary>The entries of a file with it: name and content.</summary>
    public IEnumerable<(string Name, byte[] Content)> Entries() =>
    [
        ("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray()),
        ("index.json", Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{Digest}}","size":{{Manifest.Length}}}]}""")),
        ($"blobs/sha256/{Digest.Hex}", Manifest),
        .. Used().Select(blob => ($"blobs/sha256/{blob.Hex}", Blobs[blob])),
        ("journal.jsonl", Journal),
    ];

    public async Task<string> ToArchiveAsync(string path)
    {
        await System.IO.File.WriteAllBytesAsync(path, PlainTar.Of(Entries()));
        return path;
    }

    /// <summary>Puts it into a store behind the store's back.</summary>
    public async Task ToStoreAsync(TempStore store)
    {
        foreach (var (digest, bytes) in Used().Select(used => (used, Blobs[used])).Append((Digest, Manifest)))
        {
            Directory.CreateDirectory(store.In("blobs", "sha256"));
            await System.IO.File.WriteAllBytesAsync(store.Blob(digest), bytes);
        }

        var entry = Directory.CreateDirectory(store.In("layouts", Reference.Name, "by-digest", Digest.Hex));
        await System.IO.File.WriteAllBytesAsync(Path.Combine(entry.FullName, "journal.jsonl"), Journal);
    }

    /// <returns>The address under which the registry has it.</returns>
    public string ToRegistry(StandInRegistry registry)
    {
        registry.Manifests[Digest.ToString()] = Manifest;
        foreach (var (digest, bytes) in Used().Select(used => (used, Blobs[used])).Append((Digest.Of(Journal), Journal)))
        {
            registry.Blobs[digest.ToString()] = bytes;
        }

        registry.Manifests[$"journal-{Digest.Hex[..32]}-{Guid.NewGuid():n}"] = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","artifactType":"application/vnd.envelopesdk.journal.v1+jsonl",
            "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"{{Digest.Of("{}"u8)}}","size":2},
            "layers":[{"mediaType":"application/vnd.envelopesdk.journal.v1+jsonl","digest":"{{Digest.Of(Journal)}}","size":{{Journal.Length}}}],
            "subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":{{Manifest.Length}},"digest":"{{Digest}}" } }
            """);

        return $"{registry.Address.Replace(":v1", "", StringComparison.Ordinal)}@{Digest}";
    }

    private IEnumerable<Digest> Used()
    {
        var text = Encoding.UTF8.GetString(Manifest);
        return Blobs.Keys.Where(digest => text.Contains(digest.Hex, StringComparison.Ordinal));
    }

    private static string Changed(string text, Action<JsonObject> change)
    {
        var node = JsonNode.Parse(text)!.AsObject();
        change(node);
        return node.ToJsonString();
    }
}
