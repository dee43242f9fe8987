using System.Net;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Registry.Tests.Distribution.Conformance;

/// <summary>
/// The ways in which content is sent. Each step before the last says where it goes on and what has come.
/// </summary>
internal static class BlobWays
{
    private static readonly Dictionary<string, Func<TestRepository, byte[], string, Task<HttpResponseMessage>>> Ways =
        new()
        {
            ["a POST"] = (repository, content, digest) =>
                repository.SendAsync(HttpMethod.Post, $"blobs/uploads/?digest={digest}", content, Octets),
            ["a POST and a PUT"] = async (repository, content, digest) =>
                await PutAsync(repository, await repository.BeginAsync(), digest, content),
            ["a stream"] = async (repository, content, digest) => await PutAsync(
                repository, await PatchAsync(repository, await repository.BeginAsync(), 0, content, null), digest, []),
            ["one piece"] = (repository, content, digest) => InPiecesAsync(repository, content, digest, 1, false),
            ["pieces"] = (repository, content, digest) => InPiecesAsync(repository, content, digest, 3, false),
            ["pieces, the last with the PUT"] = (repository, content, digest) =>
                InPiecesAsync(repository, content, digest, 3, true),
        };

    public const string Octets = "application/octet-stream";

    public static TheoryData<string> Names => [.. Ways.Keys];

    /// <summary>Sends content.</summary>
    /// <returns>The last answer.</returns>
    public static Task<HttpResponseMessage> SendAsync(
        string way, TestRepository repository, byte[] content, string digest) => Ways[way](repository, content, digest);

    public static Task<HttpResponseMessage> PutAsync(
        TestRepository repository, string location, string digest, byte[] content,
        params (string Name, string Value)[] headers) =>
        repository.SendAsync(HttpMethod.Put, $"{location}?digest={digest}", content, Octets, headers);

    /// <summary>Sends a piece, which is taken.</summary>
    /// <returns>Where the upload goes on.</returns>
    public static async Task<string> PatchAsync(
        TestRepository repository, string location, int start, byte[] piece, string? range)
    {
        using var answer = await repository.SendAsync(
            HttpMethod.Patch, location, piece, Octets, range is null ? [] : [("Content-Range", range)]);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return Next(answer, start + piece.Length);
    }

    /// <summary>Expects that an answer says where an upload goes on, and how much has come.</summary>
    /// <returns>Where.</returns>
    public static string Next(HttpResponseMessage answer, int length)
    {
        Assert.Equal($"0-{Math.Max(0, length - 1)}", Assert.Single(answer.Headers.GetValues("Range")));
        return Assert.IsType<Uri>(answer.Headers.Location).ToString();
    }

    /// <summary>Expects that content was taken, and is given at the address that the answer says.</summary>
    public static async Task EnsureTakenAsync(TestRepository repository, HttpResponseMessage answer, byte[] content)
    {
        var digest = Digest.Of(content).ToString();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        Assert.Equal(digest, Assert.Single(answer.Headers.GetValues("Docker-Content-Digest")));
        using var got = await repository.GetAsync(answer.Headers.Location!.ToString());
        Assert.Equal(content, await got.Content.ReadAsByteArrayAsync());
        using var head = await repository.SendAsync(HttpMethod.Head, $"blobs/{digest}");
        Assert.Equal((HttpStatusCode.OK, content.Length), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    private static async Task<HttpResponseMessage> InPiecesAsync(
        TestRepository repository, byte[] content, string digest, int count, bool isLastPut)
    {
        var (location, start) = (await repository.BeginAsync(), 0);
        foreach (var piece in content.Chunk((content.Length / count) + 1))
        {
            var range = $"{start}-{start + piece.Length - 1}";
            if (isLastPut && start + piece.Length == content.Length)
            {
                return await PutAsync(repository, location, digest, piece, ("Content-Range", range));
            }

            location = await PatchAsync(repository, location, start, piece, range);
            start += piece.Length;
        }

        return await PutAsync(repository, location, digest, []);
    }
}
