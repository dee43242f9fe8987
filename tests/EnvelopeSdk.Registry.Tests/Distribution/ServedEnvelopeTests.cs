using System.Net;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>Envelopes of the store are in the repository of their name, without a push.</summary>
public class ServedEnvelopeTests : IAsyncLifetime
{
    private ServedStore _served = null!;
    private TestRepository _repository = null!;
    private EnvelopeReference _envelope = null!;

    public async Task InitializeAsync()
    {
        _served = await StartAsync(ServedStore.Linear, ServedStore.Stacked);
        _repository = new(_served, ServedStore.Linear);
        _envelope = (await _served.Store.OpenAsync(ServedStore.Linear)).Reference;
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    private protected virtual Task<ServedStore> StartAsync(params string[] envelopes) =>
        ServedStore.StartAsync(envelopes);

    [DatabaseFact]
    public async Task An_envelope_is_given_by_its_digest_and_as_the_latest_with_all_its_content()
    {
        var content = await _served.Store.OpenAsync(ServedStore.Linear);
        foreach (var reference in (string[])["latest", content.Digest.ToString()])
        {
            using var got = await _repository.GetAsync($"manifests/{reference}");
            Assert.Equal(content.Manifest.ToArray(), await got.Content.ReadAsByteArrayAsync());
            Assert.Equal(TestRepository.Manifest, got.Content.Headers.ContentType?.ToString());
        }

        foreach (var blob in content.Blobs)
        {
            using var got = await _repository.GetAsync($"blobs/{blob.Digest}");
            Assert.Equal(blob.Digest, EnvelopeSdk.Envelopes.Digest.Of(await got.Content.ReadAsByteArrayAsync()));
        }
    }

    [DatabaseFact]
    public async Task Content_of_another_name_is_not_read_through_it()
    {
        var own = (await _served.Store.OpenAsync(ServedStore.Linear)).Blobs.Select(blob => blob.Digest);
        var others = (await _served.Store.OpenAsync(ServedStore.Stacked)).Blobs.Select(blob => blob.Digest).Except(own).ToList();
        Assert.NotEmpty(others);

        foreach (var digest in others)
        {
            await TestRepository.RefusedAsync(_repository.GetAsync($"blobs/{digest}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        }
    }

    [DatabaseFact]
    public async Task The_latest_is_the_newest_of_the_name_whatever_was_pushed_under_that_tag()
    {
        await _repository.PushAsync("latest");
        await AssertLatestAsync(_envelope);

        var older = await Packing.EnvelopeArchive.ImportAsync(ServedStore.Golden("golden-linear-older"), _served.Store);
        await AssertLatestAsync((await _served.Store.OpenAsync(ServedStore.Linear)).Reference);
        await _served.Store.DeleteAsync(_envelope);
        await AssertLatestAsync(older);
    }

    [DatabaseFact]
    public async Task The_tags_are_those_that_were_pushed_and_the_latest()
    {
        await _repository.PushAsync("v1");
        var tags = (await _repository.JsonAsync("tags/list"))["tags"]!.AsArray().Select(tag => (string)tag!).ToList();

        Assert.Contains("latest", tags);
        Assert.Contains("v1", tags);
        Assert.StartsWith($"journal-{_envelope.Digest.Hex[..32]}-", Assert.Single(tags.Except(["latest", "v1"])), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task An_envelope_is_pulled_with_its_journal_also_when_that_grows_between_list_and_reading()
    {
        var tag = (string)(await _repository.JsonAsync("tags/list"))["tags"]!.AsArray().First(one => ((string)one!).StartsWith("journal", StringComparison.Ordinal))!;
        await _served.Store.TagAsync(_envelope, OtherStore.Tag("team", "pricing"));
        using (var old = await _repository.GetAsync($"manifests/{tag}"))
        {
            Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        }

        using var other = new OtherStore();
        Assert.Equal(_envelope, await other.PullAsync($"oci://{new Uri(_served.Address).Authority}/{ServedStore.Linear}"));
        Assert.Equal(await OtherStore.JournalAsync(_served.Store, _envelope), await OtherStore.JournalAsync(other.Store, _envelope));
    }

    [DatabaseFact]
    public async Task What_was_pulled_and_tagged_elsewhere_is_pushed_back_with_its_tags()
    {
        var place = $"oci://{new Uri(_served.Address).Authority}/{ServedStore.Linear}";
        using var other = new OtherStore();
        await other.PullAsync(place); // the registry makes a manifest of the journal, which refers to an empty document
        await other.Store.TagAsync(_envelope, OtherStore.Tag("local", "yes"));

        await other.PushAsync(_envelope, place + ":v1");

        Assert.Equal("yes", (await _served.Store.ReadJournalAsync(_envelope)).Labels.Tags["local"]);
    }

    [DatabaseFact]
    public async Task A_deleted_envelope_is_not_found_and_neither_is_its_content()
    {
        var blob = (await _served.Store.OpenAsync(ServedStore.Linear)).Blobs.Last().Digest;
        using (var got = await _repository.GetAsync($"blobs/{blob}"))
        {
            Assert.Equal(HttpStatusCode.OK, got.StatusCode);
        }

        await _served.Store.DeleteAsync(_envelope);
        await TestRepository.RefusedAsync(_repository.GetAsync($"blobs/{blob}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        await TestRepository.RefusedAsync(_repository.GetAsync($"manifests/{_envelope.Digest}"), HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
    }

    [DatabaseFact]
    public async Task Content_that_two_envelopes_have_is_read_when_one_is_deleted()
    {
        var older = await Packing.EnvelopeArchive.ImportAsync(ServedStore.Golden("golden-linear-older"), _served.Store);
        var shared = (await _served.Store.OpenAsync(older.Name, older.Digest)).Blobs.Select(blob => blob.Digest)
            .Intersect((await _served.Store.OpenAsync(_envelope.Name, _envelope.Digest)).Blobs.Select(blob => blob.Digest)).First();
        foreach (var one in (EnvelopeReference[])[older, _envelope])
        {
            using var got = await _repository.GetAsync($"blobs/{shared}");
            Assert.Equal(HttpStatusCode.OK, got.StatusCode);
            await _served.Store.DeleteAsync(one);
        }

        await TestRepository.RefusedAsync(_repository.GetAsync($"blobs/{shared}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
    }

    [DatabaseFact]
    public async Task An_envelope_of_the_store_is_not_deleted_from_here()
    {
        var blob = (await _served.Store.OpenAsync(ServedStore.Linear)).Blobs.Last().Digest;
        foreach (var path in (string[])[$"manifests/{_envelope.Digest}", "manifests/latest", $"blobs/{blob}"])
        {
            await TestRepository.RefusedAsync(
                _repository.SendAsync(HttpMethod.Delete, path), HttpStatusCode.MethodNotAllowed, "UNSUPPORTED");
        }

        await OtherStore.OpenSoundAsync(_served.Store, _envelope);
    }

    [DatabaseFact]
    public async Task The_catalog_has_the_names_of_envelopes()
    {
        await new TestRepository(_served, "a/b").PushAsync("v1");

        Assert.Equal(
            """["a/b","golden-linear","golden-stacked"]""", (await _repository.JsonAsync("/v2/_catalog"))["repositories"]!.ToJsonString());
    }

    private async Task AssertLatestAsync(EnvelopeReference envelope)
    {
        using var head = await _repository.SendAsync(HttpMethod.Head, "manifests/latest");
        Assert.Equal(envelope.Digest.ToString(), Assert.Single(head.Headers.GetValues("Docker-Content-Digest")));
    }
}
