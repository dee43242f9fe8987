using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>Manifests: the specification's end-3, end-7 and end-9.</summary>
public class ManifestTests : IAsyncLifetime
{
    private ServedStore _served = null!;
    private TestRepository _repository = null!;

    public async Task InitializeAsync()
    {
        _served = await StartAsync();
        _repository = new(_served, "team/model");
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    private protected virtual Task<ServedStore> StartAsync(params string[] envelopes) =>
        ServedStore.StartAsync(envelopes);

    [DatabaseFact]
    public async Task A_manifest_is_given_by_tag_and_digest_byte_for_byte()
    {
        var bytes = await _repository.MakeManifestAsync("layer");
        using var put = await _repository.PutAsync("v1", bytes);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal(_repository.At($"manifests/{Digest.Of(bytes)}"), put.Headers.Location?.ToString());

        foreach (var reference in (string[])["v1", Digest.Of(bytes).ToString()])
        {
            using var got = await _repository.GetAsync($"manifests/{reference}");
            Assert.Equal(bytes, await got.Content.ReadAsByteArrayAsync());
            Assert.Equal(TestRepository.Manifest, got.Content.Headers.ContentType?.ToString());
            Assert.Equal(Digest.Of(bytes).ToString(), Assert.Single(got.Headers.GetValues("Docker-Content-Digest")));
            using var head = await _repository.SendAsync(HttpMethod.Head, $"manifests/{reference}");
            Assert.Equal((HttpStatusCode.OK, (long?)bytes.Length), (head.StatusCode, head.Content.Headers.ContentLength));
            Assert.Equal(Digest.Of(bytes).ToString(), Assert.Single(head.Headers.GetValues("Docker-Content-Digest")));
        }
    }

    [DatabaseFact]
    public async Task A_manifest_comes_under_its_digest_without_a_tag()
    {
        var bytes = await _repository.MakeManifestAsync("layer");
        using var put = await _repository.PutAsync(Digest.Of(bytes).ToString(), bytes);

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Empty((await _repository.JsonAsync("tags/list"))["tags"]!.AsArray());
    }

    [DatabaseTheory]
    [InlineData("v2"), InlineData(".INVALID_MANIFEST_NAME"), InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_manifest_that_is_not_there_is_not_found(string reference)
    {
        await _repository.PushAsync("v1");
        await TestRepository.RefusedAsync(_repository.GetAsync($"manifests/{reference}"), HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");

        using var head = await _repository.SendAsync(HttpMethod.Head, $"manifests/{reference}");
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
    }

    [DatabaseFact]
    public async Task A_tag_moves_to_what_is_pushed_last_and_both_manifests_stay()
    {
        var (one, two) = (await _repository.PushAsync("v1", "one"), await _repository.PushAsync("v1", "two"));

        using var head = await _repository.SendAsync(HttpMethod.Head, "manifests/v1");
        Assert.Equal(two.ToString(), Assert.Single(head.Headers.GetValues("Docker-Content-Digest")));
        using var first = await _repository.GetAsync($"manifests/{one}");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
    }

    [DatabaseFact]
    public async Task Tags_that_differ_in_case_alone_are_two()
    {
        var (one, two) = (await _repository.PushAsync("v1", "one"), await _repository.PushAsync("V1", "two"));

        using var head = await _repository.SendAsync(HttpMethod.Head, "manifests/v1");
        Assert.Equal(one.ToString(), Assert.Single(head.Headers.GetValues("Docker-Content-Digest")));
        Assert.NotEqual(one, two);
    }

    [DatabaseTheory]
    [InlineData("layers"), InlineData("config")]
    public async Task A_manifest_that_refers_to_content_that_is_not_there_is_refused(string member)
    {
        var missing = TestRepository.Descriptor("text/plain", "missing"u8);
        var bytes = await _repository.MakeManifestAsync("layer", manifest =>
            manifest[member] = member == "config" ? missing : new JsonArray(missing));

        await TestRepository.RefusedAsync(_repository.PutAsync("v1", bytes), HttpStatusCode.NotFound, "MANIFEST_BLOB_UNKNOWN");
        await TestRepository.RefusedAsync(_repository.GetAsync("manifests/v1"), HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        await _repository.PushBlobAsync("missing");
        using var put = await _repository.PutAsync("v1", bytes);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
    }

    [DatabaseFact]
    public async Task Content_that_only_another_repository_has_is_none_to_refer_to()
    {
        var bytes = await new TestRepository(_served, "other").MakeManifestAsync("layer");

        await TestRepository.RefusedAsync(_repository.PutAsync("v1", bytes), HttpStatusCode.NotFound, "MANIFEST_BLOB_UNKNOWN");
    }

    [DatabaseFact]
    public async Task A_layer_that_is_to_be_had_elsewhere_need_not_be_there()
    {
        await _repository.PushAsync("v1", change: manifest =>
        {
            var layer = TestRepository.Descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "foreign"u8);
            layer["urls"] = new JsonArray("https://example.org/layer");
            manifest["layers"]!.AsArray().Add((JsonNode)layer);
        });
    }

    [DatabaseFact]
    public async Task A_size_that_is_not_that_of_the_content_is_refused()
    {
        var bytes = await _repository.MakeManifestAsync("layer", manifest => manifest["layers"]![0]!["size"] = 4);

        await TestRepository.RefusedAsync(_repository.PutAsync("v1", bytes), HttpStatusCode.BadRequest, "MANIFEST_INVALID");
    }

    [DatabaseTheory]
    [InlineData(""), InlineData("nonsense"), InlineData("[]"), InlineData("{}"), InlineData("""{"schemaVersion":1}"""), InlineData("""{"schemaVersion":2}""")]
    [InlineData("""{"schemaVersion":"2","config":{}}"""), InlineData("""{"schemaVersion":2,"config":{"digest":5}}"""), InlineData("""{"schemaVersion":2,"config":[],"layers":7}""")]
    [InlineData("""{"schemaVersion":2,"config":{"digest":"sha512:00","size":1},"layers":[]}"""), InlineData("""{"schemaVersion":2,"manifests":[null]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"annotations":{"a":5}}"""), InlineData("""{"schemaVersion":2,"manifests":[],"subject":{}}""")]
    [InlineData("""{"schemaVersion":2,"schemaVersion":2,"manifests":[]}"""), InlineData("""{"schemaVersion":99999999999,"manifests":[]}""")]
    public async Task What_is_no_manifest_is_refused(string text) => await TestRepository.RefusedAsync(
        _repository.PutAsync("v1", Encoding.UTF8.GetBytes(text)), HttpStatusCode.BadRequest, "MANIFEST_INVALID");

    [DatabaseFact]
    public async Task A_manifest_that_a_browser_would_show_is_refused()
    {
        var bytes = await _repository.MakeManifestAsync("layer", manifest => manifest.Remove("mediaType"));

        await TestRepository.RefusedAsync(_repository.PutAsync("v1", bytes, "text/html"), HttpStatusCode.BadRequest, "MANIFEST_INVALID");
        using var put = await _repository.PutAsync("v1", bytes);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
    }

    [DatabaseFact]
    public async Task A_manifest_that_is_not_what_it_is_sent_as_is_refused() => await TestRepository.RefusedAsync(
        _repository.PutAsync("v1", await _repository.MakeManifestAsync("layer"), TestRepository.Index), HttpStatusCode.BadRequest, "MANIFEST_INVALID");

    [DatabaseFact]
    public async Task A_manifest_under_another_digest_is_refused() => await TestRepository.RefusedAsync(
        _repository.PutAsync(Digest.Of("other"u8).ToString(), await _repository.MakeManifestAsync("layer")), HttpStatusCode.BadRequest, "DIGEST_INVALID");

    [DatabaseTheory]
    [InlineData(4 << 20, HttpStatusCode.Created), InlineData((4 << 20) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_manifest_has_at_most_4_MiB(int size, HttpStatusCode status)
    {
        var bytes = await _repository.MakeManifestAsync("layer");
        Array.Resize(ref bytes, size);
        bytes.AsSpan().Replace((byte)0, (byte)' ');

        using var put = await _repository.PutAsync("v1", bytes);
        Assert.Equal(status, put.StatusCode);
    }

    [DatabaseFact]
    public async Task An_index_refers_to_manifests_of_its_repository()
    {
        var member = await _repository.MakeManifestAsync("layer");
        var index = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = TestRepository.Index,
            ["manifests"] = new JsonArray(TestRepository.Descriptor(TestRepository.Manifest, member)),
        }.ToJsonString());
        await TestRepository.RefusedAsync(
            _repository.PutAsync("all", index, TestRepository.Index), HttpStatusCode.NotFound, "MANIFEST_BLOB_UNKNOWN");

        using (await _repository.PutAsync("one", member))
        {
        }

        using var put = await _repository.PutAsync("all", index, TestRepository.Index);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        using var got = await _repository.GetAsync("manifests/all");
        Assert.Equal(TestRepository.Index, got.Content.Headers.ContentType?.ToString());
    }

    [DatabaseFact]
    public async Task A_deleted_tag_leaves_its_manifest()
    {
        var digest = await _repository.PushAsync("v1");
        using var deleted = await _repository.SendAsync(HttpMethod.Delete, "manifests/v1");

        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        await TestRepository.RefusedAsync(_repository.GetAsync("manifests/v1"), HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        using var got = await _repository.GetAsync($"manifests/{digest}");
        Assert.Equal(HttpStatusCode.OK, got.StatusCode);
        await TestRepository.RefusedAsync(
            _repository.SendAsync(HttpMethod.Delete, "manifests/v1"), HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
    }

    [DatabaseFact]
    public async Task A_deleted_manifest_takes_its_tags_along_and_no_others()
    {
        var digest = await _repository.PushAsync("v1", "one");
        await _repository.PushAsync("v1-too", "one");
        await _repository.PushAsync("v2", "two");
        using var deleted = await _repository.SendAsync(HttpMethod.Delete, $"manifests/{digest}");

        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        await TestRepository.RefusedAsync(_repository.GetAsync($"manifests/{digest}"), HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        Assert.Equal("""["v2"]""", (await _repository.JsonAsync("tags/list"))["tags"]!.ToJsonString());
        await TestRepository.RefusedAsync(
            _repository.SendAsync(HttpMethod.Delete, $"manifests/{digest}"), HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
    }
}
