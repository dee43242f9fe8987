using System.Net;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution.Conformance;

/// <summary>What the specification asks of management: end-9 and end-10.</summary>
public abstract class ManagementTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : ConformanceServer
{
    private readonly TestRepository _repository = server.NewRepository();

    [DatabaseTheory]
    [MemberData(nameof(ArtifactKinds.Names), MemberType = typeof(ArtifactKinds))]
    public async Task A_deleted_tag_is_gone_and_its_manifest_is_there(string kind)
    {
        var set = ArtifactKinds.Make(kind);
        await set.PushAsync(_repository);
        await DeleteAsync($"manifests/{ArtifactSet.Tag}", "MANIFEST_UNKNOWN");

        Assert.Empty((await _repository.JsonAsync("tags/list"))["tags"]!.AsArray());
        using var head = await _repository.SendAsync(HttpMethod.Head, $"manifests/{set.Artifacts[^1].Digest}");
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [DatabaseTheory]
    [MemberData(nameof(ArtifactKinds.Names), MemberType = typeof(ArtifactKinds))]
    public async Task Deleted_manifests_are_gone_with_their_tags(string kind)
    {
        var set = ArtifactKinds.Make(kind);
        await set.PushAsync(_repository);
        foreach (var artifact in set.Artifacts.Reverse())
        {
            await DeleteAsync($"manifests/{artifact.Digest}", "MANIFEST_UNKNOWN");
        }

        using var tagged = await _repository.SendAsync(HttpMethod.Head, $"manifests/{ArtifactSet.Tag}");
        Assert.Equal(HttpStatusCode.NotFound, tagged.StatusCode);
    }

    [DatabaseTheory]
    [MemberData(nameof(ArtifactKinds.Names), MemberType = typeof(ArtifactKinds))]
    public async Task Deleted_content_is_gone(string kind)
    {
        var set = ArtifactKinds.Make(kind);
        await set.PushAsync(_repository);

        foreach (var blob in set.Blobs)
        {
            await DeleteAsync($"blobs/{Digest.Of(blob)}", "BLOB_UNKNOWN");
        }
    }

    [DatabaseFact]
    public async Task Deleted_content_and_manifests_are_pushed_again()
    {
        var set = ArtifactKinds.Make("an image");
        await set.PushAsync(_repository);
        await DeleteAsync($"manifests/{set.Artifacts[0].Digest}", "MANIFEST_UNKNOWN");
        await DeleteAsync($"blobs/{Digest.Of(set.Blobs[0])}", "BLOB_UNKNOWN");

        await set.PushAsync(_repository);
        using var head = await _repository.SendAsync(HttpMethod.Head, $"manifests/{ArtifactSet.Tag}");
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    /// <summary>Deletes what is there: at once nobody finds it any more.</summary>
    private async Task DeleteAsync(string path, string code)
    {
        using var deleted = await _repository.SendAsync(HttpMethod.Delete, path);
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        using var head = await _repository.SendAsync(HttpMethod.Head, path);
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        await TestRepository.RefusedAsync(_repository.GetAsync(path), HttpStatusCode.NotFound, code);
        await TestRepository.RefusedAsync(
            _repository.SendAsync(HttpMethod.Delete, path), HttpStatusCode.NotFound, code);
    }
}
