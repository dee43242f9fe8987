using System.Net;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution.Conformance;

/// <summary>What the specification asks of discovery: end-8 and end-12.</summary>
public abstract class DiscoveryTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : ConformanceServer
{
    private static readonly string[] Tags = ["test0", "test1", "test2", "test3"];

    private readonly TestRepository _repository = server.NewRepository();

    [DatabaseFact]
    public async Task A_repository_to_which_nobody_pushed_has_no_tags() => await TestRepository.RefusedAsync(
        _repository.GetAsync("tags/list"), HttpStatusCode.NotFound, "NAME_UNKNOWN");

    [DatabaseFact]
    public async Task A_repository_to_which_nobody_pushed_has_an_index_of_no_referrers() =>
        Assert.Empty(await ReferrersAsync(Digest.Of("missing"u8).ToString()));

    [DatabaseTheory]
    [MemberData(nameof(ArtifactKinds.Names), MemberType = typeof(ArtifactKinds))]
    public async Task The_tags_are_those_that_were_pushed(string kind)
    {
        await ArtifactKinds.Make(kind).PushAsync(_repository);

        var list = await _repository.JsonAsync("tags/list");
        Assert.Equal(_repository.Name, (string?)list["name"]);
        Assert.Equal($"[\"{ArtifactSet.Tag}\"]", list["tags"]!.ToJsonString());
    }

    [DatabaseTheory]
    [InlineData("", 0, 4, false), InlineData("?n=2", 0, 2, true), InlineData("?n=2&last=test1", 2, 2, false)]
    [InlineData("?n=4", 0, 4, false), InlineData("?last=test1", 2, 2, false), InlineData("?last=test3", 4, 0, false)]
    [InlineData("?n=1&last=test0", 1, 1, true), InlineData("?n=0", 0, 0, false)]
    [InlineData("?last=test11", 2, 2, false)]
    public async Task Tags_are_as_many_as_asked_for_behind_the_last(string query, int skipped, int count, bool hasMore)
    {
        await PushTagsAsync();
        using var answer = await _repository.GetAsync("tags/list" + query);

        Assert.Equal(Tags.Skip(skipped).Take(count), await TagsAsync(answer));
        Assert.Equal(hasMore, NextOf(answer) is not null);
    }

    [DatabaseFact]
    public async Task The_link_of_each_page_of_tags_leads_to_the_next()
    {
        await PushTagsAsync();
        var (next, seen) = ((string?)"tags/list?n=1", new List<string>());
        while (next is not null && seen.Count <= Tags.Length)
        {
            using var answer = await _repository.GetAsync(next);
            seen.AddRange(await TagsAsync(answer));
            next = NextOf(answer);
        }

        Assert.Equal(Tags, seen);
    }

    [DatabaseTheory]
    [MemberData(nameof(ArtifactKinds.NamesOfReferring), MemberType = typeof(ArtifactKinds))]
    public async Task Referrers_have_their_types_sizes_and_annotations(string kind)
    {
        var set = ArtifactKinds.Make(kind);
        await set.PushAsync(_repository);

        var found = await ReferrersAsync(set.Referrers.First().Subject!);
        Assert.Equal(Described(set.Referrers), Described(found));
    }

    [DatabaseTheory]
    [MemberData(nameof(ArtifactKinds.NamesOfReferring), MemberType = typeof(ArtifactKinds))]
    public async Task Referrers_of_each_type_are_asked_for_alone(string kind)
    {
        var set = ArtifactKinds.Make(kind);
        await set.PushAsync(_repository);

        foreach (var type in set.Referrers.Select(one => one.Type).Append("application/vnd.example.none").Distinct())
        {
            var found = await ReferrersAsync(set.Referrers.First().Subject!, type);
            Assert.Equal(Described(set.Referrers.Where(one => one.Type == type)), Described(found));
        }
    }

    [DatabaseFact]
    public async Task Deleted_referrers_are_none()
    {
        var set = ArtifactKinds.Make("artifacts about an image");
        await set.PushAsync(_repository);
        var deleted = set.Referrers.First();
        using (await _repository.SendAsync(HttpMethod.Delete, $"manifests/{deleted.Digest}"))
        {
        }

        Assert.Equal(Described(set.Referrers.Skip(1)), Described(await ReferrersAsync(deleted.Subject!)));
    }

    private async Task PushTagsAsync()
    {
        var set = ArtifactKinds.Make("an image");
        await set.PushBlobsAsync(_repository);
        foreach (var tag in Tags)
        {
            using var put = await _repository.PutAsync(tag, set.Artifacts[0].Bytes);
            Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        }
    }

    private async Task<JsonArray> ReferrersAsync(string subject, string? type = null)
    {
        using var answer = await _repository.GetAsync(
            $"referrers/{subject}" + (type is null ? "" : $"?artifactType={Uri.EscapeDataString(type)}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(TestRepository.Index, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            type is null ? null : "artifactType",
            answer.Headers.TryGetValues("OCI-Filters-Applied", out var filters) ? Assert.Single(filters) : null);
        var index = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal((2, TestRepository.Index), ((int)index["schemaVersion"]!, (string?)index["mediaType"]));
        return index["manifests"]!.AsArray();
    }

    private static IEnumerable<string> Described(IEnumerable<Artifact> artifacts) => artifacts.Select(one => Described(
        one.MediaType, one.Digest.ToString(), one.Bytes.Length, one.Type, one.Json["annotations"])).Order();

    private static IEnumerable<string> Described(JsonArray found) => found.Select(one => Described(
        (string?)one!["mediaType"], (string?)one["digest"], (int)one["size"]!, (string?)one["artifactType"],
        one["annotations"])).Order();

    private static string Described(string? media, string? digest, int size, string? type, JsonNode? annotations) =>
        $"{media} {digest} {size} {type} {annotations?.ToJsonString()}";

    private static async Task<IEnumerable<string>> TagsAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var list = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return list["tags"]!.AsArray().Select(tag => (string)tag!);
    }

    private static string? NextOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Link", out var links) ? Assert.Single(links).Split('<', '>')[1] : null;
}
