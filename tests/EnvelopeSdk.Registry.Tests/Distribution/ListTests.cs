using System.Net;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>Lists: the specification's end-8 and end-12, and the catalog as docker-registry has it.</summary>
public class ListTests : IAsyncLifetime
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
    public async Task Tags_come_in_the_order_of_the_alphabet_whatever_their_case()
    {
        foreach (var tag in (string[])["b", "C", "a", "_x", "1.partial"])
        {
            await _repository.PushAsync(tag);
        }

        var list = await _repository.JsonAsync("tags/list");
        Assert.Equal("team/model", (string?)list["name"]);
        Assert.Equal("""["1.partial","a","b","C","_x"]""", list["tags"]!.ToJsonString());
    }

    [DatabaseFact]
    public async Task Tags_come_page_by_page_each_once()
    {
        string[] tags = ["a", "b", "B", "c", "d"];
        foreach (var tag in tags)
        {
            await _repository.PushAsync(tag);
        }

        var (next, seen) = ("tags/list?n=2", new List<string>());
        for (var pages = 0; next is not null; pages++)
        {
            Assert.True(pages < 3);
            using var answer = await _repository.GetAsync(next);
            var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["tags"]!.AsArray();
            Assert.InRange(page.Count, 1, 2);
            seen.AddRange(page.Select(tag => (string)tag!));
            next = answer.Headers.TryGetValues("Link", out var links) ? Assert.Single(links).Split('<', '>')[1] : null;
        }

        Assert.Equal(tags.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [DatabaseTheory]
    [InlineData("n=0", "[]"), InlineData("last=b", """["c"]"""), InlineData("n=1&last=a", """["b"]"""), InlineData("n=9", """["a","b","c"]""")]
    public async Task A_page_has_as_many_as_asked_for_behind_the_last(string query, string tags)
    {
        foreach (var tag in (string[])["a", "b", "c"])
        {
            await _repository.PushAsync(tag);
        }

        Assert.Equal(tags, (await _repository.JsonAsync($"tags/list?{query}"))["tags"]!.ToJsonString());
    }

    [DatabaseTheory]
    [InlineData("n=-1"), InlineData("n=many"), InlineData("n=")]
    public async Task A_number_that_is_none_is_refused(string query)
    {
        await _repository.PushAsync("a");
        await TestRepository.RefusedAsync(
            _repository.GetAsync($"tags/list?{query}"), HttpStatusCode.BadRequest, "PAGINATION_NUMBER_INVALID");
    }

    [DatabaseFact]
    public async Task A_repository_that_nobody_pushed_to_has_no_list() => await TestRepository.RefusedAsync(
        _repository.GetAsync("tags/list"), HttpStatusCode.NotFound, "NAME_UNKNOWN");

    [DatabaseFact]
    public async Task The_catalog_has_all_repositories_page_by_page()
    {
        foreach (var name in (string[])["b", "a/x", "a"])
        {
            await new TestRepository(_served, name).PushAsync("v1");
        }

        Assert.Equal("""["a","a/x","b"]""", (await _repository.JsonAsync("/v2/_catalog"))["repositories"]!.ToJsonString());
        using var page = await _repository.GetAsync("/v2/_catalog?n=1&last=a");
        Assert.Contains("""["a/x"]""", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("</v2/_catalog?n=1&last=a%2Fx>; rel=\"next\"", Assert.Single(page.Headers.GetValues("Link")));
    }

    [DatabaseFact]
    public async Task Referrers_of_what_is_not_there_are_an_empty_index()
    {
        using var answer = await _repository.GetAsync($"referrers/{Digest.Of("nothing"u8)}");

        Assert.Equal((HttpStatusCode.OK, TestRepository.Index), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Empty(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["manifests"]!.AsArray());
    }

    [DatabaseFact]
    public async Task Referrers_of_what_is_no_digest_are_refused() => await TestRepository.RefusedAsync(
        _repository.GetAsync("referrers/v1"), HttpStatusCode.BadRequest, "DIGEST_INVALID");

    [DatabaseFact]
    public async Task Referrers_come_with_type_and_annotations_also_when_the_subject_comes_later()
    {
        var subject = await _repository.MakeManifestAsync("subject");
        var bytes = await _repository.MakeManifestAsync("bill", manifest => Refer(manifest, subject, "application/vnd.example.bill"));
        using var put = await _repository.PutAsync(Digest.Of(bytes).ToString(), bytes);
        Assert.Equal(Digest.Of(subject).ToString(), Assert.Single(put.Headers.GetValues("OCI-Subject")));

        using (await _repository.PutAsync("v1", subject))
        {
        }

        var found = Assert.Single((await _repository.JsonAsync($"referrers/{Digest.Of(subject)}"))["manifests"]!.AsArray())!;
        Assert.Equal(Digest.Of(bytes).ToString(), (string?)found["digest"]);
        Assert.Equal((bytes.Length, TestRepository.Manifest), ((int)found["size"]!, (string?)found["mediaType"]));
        Assert.Equal("application/vnd.example.bill", (string?)found["artifactType"]);
        Assert.Equal("pricing", (string?)found["annotations"]!["team"]);
    }

    [DatabaseFact]
    public async Task Referrers_of_one_type_are_asked_for_and_the_answer_says_so()
    {
        var subject = await _repository.MakeManifestAsync("subject");
        await _repository.PushAsync("bill", "bill", manifest => Refer(manifest, subject, "application/vnd.example.bill"));
        var untyped = await _repository.PushAsync("other", "other", manifest => Refer(manifest, subject, null));

        using var answer = await _repository.GetAsync($"referrers/{Digest.Of(subject)}?artifactType=application/vnd.oci.empty.v1%2Bjson");
        Assert.Equal("artifactType", Assert.Single(answer.Headers.GetValues("OCI-Filters-Applied")));
        var found = Assert.Single(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["manifests"]!.AsArray())!;
        Assert.Equal(untyped.ToString(), (string?)found["digest"]); // of an image it is the media type of its config
        Assert.Equal(2, (await _repository.JsonAsync($"referrers/{Digest.Of(subject)}"))["manifests"]!.AsArray().Count);
    }

    [DatabaseFact]
    public async Task A_deleted_referrer_is_none()
    {
        var subject = await _repository.MakeManifestAsync("subject");
        var bill = await _repository.PushAsync("bill", "bill", manifest => Refer(manifest, subject, "application/vnd.example.bill"));
        using (await _repository.SendAsync(HttpMethod.Delete, $"manifests/{bill}"))
        {
        }

        Assert.Empty((await _repository.JsonAsync($"referrers/{Digest.Of(subject)}"))["manifests"]!.AsArray());
    }

    private static void Refer(JsonObject manifest, byte[] subject, string? type)
    {
        manifest["subject"] = TestRepository.Descriptor(TestRepository.Manifest, subject);
        manifest["annotations"] = new JsonObject { ["team"] = "pricing" };
        if (type is not null)
        {
            manifest["artifactType"] = type;
        }
    }
}
