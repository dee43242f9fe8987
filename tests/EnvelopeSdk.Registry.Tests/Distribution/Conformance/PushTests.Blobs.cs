using System.Net;
using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution.Conformance;

/// <summary>Content.</summary>
public abstract partial class PushTests<TServer>
{
    private const int PieceLength = 1024;

    private static readonly byte[] Content = new ArtifactSet().Bytes((3 * PieceLength) - 5);
    private static readonly string Whole = Digest.Of(Content).ToString();

    [DatabaseTheory]
    [MemberData(nameof(BlobWays.Names), MemberType = typeof(BlobWays))]
    public async Task Content_is_taken_and_given_where_the_answer_says(string way)
    {
        using var answer = await BlobWays.SendAsync(way, _repository, Content, Whole);

        await BlobWays.EnsureTakenAsync(_repository, answer, Content);
    }

    [DatabaseTheory]
    [InlineData("a POST", ""), InlineData("a POST and a PUT", ""), InlineData("a stream", "")]
    [InlineData("a POST", "{}"), InlineData("a POST and a PUT", "{}"), InlineData("a stream", "{}")]
    public async Task Content_of_nothing_and_empty_JSON_are_taken(string way, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        using var answer = await BlobWays.SendAsync(way, _repository, content, Digest.Of(content).ToString());

        await BlobWays.EnsureTakenAsync(_repository, answer, content);
    }

    [DatabaseTheory]
    [MemberData(nameof(BlobWays.Names), MemberType = typeof(BlobWays))]
    public async Task Content_that_is_not_what_its_digest_says_is_refused_and_nowhere(string way)
    {
        byte[] other = [.. Content, .. "oh no"u8];
        await TestRepository.RefusedAsync(
            BlobWays.SendAsync(way, _repository, other, Whole), HttpStatusCode.BadRequest, "DIGEST_INVALID");

        foreach (var digest in (string[])[Whole, Digest.Of(other).ToString()])
        {
            await TestRepository.RefusedAsync(
                _repository.GetAsync($"blobs/{digest}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        }
    }

    [DatabaseTheory]
    [InlineData(false), InlineData(true)]
    public async Task Pieces_that_do_not_follow_are_refused_and_the_upload_goes_on(bool isLastPut)
    {
        var (location, came) = (await _repository.BeginAsync(), 0);
        foreach (var piece in Content.Chunk(PieceLength))
        {
            var ahead = came + PieceLength;
            location = await EnsureRefusedAsync(location, came, ahead < Content.Length ? ahead : 0, isLastPut);
            if (isLastPut && came + piece.Length == Content.Length)
            {
                using var last = await BlobWays.PutAsync(_repository, location, Whole, piece, RangeOf(came, piece));
                await BlobWays.EnsureTakenAsync(_repository, last, Content);
                return;
            }

            location = await BlobWays.PatchAsync(_repository, location, came, piece, RangeOf(came, piece).Value);
            came += piece.Length;
        }

        using var answer = await BlobWays.PutAsync(_repository, location, Whole, []);
        await BlobWays.EnsureTakenAsync(_repository, answer, Content);
    }

    [DatabaseFact]
    public async Task A_piece_that_came_already_is_refused()
    {
        var location = await BlobWays.PatchAsync(
            _repository, await _repository.BeginAsync(), 0, Content[..PieceLength], $"0-{PieceLength - 1}");

        await EnsureRefusedAsync(location, PieceLength, 0, isLastPut: false);
    }

    [DatabaseFact]
    public async Task A_cancelled_upload_is_unknown()
    {
        var location = await _repository.BeginAsync();
        using (var cancelled = await _repository.SendAsync(HttpMethod.Delete, location))
        {
            Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        }

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Patch, HttpMethod.Delete])
        {
            await TestRepository.RefusedAsync(
                _repository.SendAsync(method, location, method == HttpMethod.Patch ? Content : null),
                HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
        }

        await TestRepository.RefusedAsync(
            BlobWays.PutAsync(_repository, location, Whole, Content), HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
    }

    [DatabaseFact]
    public async Task Content_is_mounted_from_a_repository_that_has_it()
    {
        var other = server.NewRepository();
        await other.PushBlobAsync(Content);
        using var answer = await MountAsync($"&from={other.Name}");

        await BlobWays.EnsureTakenAsync(_repository, answer, Content);
    }

    /// <summary>
    /// Whoever need not say where content is would learn what repositories have that they may not read.
    /// </summary>
    [DatabaseTheory]
    [InlineData(false), InlineData(true)]
    public async Task Content_that_is_not_there_or_not_said_where_is_to_be_sent(bool isNamed)
    {
        var other = server.NewRepository();
        await (isNamed ? Task.CompletedTask : other.PushBlobAsync(Content));
        using var answer = await MountAsync(isNamed ? $"&from={other.Name}" : "");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        using var put = await BlobWays.PutAsync(_repository, BlobWays.Next(answer, 0), Whole, Content);
        await BlobWays.EnsureTakenAsync(_repository, put, Content);
    }

    private Task<HttpResponseMessage> MountAsync(string from) =>
        _repository.SendAsync(HttpMethod.Post, $"blobs/uploads/?mount={Whole}{from}", []);

    private static (string Name, string Value) RangeOf(int start, byte[] piece) =>
        ("Content-Range", $"{start}-{start + piece.Length - 1}");

    /// <summary>Expects that a piece is refused, and that the upload says then how much has come.</summary>
    /// <returns>Where it goes on.</returns>
    private async Task<string> EnsureRefusedAsync(string location, int came, int start, bool isLastPut)
    {
        var piece = Content[start..Math.Min(start + PieceLength, Content.Length)];
        using var refused = isLastPut && start + piece.Length == Content.Length
            ? await BlobWays.PutAsync(_repository, location, Whole, piece, RangeOf(start, piece))
            : await _repository.SendAsync(
                HttpMethod.Patch, location, piece, BlobWays.Octets, RangeOf(start, piece));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, refused.StatusCode);
        using var said = await _repository.GetAsync(BlobWays.Next(refused, came));
        Assert.Equal(HttpStatusCode.NoContent, said.StatusCode);
        return BlobWays.Next(said, came);
    }
}
