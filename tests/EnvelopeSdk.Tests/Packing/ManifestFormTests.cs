using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>The documents of an envelope against the OCI image specification 1.1 and the CNCF ModelPack specification.</summary>
public sealed class ManifestFormTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_manifest_is_that_of_a_ModelPack_artifact()
    {
        var manifest = Read((await SaveAsync()).Digest);

        Assert.Equal(["schemaVersion", "mediaType", "artifactType", "config", "layers", "annotations"], Members(manifest));
        Assert.Equal(2, (int)manifest["schemaVersion"]!);
        Assert.Equal("application/vnd.oci.image.manifest.v1+json", (string)manifest["mediaType"]!);
        Assert.Equal("application/vnd.cncf.model.manifest.v1+json", (string)manifest["artifactType"]!);
        Assert.Equal("application/vnd.cncf.model.config.v1+json", (string)manifest["config"]!["mediaType"]!);
        Assert.Equal("house-price", (string)manifest["annotations"]!["org.opencontainers.image.title"]!);
    }

    [Fact]
    public async Task Each_file_is_a_layer_with_its_path_its_kind_and_its_true_digest_and_size()
    {
        var manifest = Read((await SaveAsync()).Digest);

        var layers = manifest["layers"]!.AsArray().ToDictionary(layer => (string)layer!["annotations"]!["org.cncf.model.filepath"]!, layer => layer!);
        Assert.Equal(
            [
                ("code/EnvelopeSdk.Tests.dll", "application/vnd.cncf.model.code.v1.raw"),
                ("code/EnvelopeSdk.dll", "application/vnd.cncf.model.code.v1.raw"),
                ("envelope.json", "application/vnd.cncf.model.doc.v1.raw"),
                ("examples.json", "application/vnd.cncf.model.dataset.v1.raw"),
                ("state/currency/value.json", "application/vnd.cncf.model.weight.config.v1.raw"),
                ("state/weights/value.json", "application/vnd.cncf.model.weight.config.v1.raw"),
            ],
            layers.Select(layer => (layer.Key, (string)layer.Value["mediaType"]!)));
        foreach (var blob in layers.Values.Append(manifest["config"]!))
        {
            Assert.True(Digest.TryParse((string)blob["digest"]!, out var digest));
            var bytes = await File.ReadAllBytesAsync(_store.Blob(digest));
            Assert.Equal((digest, (long)bytes.Length), (Digest.Of(bytes), (long)blob["size"]!));
        }
    }

    [Fact]
    public async Task The_config_has_the_members_that_ModelPack_allows_and_no_other()
    {
        var manifest = Read((await SaveAsync()).Digest);
        Assert.True(Digest.TryParse((string)manifest["config"]!["digest"]!, out var digest));
        var config = Read(digest);

        Assert.Equal(["descriptor", "config", "modelfs"], Members(config));
        Assert.Empty(Members(config["descriptor"]!).Except(["name", "revision", "description"]));
        Assert.Equal("What it is for", (string)config["descriptor"]!["description"]!);
        Assert.Equal(["format"], Members(config["config"]!));
        Assert.Equal(["type", "diffIds"], Members(config["modelfs"]!));
        Assert.Equal("layers", (string)config["modelfs"]!["type"]!);
        Assert.Equal(
            manifest["layers"]!.AsArray().Select(layer => (string)layer!["digest"]!),
            config["modelfs"]!["diffIds"]!.AsArray().Select(id => (string)id!));
    }

    [Fact]
    public async Task State_of_a_codec_is_a_weight_under_the_extension_of_the_codec()
    {
        var saved = await Envelope.SaveAsync(new Sentiment(new Weights([1]), new([], Mood.Bad, 0, 0), null), store: _store.Store);

        var layers = Read(saved.Digest)["layers"]!.AsArray();
        var weights = layers.Single(layer => (string)layer!["annotations"]!["org.cncf.model.filepath"]! == "state/embedding/values.bin");
        Assert.Equal("application/vnd.cncf.model.weight.v1.raw", (string)weights!["mediaType"]!);
    }

    [Fact]
    public async Task The_layout_lists_each_envelope_under_its_digest_and_the_newest_as_latest()
    {
        var first = await _store.SaveAsync(1);
        var second = await _store.SaveAsync(2);
        var layout = _store.In("layouts", "house-price");
        var index = JsonNode.Parse(await File.ReadAllBytesAsync(Path.Combine(layout, "index.json")))!;

        Assert.Equal("""{"imageLayoutVersion": "1.0.0"}""" + "\n", await File.ReadAllTextAsync(Path.Combine(layout, "oci-layout")));
        Assert.Equal("application/vnd.oci.image.index.v1+json", (string)index["mediaType"]!);
        Assert.Equal(
            [(first.Digest.ToString(), first.Digest.Short), (second.Digest.ToString(), second.Digest.Short), (second.Digest.ToString(), "latest")],
            index["manifests"]!.AsArray().Select(one => ((string)one!["digest"]!, (string)one["annotations"]!["org.opencontainers.image.ref.name"]!)));
        Assert.True(File.Exists(Path.Combine(layout, "blobs", "sha256", first.Digest.Hex)));
    }

    private Task<EnvelopeReference> SaveAsync() => _store.SaveAsync(info: new EnvelopeInfo
    {
        Description = "What it is for",
        Examples = [new HousePrice([0.1, 2, 3], "EUR").PredictExample(80)],
    });

    private JsonNode Read(Digest digest) => JsonNode.Parse(File.ReadAllBytes(_store.Blob(digest)))!;

    private static IEnumerable<string> Members(JsonNode node) => node.AsObject().Select(member => member.Key);
}
