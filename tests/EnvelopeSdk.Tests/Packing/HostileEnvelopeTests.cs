using System.Formats.Tar;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>Files that somebody made so that their digests are right, to write where they should not or to break the reader.</summary>
public sealed class HostileEnvelopeTests : IDisposable
{
    private const string PathKey = "org.cncf.model.filepath";

    private readonly TempStore _store = new();
    private readonly TempStore _target = new();

    public static TheoryData<string> EscapingPaths =>
    [
        "../evil", "state/../../evil", "/evil", "./evil", "state//evil", "state/..", "", "..\\evil", "C:\\evil", "nul\0byte", "manifest.json", "config.json",
        "envelope.json", "state/currency/value.json", "state",
    ];

    public void Dispose()
    {
        _store.Dispose();
        _target.Dispose();
    }

    [Theory]
    [MemberData(nameof(EscapingPaths))]
    public async Task A_layer_whose_path_leads_elsewhere_or_onto_another_file_is_damage(string path) =>
        await RefusesAsync(manifest => Layer(manifest, "state/weights/value.json")["annotations"]![PathKey] = path);

    [Fact]
    public async Task A_layer_without_a_path_is_damage()
    {
        await RefusesAsync(manifest => Layer(manifest, "state/weights/value.json")["annotations"]![PathKey] = null);
        await RefusesAsync(manifest => Layer(manifest, "state/weights/value.json").AsObject().Remove("annotations"));
    }

    [Fact]
    public async Task A_config_with_a_path_is_damage_and_is_not_written_there() =>
        await RefusesAsync(manifest => manifest["config"]!["annotations"] = new JsonObject { [PathKey] = "../../evil" });

    [Fact]
    public async Task A_manifest_with_a_member_of_another_form_is_damage()
    {
        await RefusesAsync(manifest => manifest["layers"] = null);
        await RefusesAsync(manifest => manifest["layers"]!.AsArray().Add(null));
        await RefusesAsync(manifest => manifest["layers"]![0]!["digest"] = "sha256:../../evil");
        await RefusesAsync(manifest => manifest["layers"]![0]!["size"] = -1);
        await RefusesAsync(manifest => manifest["config"] = 7);
    }

    [Fact]
    public async Task An_archive_whose_manifest_lists_what_it_does_not_hold_is_damage() =>
        await RefusesAsync(manifest => manifest["layers"]![0]!["digest"] = Digest.Of("elsewhere"u8).ToString());

    [Fact]
    public async Task An_artifact_without_the_record_of_an_envelope_is_damage() =>
        await RefusesAsync(manifest => manifest["layers"]!.AsArray().Remove(Layer(manifest, "envelope.json")));

    [Fact]
    public async Task Entries_that_are_no_part_of_a_layout_are_not_written_anywhere()
    {
        var archive = await CraftedArchive.OfAsync(_store, _ => { });
        string[] names = ["../evil", "/evil", "blobs/sha256/../../../evil", "blobs/sha256/evil", "blobs/../evil"];
        foreach (var name in names)
        {
            archive.Add(name, "evil"u8.ToArray());
            archive.AddLink(TarEntryType.SymbolicLink, name, "/etc/passwd");
        }

        archive.AddLink(TarEntryType.SymbolicLink, "index.json", "/etc/passwd");
        archive.AddLink(TarEntryType.HardLink, "blobs/sha256/" + Digest.Of("link"u8).Hex, "/etc/passwd");
        var imported = await EnvelopeArchive.ImportAsync(await archive.WriteAsync(_target.At("entries.envelope")), _target.Store);

        Assert.Equal("house-price", imported.Name);
        await _target.OpenSoundAsync();
        Assert.DoesNotContain(Directory.EnumerateFiles(_target.At("."), "*evil*", SearchOption.AllDirectories), File.Exists);
        Assert.False(File.Exists("/evil"));
    }

    private async Task RefusesAsync(Action<JsonNode> changeManifest)
    {
        var archive = await CraftedArchive.OfAsync(_store, changeManifest);
        var path = await archive.WriteAsync(_target.At("hostile.envelope"));

        await Failure.OfAsync(EnvelopeError.Damaged, () => EnvelopeArchive.ImportAsync(path, _target.Store), path);
        Assert.Empty(await _target.Store.ListNamesAsync());
    }

    private static JsonNode Layer(JsonNode manifest, string path) =>
        manifest["layers"]!.AsArray().Single(layer => (string)layer!["annotations"]![PathKey]! == path)!;
}
