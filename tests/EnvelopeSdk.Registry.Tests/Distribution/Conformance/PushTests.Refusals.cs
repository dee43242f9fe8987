using System.Net;
using System.Security.Cryptography;
using System.Text;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution.Conformance;

/// <summary>What is refused, with a word of the specification: SHA-512 too, which registries may know.</summary>
public abstract partial class PushTests<TServer>
{
    private const string Zeros = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly string Other = $"sha512:{Convert.ToHexStringLower(SHA512.HashData(Content))}";

    [DatabaseTheory]
    [InlineData("GET", $"blobs/{Zeros}", 404, "BLOB_UNKNOWN")]
    [InlineData("DELETE", $"blobs/{Zeros}", 404, "BLOB_UNKNOWN")]
    [InlineData("GET", "blobs/sha256:0", 400, "DIGEST_INVALID")]
    [InlineData("POST", "blobs/uploads/?digest=sha256:0", 400, "DIGEST_INVALID")]
    [InlineData("GET", "blobs/uploads/none", 404, "BLOB_UPLOAD_UNKNOWN")]
    [InlineData("PUT", "blobs/uploads/none", 404, "BLOB_UPLOAD_UNKNOWN")]
    [InlineData("GET", "manifests/none", 404, "MANIFEST_UNKNOWN")]
    [InlineData("DELETE", "manifests/none", 404, "MANIFEST_UNKNOWN")]
    [InlineData("DELETE", $"manifests/{Zeros}", 404, "MANIFEST_UNKNOWN")]
    [InlineData("PUT", "manifests/none", 400, "MANIFEST_INVALID")]
    [InlineData("PUT", "manifests/sha256:0", 400, "DIGEST_INVALID")]
    [InlineData("GET", "referrers/sha256:0", 400, "DIGEST_INVALID")]
    [InlineData("GET", "tags/list", 404, "NAME_UNKNOWN")]
    [InlineData("GET", "/v2/NAME/tags/list", 400, "NAME_INVALID")]
    [InlineData("POST", "tags/list", 405, "UNSUPPORTED")]
    public async Task What_cannot_be_done_is_refused_with_a_word_of_the_specification(
        string method, string path, int status, string code) => await TestRepository.RefusedAsync(
        _repository.SendAsync(new(method), path, method is "PUT" or "POST" ? [] : null), (HttpStatusCode)status, code);

    [DatabaseTheory]
    [MemberData(nameof(BlobWays.Names), MemberType = typeof(BlobWays))]
    public async Task Content_with_a_digest_of_SHA512_is_refused_and_nowhere(string way)
    {
        await TestRepository.RefusedAsync(
            BlobWays.SendAsync(way, _repository, Content, Other), HttpStatusCode.BadRequest, "UNSUPPORTED");

        await TestRepository.RefusedAsync(
            _repository.GetAsync($"blobs/{Whole}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
    }

    [DatabaseFact]
    public async Task An_upload_that_was_refused_for_SHA512_ends_with_SHA256()
    {
        var location = await BlobWays.PatchAsync(_repository, await _repository.BeginAsync(), 0, Content, null);
        await TestRepository.RefusedAsync(
            BlobWays.PutAsync(_repository, location, Other, []), HttpStatusCode.BadRequest, "UNSUPPORTED");

        using var answer = await BlobWays.PutAsync(_repository, location, Whole, []);
        await BlobWays.EnsureTakenAsync(_repository, answer, Content);
    }

    [DatabaseTheory]
    [InlineData("GET", "blobs/")]
    [InlineData("DELETE", "blobs/"), InlineData("GET", "referrers/")]
    public async Task Nothing_is_known_by_a_digest_of_SHA512(string method, string path)
    {
        await _repository.PushBlobAsync(Content);

        await TestRepository.RefusedAsync(
            _repository.SendAsync(new(method), path + Other), HttpStatusCode.BadRequest, "UNSUPPORTED");
    }

    [DatabaseFact]
    public async Task Content_with_a_digest_of_SHA512_is_not_mounted()
    {
        await _repository.PushBlobAsync(Content);
        using var answer = await server.NewRepository().SendAsync(
            HttpMethod.Post, $"blobs/uploads/?mount={Other}&from={_repository.Name}", []);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        BlobWays.Next(answer, 0);
    }

    [DatabaseFact]
    public async Task A_manifest_under_a_digest_of_SHA512_is_refused_and_nowhere()
    {
        var set = ArtifactKinds.Make("an image");
        await set.PushBlobsAsync(_repository);
        var (artifact, digest) = (set.Artifacts[0], Convert.ToHexStringLower(SHA512.HashData(set.Artifacts[0].Bytes)));

        await TestRepository.RefusedAsync(
            _repository.PutAsync($"sha512:{digest}", artifact.Bytes), HttpStatusCode.BadRequest, "UNSUPPORTED");
        foreach (var one in (string[])[$"sha512:{digest}", artifact.Digest.ToString()])
        {
            await TestRepository.RefusedAsync(
                _repository.GetAsync($"manifests/{one}"), HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        }
    }

    [DatabaseFact]
    public async Task A_manifest_that_refers_by_a_digest_of_SHA512_is_refused()
    {
        var set = ArtifactKinds.Make("an image");
        await set.PushBlobsAsync(_repository);
        var manifest = set.Artifacts[0].Json.DeepClone();
        manifest["layers"]![0]!["digest"] = Other;

        await TestRepository.RefusedAsync(
            _repository.PutAsync("v1", Encoding.UTF8.GetBytes(manifest.ToJsonString())), HttpStatusCode.BadRequest,
            "MANIFEST_INVALID");
    }
}
