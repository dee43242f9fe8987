using System.Net;
using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>Sending content: the specification's end-4 to end-6, end-11, end-13 and end-14.</summary>
public class UploadTests : IAsyncLifetime
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("0123456789");
    private static readonly Digest Whole = Digest.Of(Content);

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
    public async Task Content_comes_with_one_request()
    {
        using var answer = await _repository.SendAsync(HttpMethod.Post, $"blobs/uploads/?digest={Whole}", Content);

        await EnsureCreatedAsync(answer);
    }

    [DatabaseFact]
    public async Task Content_comes_with_a_post_and_a_put()
    {
        using var answer = await PutAsync(await _repository.BeginAsync(), Content);

        await EnsureCreatedAsync(answer);
    }

    [DatabaseFact]
    public async Task Content_comes_as_a_stream_without_ranges()
    {
        var upload = await _repository.BeginAsync();
        using var patched = await _repository.SendAsync(HttpMethod.Patch, upload, Content, "application/octet-stream");
        Assert.Equal((HttpStatusCode.Accepted, "0-9"), (patched.StatusCode, RangeOf(patched)));

        using var answer = await PutAsync(patched.Headers.Location!.ToString(), []);
        await EnsureCreatedAsync(answer);
    }

    [DatabaseFact]
    public async Task Content_comes_in_pieces_one_after_the_other()
    {
        var upload = await _repository.BeginAsync();
        using var first = await PatchAsync(upload, "0-3", "0123");
        Assert.Equal((HttpStatusCode.Accepted, "0-3"), (first.StatusCode, RangeOf(first)));
        using var second = await PatchAsync(first.Headers.Location!.ToString(), "4-6", "456");
        Assert.Equal((HttpStatusCode.Accepted, "0-6"), (second.StatusCode, RangeOf(second)));

        using var answer = await PutAsync(second.Headers.Location!.ToString(), Content[7..], ("Content-Range", "7-9"));
        await EnsureCreatedAsync(answer);
    }

    [DatabaseTheory]
    [InlineData("1-3", "123"), InlineData("5-9", "56789"), InlineData("nonsense", "4567"), InlineData("0-3", "0123")]
    public async Task A_piece_that_does_not_follow_is_refused_and_the_upload_goes_on(string range, string piece)
    {
        var upload = await _repository.BeginAsync();
        using (await PatchAsync(upload, "0-3", "0123"))
        {
        }

        using var refused = await PatchAsync(upload, range, piece);
        Assert.Equal((HttpStatusCode.RequestedRangeNotSatisfiable, "0-3"), (refused.StatusCode, RangeOf(refused)));
        Assert.Equal(upload, refused.Headers.Location!.ToString());

        using var answer = await PutAsync(upload, Content[4..], ("Content-Range", "bytes 4-9/*"));
        await EnsureCreatedAsync(answer);
    }

    [DatabaseFact]
    public async Task A_piece_that_is_not_as_long_as_it_says_is_refused() => await TestRepository.RefusedAsync(
        PatchAsync(await _repository.BeginAsync(), "0-3", "01234"), HttpStatusCode.BadRequest, "SIZE_INVALID");

    [DatabaseFact]
    public async Task An_upload_says_how_much_has_come()
    {
        var upload = await _repository.BeginAsync();
        using var nothing = await _repository.GetAsync(upload);
        Assert.Equal((HttpStatusCode.NoContent, "0-0"), (nothing.StatusCode, RangeOf(nothing)));

        using (await PatchAsync(upload, "0-3", "0123"))
        {
        }

        using var some = await _repository.GetAsync(upload);
        Assert.Equal((HttpStatusCode.NoContent, "0-3"), (some.StatusCode, RangeOf(some)));
        Assert.Equal(upload, some.Headers.Location!.ToString());
    }

    [DatabaseFact]
    public async Task An_upload_goes_on_after_a_restart()
    {
        var upload = await _repository.BeginAsync();
        using (await PatchAsync(upload, "0-3", "0123"))
        {
        }

        await _served.RestartAsync();
        using var some = await _repository.GetAsync(upload);
        Assert.Equal("0-3", RangeOf(some));
        using var answer = await PutAsync(upload, Content[4..], ("Content-Range", "4-9"));
        await EnsureCreatedAsync(answer);
    }

    [DatabaseFact]
    public async Task A_cancelled_upload_is_gone_with_what_has_come()
    {
        var upload = await _repository.BeginAsync();
        using (await PatchAsync(upload, "0-3", "0123"))
        {
        }

        using var cancelled = await _repository.SendAsync(HttpMethod.Delete, upload);
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        await TestRepository.RefusedAsync(_repository.GetAsync(upload), HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
        await TestRepository.RefusedAsync(PutAsync(upload, []), HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
        Assert.True(await _served.IsWithoutUploadsAsync());
    }

    [DatabaseTheory]
    [InlineData("not-an-id"), InlineData("00000000000000000000000000000000"), InlineData("..%2f..%2fstore.json")]
    public async Task An_upload_that_nobody_began_is_not_found(string id) => await TestRepository.RefusedAsync(
        PatchAsync(_repository.At($"blobs/uploads/{id}"), "0-3", "0123"), HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");

    [DatabaseFact]
    public async Task Content_that_is_not_what_its_digest_says_is_refused_and_nowhere()
    {
        var other = Digest.Of("other"u8);
        await TestRepository.RefusedAsync(
            _repository.SendAsync(HttpMethod.Post, $"blobs/uploads/?digest={other}", Content), HttpStatusCode.BadRequest, "DIGEST_INVALID");
        var upload = await _repository.BeginAsync();
        await TestRepository.RefusedAsync(
            _repository.SendAsync(HttpMethod.Put, $"{upload}?digest={other}", Content), HttpStatusCode.BadRequest, "DIGEST_INVALID");

        await TestRepository.RefusedAsync(_repository.GetAsync($"blobs/{other}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        await TestRepository.RefusedAsync(_repository.GetAsync($"blobs/{Whole}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        Assert.True(await _served.IsWithoutUploadsAsync());
    }

    [DatabaseTheory]
    [InlineData(""), InlineData("?digest=nonsense")]
    public async Task An_upload_without_a_digest_does_not_end(string query)
    {
        var upload = await _repository.BeginAsync();
        await TestRepository.RefusedAsync(
            _repository.SendAsync(HttpMethod.Put, upload + query, Content), HttpStatusCode.BadRequest, "DIGEST_INVALID");

        using var answer = await PutAsync(upload, Content);
        await EnsureCreatedAsync(answer);
    }

    [DatabaseFact]
    public async Task Content_is_mounted_from_a_repository_that_has_it()
    {
        await _repository.PushBlobAsync("0123456789");
        var target = new TestRepository(_served, "other");
        using var answer = await target.SendAsync(HttpMethod.Post, $"blobs/uploads/?mount={Whole}&from=team%2Fmodel", []);

        Assert.Equal((HttpStatusCode.Created, $"/v2/other/blobs/{Whole}"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        using var got = await target.GetAsync($"blobs/{Whole}");
        Assert.Equal(Content, await got.Content.ReadAsByteArrayAsync());
    }

    [DatabaseTheory]
    [InlineData("&from=nobody"), InlineData("&from=..%2Fa"), InlineData("")]
    public async Task Content_that_cannot_be_mounted_is_to_be_sent(string from)
    {
        await _repository.PushBlobAsync("0123456789");
        var target = new TestRepository(_served, "other");
        using var answer = await target.SendAsync(HttpMethod.Post, $"blobs/uploads/?mount={Whole}{from}", []);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        using var ended = await target.SendAsync(HttpMethod.Put, $"{answer.Headers.Location}?digest={Whole}", Content);
        Assert.Equal(HttpStatusCode.Created, ended.StatusCode);
    }

    [DatabaseFact]
    public async Task Of_a_connection_that_broke_what_came_stays_and_the_rest_is_sent()
    {
        var upload = await _repository.BeginAsync();
        using (await RawHttp.SendAsync(
            _served.Address, $"PATCH {upload} HTTP/1.1\r\n{RawHttp.Known}Content-Length: 10\r\nContent-Range: 0-9\r\n\r\n0123"))
        {
            await _served.ArrivesAsync(upload, 4);
        }

        using var some = await _repository.GetAsync(upload);
        Assert.Equal("0-3", RangeOf(some));
        using var answer = await PutAsync(upload, Content[4..], ("Content-Range", "4-9"));
        await EnsureCreatedAsync(answer);
    }

    [DatabaseFact]
    public async Task A_request_that_hangs_does_not_hinder_one_that_goes_on()
    {
        var upload = await _repository.BeginAsync();
        using var hanging = await RawHttp.SendAsync(
            _served.Address, $"PATCH {upload} HTTP/1.1\r\n{RawHttp.Known}Content-Length: 10\r\nContent-Range: 0-9\r\n\r\n0123");
        await _served.ArrivesAsync(upload, 4);

        using var answer = await PutAsync(upload, Content[4..], ("Content-Range", "4-9"));
        await EnsureCreatedAsync(answer);
        using var reader = new StreamReader(hanging.GetStream());
        Assert.Contains(" 416 ", await reader.ReadLineAsync(), StringComparison.Ordinal); // and not that it was too slow
    }

    [DatabaseFact]
    public async Task A_request_in_whose_place_a_later_one_came_is_told_where_the_upload_stands()
    {
        var upload = await _repository.BeginAsync();
        using var hanging = await RawHttp.SendAsync(
            _served.Address, $"PATCH {upload} HTTP/1.1\r\n{RawHttp.Known}Content-Length: 10\r\nContent-Range: 0-9\r\n\r\n0123");
        await _served.ArrivesAsync(upload, 4);
        using (var later = await PatchAsync(upload, "4-6", "456"))
        {
            Assert.Equal((HttpStatusCode.Accepted, "0-6"), (later.StatusCode, RangeOf(later)));
        }

        var head = await RawHttp.HeadAsync(hanging);
        Assert.Contains(" 416 ", head[0], StringComparison.Ordinal);
        Assert.Contains($"Location: {upload}", head);
        Assert.Contains(head, line => line is "Range: 0-3" or "Range: 0-6"); // before or behind the piece of the later one
        using var answer = await PutAsync(upload, Content[7..], ("Content-Range", "7-9"));
        await EnsureCreatedAsync(answer);
    }

    private Task<HttpResponseMessage> PatchAsync(string upload, string range, string piece) => _repository.SendAsync(
        HttpMethod.Patch, upload, Encoding.ASCII.GetBytes(piece), "application/octet-stream", ("Content-Range", range));

    private Task<HttpResponseMessage> PutAsync(string upload, byte[] rest, params (string Name, string Value)[] headers) =>
        _repository.SendAsync(HttpMethod.Put, $"{upload}?digest={Whole}", rest, "application/octet-stream", headers);

    private async Task EnsureCreatedAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        Assert.Equal(_repository.At($"blobs/{Whole}"), answer.Headers.Location?.ToString());
        Assert.Equal(Whole.ToString(), Assert.Single(answer.Headers.GetValues("Docker-Content-Digest")));
        using var got = await _repository.GetAsync(answer.Headers.Location!.ToString());
        Assert.Equal(Content, await got.Content.ReadAsByteArrayAsync());
        Assert.True(await _served.IsWithoutUploadsAsync());
    }

    private static string? RangeOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Range", out var range) ? Assert.Single(range) : null;
}
