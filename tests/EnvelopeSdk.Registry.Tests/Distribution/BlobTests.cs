using System.Net;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>Content: the specification's end-2, end-3 and end-10.</summary>
public class BlobTests : IAsyncLifetime
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
    public async Task Content_is_given_whole_with_its_digest()
    {
        var digest = await _repository.PushBlobAsync("0123456789");
        using var answer = await _repository.GetAsync($"blobs/{digest}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("0123456789", await answer.Content.ReadAsStringAsync());
        Assert.Equal(digest.ToString(), Assert.Single(answer.Headers.GetValues("Docker-Content-Digest")));
        Assert.Equal($"\"{digest}\"", answer.Headers.ETag?.Tag);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.MediaType);
    }

    [DatabaseFact]
    public async Task Asked_whether_it_has_content_it_says_the_size_and_sends_nothing()
    {
        var digest = await _repository.PushBlobAsync("0123456789");
        using var answer = await _repository.SendAsync(HttpMethod.Head, $"blobs/{digest}");

        Assert.Equal((HttpStatusCode.OK, 10), (answer.StatusCode, answer.Content.Headers.ContentLength));
        Assert.Equal(digest.ToString(), Assert.Single(answer.Headers.GetValues("Docker-Content-Digest")));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [DatabaseTheory]
    [InlineData("bytes=2-4", "234", "bytes 2-4/10"), InlineData("bytes=7-", "789", "bytes 7-9/10")]
    [InlineData("bytes=-2", "89", "bytes 8-9/10"), InlineData("bytes=8-99", "89", "bytes 8-9/10")]
    public async Task A_part_of_content_is_given(string range, string part, string said)
    {
        var digest = await _repository.PushBlobAsync("0123456789");
        using var answer = await _repository.GetAsync($"blobs/{digest}", ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(part, await answer.Content.ReadAsStringAsync());
        Assert.Equal(said, answer.Content.Headers.ContentRange?.ToString());
    }

    [DatabaseFact]
    public async Task A_part_behind_the_end_is_refused()
    {
        var digest = await _repository.PushBlobAsync("0123456789");
        using var answer = await _repository.GetAsync($"blobs/{digest}", ("Range", "bytes=10-12"));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal("bytes */10", answer.Content.Headers.ContentRange?.ToString());
    }

    [DatabaseFact]
    public async Task Content_that_is_known_is_not_sent_again()
    {
        var digest = await _repository.PushBlobAsync("0123456789");
        using var answer = await _repository.GetAsync($"blobs/{digest}", ("If-None-Match", $"\"{digest}\""));

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    [DatabaseFact]
    public async Task Content_that_is_not_there_is_not_found_and_its_digest_is_said()
    {
        var missing = Digest.Of("hello world"u8).ToString();
        var error = await TestRepository.RefusedAsync(
            _repository.GetAsync($"blobs/{missing}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        Assert.Equal(missing, (string?)error["detail"]!["digest"]);

        using var head = await _repository.SendAsync(HttpMethod.Head, $"blobs/{missing}");
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
    }

    [DatabaseFact]
    public async Task Content_of_one_repository_is_not_read_through_another()
    {
        var digest = await _repository.PushBlobAsync("secret");

        await TestRepository.RefusedAsync(
            new TestRepository(_served, "other").GetAsync($"blobs/{digest}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
    }

    [DatabaseTheory]
    [InlineData("sha256:0123", "DIGEST_INVALID"), InlineData("nonsense", "DIGEST_INVALID")]
    [InlineData("sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e", "UNSUPPORTED")]
    public async Task What_is_no_digest_of_the_kind_is_refused(string digest, string code) =>
        await TestRepository.RefusedAsync(_repository.GetAsync($"blobs/{digest}"), HttpStatusCode.BadRequest, code);

    [DatabaseFact]
    public async Task Deleted_content_is_not_found_and_stays_where_another_repository_has_it()
    {
        var other = new TestRepository(_served, "other");
        var digest = await _repository.PushBlobAsync("shared");
        await other.PushBlobAsync("shared");

        using var deleted = await _repository.SendAsync(HttpMethod.Delete, $"blobs/{digest}");
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        await TestRepository.RefusedAsync(_repository.GetAsync($"blobs/{digest}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        await TestRepository.RefusedAsync(
            _repository.SendAsync(HttpMethod.Delete, $"blobs/{digest}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        using var kept = await other.GetAsync($"blobs/{digest}");
        Assert.Equal("shared", await kept.Content.ReadAsStringAsync());
    }
}
