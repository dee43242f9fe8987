using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Tests.Support;

/// <summary>An <c>.envelope</c> file whose digests are right and whose contents are not what the SDK writes.</summary>
internal sealed class CraftedArchive
{
    private readonly List<TarEntry> _entries = [];

    /// <summary>The entries of a saved envelope, after a change to its manifest.</summary>
    public static async Task<CraftedArchive> OfAsync(TempStore store, Action<JsonNode> changeManifest)
    {
        var saved = await store.SaveAsync();
        var archive = new CraftedArchive();
        archive.Add("oci-layout", "{\"imageLayoutVersion\": \"1.0.0\"}"u8.ToArray());
        foreach (var blob in (await store.OpenSoundAsync()).Blobs)
        {
            archive.Add("blobs/sha256/" + blob.Digest.Hex, await File.ReadAllBytesAsync(store.Blob(blob.Digest)));
        }

        var manifest = JsonNode.Parse(await File.ReadAllBytesAsync(store.Blob(saved.Digest)))!;
        changeManifest(manifest);
        var bytes = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        archive.Add("blobs/sha256/" + Digest.Of(bytes).Hex, bytes);
        archive.Add("index.json", Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{Digest.Of(bytes)}}","size":{{bytes.Length}}}]}"""));
        return archive;
    }

    /// <summary>The entries of a saved envelope, after a change to its record.</summary>
    public static async Task<CraftedArchive> OfRecordAsync(TempStore store, Action<JsonNode> changeRecord)
    {
        byte[] changed = [];
        var archive = await OfAsync(store, manifest =>
        {
            var layer = manifest["layers"]!.AsArray()
                .Single(layer => (string)layer!["annotations"]!["org.cncf.model.filepath"]! == "envelope.json")!;
            Assert.True(Digest.TryParse((string)layer["digest"]!, out var digest));
            var record = JsonNode.Parse(File.ReadAllBytes(store.Blob(digest)))!;
            changeRecord(record);
            changed = Encoding.UTF8.GetBytes(record.ToJsonString());
            (layer["digest"], layer["size"]) = (Digest.Of(changed).ToString(), changed.Length);
        });
        archive.Add("blobs/sha256/" + Digest.Of(changed).Hex, changed);
        return archive;
    }

    /// <summary>Adds a file, or puts it in the place of the one of its name.</summary>
    public void Add(string name, byte[] bytes)
    {
        _entries.RemoveAll(entry => entry.Name == name);
        AddAgain(name, bytes);
    }

    /// <summary>Adds a file, though there may be one of its name.</summary>
    public void AddAgain(string name, byte[] bytes) =>
        _entries.Add(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes), Mode = UnixFileMode.None });

    /// <summary>Adds a link, a folder or a device.</summary>
    public void AddOther(TarEntryType type, string name) => _entries.Insert(
        0, new PaxTarEntry(type, name) is var entry && type is TarEntryType.SymbolicLink or TarEntryType.HardLink
            ? new PaxTarEntry(type, name) { LinkName = "/etc/passwd" }
            : entry);

    public void Remove(string name) => Assert.Equal(1, _entries.RemoveAll(entry => entry.Name == name));

    public async Task<string> WriteAsync(string path)
    {
        await using var tar = new TarWriter(File.Create(path), TarEntryFormat.Pax);
        foreach (var entry in _entries)
        {
            await tar.WriteEntryAsync(entry);
        }

        return path;
    }
}
