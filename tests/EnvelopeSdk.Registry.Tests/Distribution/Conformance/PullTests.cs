using System.Net;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution.Conformance;

/// <summary>What the specification asks of pulling: end-1, end-2 and end-3.</summary>
public abstract class PullTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : ConformanceServer
{
    private static readonly string Missing = Digest.Of("missing"u8).ToString();

    private readonly TestRepository _repository = server.NewRepository();

    [DatabaseFact]
    public async Task The_registry_says_that_it_is_there()
    {
        using var answer = await _repository.GetAsync("/v2/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [DatabaseTheory]
    [MemberData(nameof(ArtifactKinds.Names), MemberType = typeof(ArtifactKinds))]
    public async Task Each_manifest_is_given_by_its_digest_with_type_and_length(string kind)
    {
        var set = ArtifactKinds.Make(kind);
        await set.PushAsync(_repository);

        foreach (var artifact in set.Artifacts)
        {
            await EnsureGivenAsync(artifact.Digest.ToString(), artifact);
        }
    }

    [DatabaseTheory]
    [MemberData(nameof(ArtifactKinds.Names), MemberType = typeof(ArtifactKinds))]
    public async Task A_manifest_is_given_by_its_tag_with_type_and_length(string kind)
    {
        var set = ArtifactKinds.Make(kind);
        await set.PushAsync(_repository);

        await EnsureGivenAsync(ArtifactSet.Tag, set.Artifacts[^1]);
    }

    [DatabaseTheory]
    [MemberData(nameof(ArtifactKinds.Names), MemberType = typeof(ArtifactKinds))]
    public async Task All_content_of_a_manifest_is_given_with_its_length(string kind)
    {
        var set = ArtifactKinds.Make(kind);
        await set.PushAsync(_repository);

        foreach (var blob in set.Blobs)
        {
            var digest = Digest.Of(blob).ToString();
            using var got = await _repository.GetAsync($"blobs/{digest}");
            EnsureDescribed(got, digest, blob.Length);
            Assert.Equal(blob, await got.Content.ReadAsByteArrayAsync());
            using var head = await _repository.SendAsync(HttpMethod.Head, $"blobs/{digest}");
            EnsureDescribed(head, digest, blob.Length);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
    }

    [DatabaseTheory]
    [InlineData("500-1499", 500, 1499), InlineData("500-", 500, 2047), InlineData("-500", 1548, 2047)]
    [InlineData("2000-5000", 2000, 2047), InlineData("0-0", 0, 0)]
    public async Task A_range_of_content_is_given(string range, int start, int end)
    {
        var content = new ArtifactSet().Bytes(2048);
        var digest = await _repository.PushBlobAsync(content);
        using var answer = await _repository.GetAsync($"blobs/{digest}", ("Range", $"bytes={range}"));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal($"bytes {start}-{end}/2048", answer.Content.Headers.ContentRange?.ToString());
        Assert.Equal(end - start + 1, answer.Content.Headers.ContentLength);
        Assert.Equal(content[start..(end + 1)], await answer.Content.ReadAsByteArrayAsync());
    }

    [DatabaseTheory]
    [InlineData("500-0"), InlineData("5000-10000"), InlineData("2048-"), InlineData("-0")]
    public async Task A_range_that_content_does_not_have_is_refused(string range)
    {
        var digest = await _repository.PushBlobAsync(new ArtifactSet().Bytes(2048));
        using var answer = await _repository.GetAsync($"blobs/{digest}", ("Range", $"bytes={range}"));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal("bytes */2048", answer.Content.Headers.ContentRange?.ToString());
    }

    [DatabaseFact]
    public async Task Content_that_nobody_pushed_is_not_found()
    {
        await TestRepository.RefusedAsync(
            _repository.GetAsync($"blobs/{Missing}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        using var head = await _repository.SendAsync(HttpMethod.Head, $"blobs/{Missing}");
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
    }

    /// <summary>The last two are no digests, and no tags either.</summary>
    [DatabaseTheory]
    [InlineData("missing"), InlineData(null)]
    [InlineData("sha256:baddigeststring"), InlineData(".INVALID_MANIFEST_NAME")]
    public async Task A_manifest_that_nobody_pushed_is_not_found(string? reference)
    {
        var path = $"manifests/{reference ?? Missing}";
        await TestRepository.RefusedAsync(_repository.GetAsync(path), HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        using var head = await _repository.SendAsync(HttpMethod.Head, path);
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
    }

    private async Task EnsureGivenAsync(string reference, Artifact artifact)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            using var answer = await _repository.SendAsync(
                method, $"manifests/{reference}", headers:
                [("Accept", TestRepository.Index), ("Accept", TestRepository.Manifest)]);
            EnsureDescribed(answer, artifact.Digest.ToString(), artifact.Bytes.Length);
            Assert.Equal(artifact.MediaType, answer.Content.Headers.ContentType?.ToString());
            Assert.Equal(
                method == HttpMethod.Get ? artifact.Bytes : [], await answer.Content.ReadAsByteArrayAsync());
        }
    }

    private static void EnsureDescribed(HttpResponseMessage answer, string digest, int length)
    {
        Assert.Equal((HttpStatusCode.OK, length), (answer.StatusCode, answer.Content.Headers.ContentLength));
        Assert.Equal(digest, Assert.Single(answer.Headers.GetValues("Docker-Content-Digest")));
    }
}
