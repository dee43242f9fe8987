using System.Net;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution.Conformance;

/// <summary>What the specification asks of pushing: end-4 to end-7, end-11, end-13 and end-14.</summary>
public abstract partial class PushTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : ConformanceServer
{
    private readonly TestRepository _repository = server.NewRepository();

    [DatabaseTheory]
    [MemberData(nameof(ArtifactKinds.Names), MemberType = typeof(ArtifactKinds))]
    public async Task Each_manifest_is_taken_under_its_digest_and_given_where_the_answer_says(string kind)
    {
        var set = ArtifactKinds.Make(kind);
        await set.PushBlobsAsync(_repository);

        foreach (var artifact in set.Artifacts)
        {
            await EnsureTakenAsync(artifact.Digest.ToString(), artifact);
        }
    }

    [DatabaseTheory]
    [MemberData(nameof(ArtifactKinds.Names), MemberType = typeof(ArtifactKinds))]
    public async Task Each_manifest_is_taken_under_a_tag_and_given_where_the_answer_says(string kind)
    {
        var set = ArtifactKinds.Make(kind);
        await set.PushBlobsAsync(_repository);

        foreach (var (artifact, number) in set.Artifacts.Select((one, number) => (one, number)))
        {
            await EnsureTakenAsync($"tag-{number}", artifact);
        }
    }

    [DatabaseFact]
    public async Task A_manifest_is_taken_under_a_tag_that_it_has_already()
    {
        var set = ArtifactKinds.Make("an image");
        await set.PushAsync(_repository);

        await EnsureTakenAsync(ArtifactSet.Tag, set.Artifacts[0]);
    }

    [DatabaseFact]
    public async Task A_manifest_that_is_not_what_its_digest_says_is_refused_and_nowhere()
    {
        var set = ArtifactKinds.Make("an image");
        await set.PushBlobsAsync(_repository);
        var (digest, bytes) = (set.Artifacts[0].Digest, (byte[])[.. set.Artifacts[0].Bytes, .. "  "u8]);

        await TestRepository.RefusedAsync(
            _repository.PutAsync(digest.ToString(), bytes), HttpStatusCode.BadRequest, "DIGEST_INVALID");
        foreach (var one in (Digest[])[digest, Digest.Of(bytes)])
        {
            await TestRepository.RefusedAsync(
                _repository.GetAsync($"manifests/{one}"), HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        }
    }

    [DatabaseTheory]
    [InlineData("sha256:baddigeststring"), InlineData("sha256:totallywrong")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e")]
    public async Task A_manifest_under_what_is_no_digest_is_refused(string reference)
    {
        var set = ArtifactKinds.Make("an image");
        await set.PushBlobsAsync(_repository);

        await TestRepository.RefusedAsync(
            _repository.PutAsync(reference, set.Artifacts[0].Bytes), HttpStatusCode.BadRequest, "DIGEST_INVALID");
    }

    [DatabaseFact]
    public async Task An_image_one_of_whose_layers_is_missing_is_refused()
    {
        var set = ArtifactKinds.Make("an image");
        foreach (var blob in set.Blobs.SkipLast(1))
        {
            await _repository.PushBlobAsync(blob);
        }

        await TestRepository.RefusedAsync(
            _repository.PutAsync("sparse", set.Artifacts[0].Bytes), HttpStatusCode.NotFound, "MANIFEST_BLOB_UNKNOWN");
    }

    [DatabaseFact]
    public async Task An_index_one_of_whose_platforms_is_missing_is_refused()
    {
        var set = new ArtifactSet();
        set.Add(ArtifactKinds.Index(
            set.Add(ArtifactKinds.Image(set)), TestRepository.Descriptor(TestRepository.Manifest, "missing"u8)));
        await set.PushBlobsAsync(_repository);
        await EnsureTakenAsync("there", set.Artifacts[0]);

        await TestRepository.RefusedAsync(
            _repository.PutAsync("sparse", set.Artifacts[1].Bytes, TestRepository.Index), HttpStatusCode.NotFound,
            "MANIFEST_BLOB_UNKNOWN");
    }

    /// <summary>
    /// Which registries may do by a draft of version 1.2, and say in a header. Clients that miss it push each tag.
    /// </summary>
    [DatabaseFact]
    public async Task Tags_beside_a_digest_are_not_set_and_the_answer_does_not_say_so()
    {
        var set = ArtifactKinds.Make("an image");
        await set.PushBlobsAsync(_repository);
        using var put = await _repository.PutAsync($"{set.Artifacts[0].Digest}?tag=a&tag=b", set.Artifacts[0].Bytes);

        Assert.Equal((HttpStatusCode.Created, false), (put.StatusCode, put.Headers.Contains("OCI-Tag")));
        Assert.Empty((await _repository.JsonAsync("tags/list"))["tags"]!.AsArray());
    }

    private async Task EnsureTakenAsync(string reference, Artifact artifact)
    {
        using var put = await _repository.PutAsync(reference, artifact.Bytes, artifact.MediaType);
        Assert.True(put.StatusCode == HttpStatusCode.Created, await put.Content.ReadAsStringAsync());
        Assert.Equal(artifact.Digest.ToString(), Assert.Single(put.Headers.GetValues("Docker-Content-Digest")));
        Assert.Equal(
            artifact.Subject, put.Headers.TryGetValues("OCI-Subject", out var about) ? Assert.Single(about) : null);
        using var got = await _repository.GetAsync(put.Headers.Location!.ToString());
        Assert.Equal(artifact.MediaType, got.Content.Headers.ContentType?.ToString());
        Assert.Equal(artifact.Bytes, await got.Content.ReadAsByteArrayAsync());
    }
}
