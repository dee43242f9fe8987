using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Registry.Tests.Distribution.Conformance;

/// <summary>The kinds of data that the conformance suite of the specification pushes and pulls.</summary>
internal static class ArtifactKinds
{
    public const string FirstType = "application/vnd.example.first.v1";

    private const string SecondType = "application/vnd.example.second.v1";
    private const string Config = "application/vnd.oci.image.config.v1+json";
    private const string Layer = "application/vnd.oci.image.layer.v1.tar";
    private const string Foreign = "application/vnd.oci.image.layer.nondistributable.v1.tar";
    private const string Empty = "application/vnd.oci.empty.v1+json";

    private static readonly Dictionary<string, Action<ArtifactSet>> Kinds = new()
    {
        ["an image"] = set => set.Add(Image(set)),
        ["an image with layers that are not compressed"] = set => set.Add(Image(set, isCompressed: false)),
        ["an image without layers"] = set => set.Add(Image(set, layers: 0)),
        ["an image with 3.9 MB of annotations"] = set => set.Add(Annotated(Image(set), 390, new string('A', 10_000))),
        ["an image with layers that are to be had elsewhere"] = set => set.Add(WithForeignLayers(set)),
        ["an image whose descriptors have data"] = set => set.Add(WithData(set)),
        ["an index"] = set => set.Add(TwoPlatforms(set)),
        ["an index of indexes"] = set => set.Add(Index(set.Add(TwoPlatforms(set)), set.Add(TwoPlatforms(set)))),
        ["an index of nothing"] = set => set.Add(Index()),
        ["an artifact"] = set => set.Add(Typed(set, FirstType)),
        ["an artifact without layers"] = set => set.Add(Typed(set, FirstType, Empty)),
        ["an index of artifacts"] = set => set.Add(IndexOfArtifacts(set)),
        ["members that nobody knows"] = set => set.Add(Custom(Index(set.Add(Custom(Image(set)))))),
        ["artifacts about an image"] = AddReferrers,
        ["an index about an index"] = set => set.Add(About(set.Add(TwoPlatforms(set)), IndexOfArtifacts(set))),
        ["an artifact about what is missing"] = set => set.Add(About(
            TestRepository.Descriptor(TestRepository.Manifest, "missing"u8), Typed(set, FirstType))),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    public static TheoryData<string> NamesOfReferring =>
        ["artifacts about an image", "an index about an index", "an artifact about what is missing"];

    public static ArtifactSet Make(string kind)
    {
        var set = new ArtifactSet();
        Kinds[kind](set);
        return set;
    }

    public static JsonObject Image(ArtifactSet set, bool isCompressed = true, int layers = 2)
    {
        var contents = Enumerable.Range(0, layers).Select(_ => set.Bytes(256)).ToList();
        var config = new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray([.. contents.Select(one => (JsonNode)Digest.Of(one).ToString())]),
            },
        };
        return Manifest(
            set.AddBlob(Config, Encoding.UTF8.GetBytes(config.ToJsonString())),
            [
                .. contents.Select(one => isCompressed
                    ? set.AddBlob(Layer + "+gzip", Zip(one))
                    : set.AddBlob(Layer, one)),
            ]);
    }

    public static JsonObject Index(params JsonObject[] manifests) => new()
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = TestRepository.Index,
        ["manifests"] = new JsonArray([.. manifests]),
    };

    private static JsonObject Manifest(JsonObject config, params JsonObject[] layers) => new()
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = TestRepository.Manifest,
        ["config"] = config,
        ["layers"] = new JsonArray([.. layers]),
    };

    private static JsonObject Typed(ArtifactSet set, string type, string? layer = null)
    {
        var manifest = Manifest(
            set.AddBlob(Empty, "{}"u8.ToArray()),
            layer is null ? set.AddBlob(type, set.Bytes(128)) : set.AddBlob(layer, "{}"u8.ToArray()));
        manifest["artifactType"] = type;
        return manifest;
    }

    private static JsonObject TwoPlatforms(ArtifactSet set)
    {
        var platforms = new List<JsonObject>();
        foreach (var architecture in (string[])["amd64", "arm64"])
        {
            var descriptor = set.Add(Image(set));
            descriptor["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = architecture };
            platforms.Add(descriptor);
        }

        return Index([.. platforms]);
    }

    private static JsonObject IndexOfArtifacts(ArtifactSet set)
    {
        var index = Index(set.Add(Typed(set, FirstType)), set.Add(Typed(set, FirstType)));
        index["artifactType"] = FirstType;
        return index;
    }

    private static void AddReferrers(ArtifactSet set)
    {
        var subject = set.Add(Image(set));
        set.Add(About(subject.DeepClone(), Image(set)));
        set.Add(About(subject.DeepClone(), Typed(set, FirstType)));
        set.Add(About(subject.DeepClone(), Typed(set, SecondType)));
    }

    private static JsonObject About(JsonNode subject, JsonObject manifest)
    {
        manifest["subject"] = subject;
        return Annotated(manifest, 2, $"about {manifest["artifactType"]}");
    }

    private static JsonObject Annotated(JsonObject manifest, int count, string value)
    {
        manifest["annotations"] = new JsonObject(
            Enumerable.Range(0, count).Select(one => KeyValuePair.Create($"org.example.{one}", (JsonNode?)value)));
        return manifest;
    }

    private static JsonObject WithForeignLayers(ArtifactSet set)
    {
        var manifest = Image(set, layers: 1);
        foreach (var type in (string[])[Foreign, Foreign + "+gzip"])
        {
            var layer = TestRepository.Descriptor(type, Digest.Of(set.Bytes(64)), 123_456);
            layer["urls"] = new JsonArray("https://store.example.org/layer");
            manifest["layers"]!.AsArray().Insert(0, layer);
        }

        return manifest;
    }

    private static JsonObject WithData(ArtifactSet set)
    {
        var (config, layer) = (Encoding.UTF8.GetBytes("""{"data":true}"""), set.Bytes(64));
        var manifest = Manifest(set.AddBlob(Config, config), set.AddBlob(Layer, layer));
        manifest["config"]!["data"] = Convert.ToBase64String(config);
        manifest["layers"]![0]!["data"] = Convert.ToBase64String(layer);
        return manifest;
    }

    private static JsonObject Custom(JsonObject manifest)
    {
        manifest["org.example.custom"] = new JsonObject { ["any"] = new JsonArray(1, null, "value") };
        return manifest;
    }

    private static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            zip.Write(content);
        }

        return zipped.ToArray();
    }
}
