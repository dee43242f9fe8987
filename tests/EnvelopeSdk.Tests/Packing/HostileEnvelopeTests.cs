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
        "envelope.json", "state/currency/value.json", "state", "STATE/currency/value.json", "Envelope.json", "state/con:x", "state/CON/a", "state/aux.txt/a",
        "state/weights/nul.json", "state/weights/LPT1", "state/weights/COM\u00b2.bin", "state/weights/a.", "state/weights/a ", "state/weights /a", "state/a\tb",
        "state/a\u007fb", "state/a<b", "state/a|b", "state/a\"b", "state/a?b", "state/a*b", "state/" + new string('a', 256), "state/" + new string('\u00e9', 130),
        "state/" + string.Join('/', Enumerable.Repeat("abcdefgh", 120)),
    ];

    public static TheoryData<string> TakenPaths =>
    [
        "beside/console.dll", "beside/com10.dll", "beside/auxiliary/nully.dll", "beside/.hidden", "beside/a..b", "beside/\u00e9t\u00e9.so", "beside/a b.dll",
        "beside/" + new string('a', 255),
    ];

    public void Dispose()
    {
        _store.Dispose();
        _target.Dispose();
    }

    [Theory]
    [MemberData(nameof(EscapingPaths))]
    public async Task A_layer_whose_path_leads_elsewhere_or_onto_another_file_is_damage(string path)
    {
        var archive = await CraftedArchive.OfAsync(_store, manifest => Layer(manifest, "state/weights/value.json")["annotations"]![PathKey] = path);
        await RefusesAsync(archive);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => EnvelopeArchive.OpenAsync(_target.At("hostile.envelope")));
        Assert.Matches("whose path|lies on some system|in a folder that is a file", failure.Message); // and not for its kind alone
    }

    [Theory]
    [MemberData(nameof(TakenPaths))]
    public async Task A_path_that_every_system_can_have_is_taken(string path)
    {
        var envelope = (await CraftedEnvelope.OfAsync(_store)).With(manifest =>
        {
            var layer = CraftedEnvelope.Layer(manifest, "state/weights/value.json").DeepClone();
            (layer["mediaType"], layer["annotations"]![PathKey]) = ("application/vnd.cncf.model.code.v1.raw", path);
            manifest["layers"]!.AsArray().Insert(0, layer);
        });
        await EnvelopeArchive.ImportAsync(await envelope.ToArchiveAsync(_target.At("taken.envelope")), _target.Store);

        var content = await _target.OpenSoundAsync();
        Assert.Contains(path, content.Files.Select(file => file.Path));
        await content.UnpackAsync(_target.At("unpacked"));
        Assert.True(File.Exists(Path.Combine(_target.At("unpacked"), path)));
    }

    [Fact]
    public async Task A_path_with_letters_in_another_form_is_the_same_on_some_system()
    {
        await RefusesAsync(manifest => Rename(manifest, "beside/\u00e9", "beside/e\u0301"));
        await RefusesAsync(manifest => Rename(manifest, "beside/a/b", "beside/A"));
    }

    [Fact]
    public async Task What_a_path_does_to_a_terminal_is_not_in_the_message()
    {
        var archive = await CraftedArchive.OfAsync(_store, manifest => Layer(manifest, "state/weights/value.json")["annotations"]![PathKey] = "state/\u001b[2J\n" + new string('a', 5_000));
        var failure = await Failure.OfAsync(
            EnvelopeError.Damaged, async () => await EnvelopeArchive.OpenAsync(await archive.WriteAsync(_target.At("terminal.envelope"))), "state/?[2J?aaa");
        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.InRange(failure.Message.Length, 100, 600);
    }

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

    [Theory]
    [InlineData("../evil"), InlineData("/evil"), InlineData("blobs/sha256/../../../evil"), InlineData("blobs/sha256/evil"), InlineData("blobs/../evil")]
    [InlineData("readme.txt"), InlineData("./../evil"), InlineData("INDEX.JSON"), InlineData("blobs/sha512/a"), InlineData("././index.json")]
    public async Task An_entry_that_no_layout_has_is_refused_and_written_nowhere(string name)
    {
        var archive = await CraftedArchive.OfAsync(_store, _ => { });
        archive.Add(name, "evil"u8.ToArray());

        await RefusesAsync(archive, $"'{name}'", "Export it again.");
        Assert.DoesNotContain(Directory.EnumerateFiles(_target.At("."), "*evil*", SearchOption.AllDirectories), File.Exists);
        Assert.False(File.Exists("/evil"));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink, "index.json", "a symbolic link"), InlineData(TarEntryType.HardLink, "blobs/sha256/evil", "a hard link")]
    [InlineData(TarEntryType.SymbolicLink, "blobs", "a symbolic link"), InlineData(TarEntryType.CharacterDevice, "index.json", "a device")]
    [InlineData(TarEntryType.BlockDevice, "journal.jsonl", "a device"), InlineData(TarEntryType.Fifo, "oci-layout", "a pipe")]
    public async Task An_entry_that_is_no_file_is_refused(TarEntryType type, string name, string kind)
    {
        var archive = await CraftedArchive.OfAsync(_store, _ => { });
        archive.AddOther(type, name);

        await RefusesAsync(archive, $"'{name}' is {kind}");
    }

    [Fact]
    public async Task A_folder_of_the_layout_is_taken_and_another_is_refused()
    {
        var archive = await CraftedArchive.OfAsync(_store, _ => { });
        archive.AddOther(TarEntryType.Directory, "./blobs/sha256/");
        archive.AddOther(TarEntryType.Directory, "blobs");
        Assert.Equal("house-price", (await EnvelopeArchive.OpenAsync(await archive.WriteAsync(_store.At("folders.envelope")))).Content.Record.Name);

        archive.AddOther(TarEntryType.Directory, "evil");
        await RefusesAsync(archive, "'evil/'");
    }

    [Theory]
    [InlineData("index.json"), InlineData("oci-layout"), InlineData("./index.json")]
    public async Task Two_entries_with_one_name_are_refused(string name)
    {
        var archive = await CraftedArchive.OfAsync(_store, _ => { });
        archive.AddAgain(name, "{}"u8.ToArray());

        await RefusesAsync(archive, "two entries");
    }

    private async Task RefusesAsync(Action<JsonNode> changeManifest) =>
        await RefusesAsync(await CraftedArchive.OfAsync(_store, changeManifest));

    private async Task RefusesAsync(CraftedArchive archive, params string[] named)
    {
        var path = await archive.WriteAsync(_target.At("hostile.envelope"));

        await Failure.OfAsync(EnvelopeError.Damaged, () => EnvelopeArchive.ImportAsync(path, _target.Store), [path, .. named]);
        Assert.Empty(await _target.Store.ListNamesAsync());
    }

    /// <summary>Gives two more files paths.</summary>
    private static void Rename(JsonNode manifest, params string[] paths)
    {
        foreach (var path in paths.OrderDescending(StringComparer.Ordinal))
        {
            var layer = Layer(manifest, "state/weights/value.json").DeepClone();
            (layer["mediaType"], layer["annotations"]![PathKey]) = ("application/vnd.cncf.model.code.v1.raw", path);
            manifest["layers"]!.AsArray().Insert(0, layer);
        }
    }

    private static JsonNode Layer(JsonNode manifest, string path) =>
        manifest["layers"]!.AsArray().Single(layer => (string)layer!["annotations"]![PathKey]! == path)!;
}
