using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Registry.Tests.Distribution.Conformance;

/// <summary>Manifests with the content that they refer to, in the order in which they are pushed.</summary>
internal sealed class ArtifactSet
{
    /// <summary>The tag of the last manifest, which stands for all.</summary>
    public const string Tag = "whole";

    private readonly List<byte[]> _blobs = [];
    private readonly List<Artifact> _artifacts = [];
    private readonly Random _random = new(12345);

    public IReadOnlyList<byte[]> Blobs => _blobs;

    public IReadOnlyList<Artifact> Artifacts => _artifacts;

    public IEnumerable<Artifact> Referrers => _artifacts.Where(one => one.Subject is not null);

    /// <summary>Other bytes each time, and the same in each set.</summary>
    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Adds content.</summary>
    /// <returns>Its descriptor.</returns>
    public JsonObject AddBlob(string type, byte[] bytes)
    {
        if (!_blobs.Any(one => one.AsSpan().SequenceEqual(bytes)))
        {
            _blobs.Add(bytes);
        }

        return TestRepository.Descriptor(type, bytes);
    }

    /// <summary>Adds a manifest.</summary>
    /// <returns>Its descriptor.</returns>
    public JsonObject Add(JsonObject manifest)
    {
        var artifact = new Artifact(manifest, Encoding.UTF8.GetBytes(manifest.ToJsonString()));
        _artifacts.Add(artifact);
        return TestRepository.Descriptor(artifact.MediaType, artifact.Bytes);
    }

    public async Task PushAsync(TestRepository repository)
    {
        await PushBlobsAsync(repository);
        foreach (var artifact in _artifacts)
        {
            using var put = await repository.PutAsync(artifact.Digest.ToString(), artifact.Bytes, artifact.MediaType);
            Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        }

        var last = _artifacts[^1];
        using var tagged = await repository.PutAsync(Tag, last.Bytes, last.MediaType);
        Assert.Equal(HttpStatusCode.Created, tagged.StatusCode);
    }

    public async Task PushBlobsAsync(TestRepository repository)
    {
        foreach (var blob in _blobs)
        {
            await repository.PushBlobAsync(blob);
        }
    }
}

/// <summary>A manifest.</summary>
/// <param name="Json">As it was made.</param>
/// <param name="Bytes">As it is pushed.</param>
internal sealed record Artifact(JsonObject Json, byte[] Bytes)
{
    public Digest Digest { get; } = Digest.Of(Bytes);

    public string MediaType => (string)Json["mediaType"]!;

    public string? Subject => (string?)Json["subject"]?["digest"];

    /// <summary>What a list of referrers calls it: of an image without a type the media type of its config.</summary>
    public string? Type => (string?)Json["artifactType"] ?? (string?)Json["config"]?["mediaType"];
}
