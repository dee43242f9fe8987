using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>What <c>envelope gc</c> and <c>envelope doctor</c> know of repositories.</summary>
public sealed class CollectTests : IAsyncLifetime
{
    private static readonly DateTime Yesterday = DateTime.UtcNow - TimeSpan.FromHours(25);

    private ServedStore _served = null!;
    private TestRepository _repository = null!;

    public async Task InitializeAsync()
    {
        _served = await ServedStore.StartAsync();
        _repository = new(_served, "team/model");
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task What_manifests_refer_to_is_kept_however_old()
    {
        var digest = await _repository.PushAsync("v1");
        Age();

        Assert.Equal(default, await _served.Store.CollectAsync());
        await AssertWholeAsync("v1", digest);
    }

    [Fact]
    public async Task What_an_index_lists_is_kept_when_its_manifest_was_taken_out()
    {
        var member = await _repository.MakeManifestAsync("layer");
        using (await _repository.PutAsync("one", member))
        {
        }

        var index = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = TestRepository.Index,
            ["manifests"] = new JsonArray(TestRepository.Descriptor(TestRepository.Manifest, member)),
        }.ToJsonString());
        using (await _repository.PutAsync("all", index, TestRepository.Index))
        {
        }

        using (await _repository.SendAsync(HttpMethod.Delete, $"manifests/{Digest.Of(member)}"))
        {
        }

        Age();
        Assert.Equal(default, await _served.Store.CollectAsync());
        Assert.Contains(Digest.Of(member).Hex, Blobs());
        Assert.Contains(Digest.Of("layer"u8).Hex, Blobs());
    }

    [Fact]
    public async Task What_only_a_deleted_manifest_referred_to_is_removed_with_its_repository()
    {
        var digest = await _repository.PushAsync("v1");
        using (await _repository.SendAsync(HttpMethod.Delete, $"manifests/{digest}"))
        {
        }

        Age();
        Assert.Equal(3, (await _served.Store.CollectAsync()).Count); // manifest, config, layer
        Assert.Empty(Blobs());
        await TestRepository.RefusedAsync(_repository.GetAsync("tags/list"), HttpStatusCode.NotFound, "NAME_UNKNOWN");
    }

    [Fact]
    public async Task Content_that_was_sent_within_a_day_waits_for_its_manifest()
    {
        var manifest = await _repository.MakeManifestAsync("layer");
        Assert.Equal(default, await _served.Store.CollectAsync());
        using var put = await _repository.PutAsync("v1", manifest);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
    }

    [Fact]
    public async Task Content_that_no_manifest_followed_for_a_day_is_removed()
    {
        var manifest = await _repository.MakeManifestAsync("layer");
        Age();

        Assert.Equal(2, (await _served.Store.CollectAsync()).Count);
        await TestRepository.RefusedAsync(_repository.PutAsync("v1", manifest), HttpStatusCode.NotFound, "MANIFEST_BLOB_UNKNOWN");
        await TestRepository.RefusedAsync(
            _repository.GetAsync($"blobs/{Digest.Of("layer"u8)}"), HttpStatusCode.NotFound, "BLOB_UNKNOWN");
    }

    [Fact]
    public async Task Content_that_a_pusher_asked_for_counts_as_sent_then()
    {
        var manifest = await _repository.MakeManifestAsync("layer");
        Age();
        foreach (var digest in (Digest[])[Digest.Of("{}"u8), Digest.Of("layer"u8)])
        {
            using var head = await _repository.SendAsync(HttpMethod.Head, $"blobs/{digest}");
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        }

        Assert.Equal(default, await _served.Store.CollectAsync());
        using var put = await _repository.PutAsync("v1", manifest);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
    }

    [Fact]
    public async Task Uploads_to_which_nothing_was_added_for_a_day_are_removed_and_others_are_not()
    {
        var (old, young) = (await _repository.BeginAsync(), await _repository.BeginAsync());
        File.SetLastWriteTimeUtc(Path.Combine(_served.Directory, "uploads", old.Split('/')[^1]), Yesterday);
        await _served.Store.CollectAsync();

        await TestRepository.RefusedAsync(_repository.GetAsync(old), HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
        using var kept = await _repository.GetAsync(young);
        Assert.Equal(HttpStatusCode.NoContent, kept.StatusCode);
    }

    [Fact]
    public async Task With_a_damaged_manifest_nothing_is_removed_and_it_is_named_and_can_be_deleted()
    {
        var digest = await _repository.PushAsync("v1");
        await _repository.PushBlobAsync("old");
        Age();
        await File.AppendAllTextAsync(Path.Combine(_served.Directory, "blobs", "sha256", digest.Hex), " ");
        var before = Blobs();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => _served.Store.CollectAsync());
        Assert.Contains($"team/model@{digest}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, Blobs());
        using var deleted = await _repository.SendAsync(HttpMethod.Delete, $"manifests/{digest}");
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        await _served.Store.CollectAsync();
        Assert.Empty(Blobs());
    }

    [Fact]
    public async Task Content_that_came_from_an_envelope_outlives_it_in_the_manifest_that_refers_to_it()
    {
        var envelope = await Packing.EnvelopeArchive.ImportAsync(ServedStore.Golden(ServedStore.Linear), _served.Store);
        var blob = (await _served.Store.OpenAsync(envelope.Name)).Blobs.Last();
        var repository = new TestRepository(_served, envelope.Name);
        await repository.PushAsync("mine", "layer", manifest =>
            manifest["layers"]!.AsArray().Add((JsonNode)TestRepository.Descriptor("text/plain", blob.Digest, blob.Size)));
        await _served.Store.DeleteAsync(envelope);
        Age();

        await _served.Store.CollectAsync();
        using var got = await repository.GetAsync($"blobs/{blob.Digest}");
        Assert.Equal(blob.Digest, Digest.Of(await got.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task An_envelope_that_a_repository_holds_is_not_reported_as_unlisted_and_one_that_none_holds_is()
    {
        var (other, envelope) = await OtherStore.WithAsync(ServedStore.Linear);
        using (other)
        {
            await other.PushAsync(envelope, $"oci://{new Uri(_served.Address).Authority}/team/model:v1");
        }

        await _served.Store.DeleteAsync(envelope);
        Assert.Empty(await _served.Store.ExamineAsync(mend: false, restore: false).ToListAsync());
        using (await _repository.SendAsync(HttpMethod.Delete, $"manifests/{envelope.Digest}"))
        {
        }

        var found = Assert.Single(await _served.Store.ExamineAsync(mend: false, restore: false).ToListAsync());
        Assert.Equal((envelope.ToString(), StoreFindingState.Noted), (found.Place, found.State));
    }

    [Fact]
    public async Task A_tag_that_is_called_like_an_unfinished_file_is_none()
    {
        var digest = await _repository.PushAsync("v1.partial");

        Assert.Empty(await _served.Store.ExamineAsync(mend: true, restore: false).ToListAsync());
        await AssertWholeAsync("v1.partial", digest);
    }

    private async Task AssertWholeAsync(string tag, Digest digest)
    {
        using var head = await _repository.SendAsync(HttpMethod.Head, $"manifests/{tag}");
        Assert.Equal(digest.ToString(), Assert.Single(head.Headers.GetValues("Docker-Content-Digest")));
        using var layer = await _repository.GetAsync($"blobs/{Digest.Of("layer"u8)}");
        Assert.Equal("layer", await layer.Content.ReadAsStringAsync());
    }

    /// <summary>As if all had been sent a day ago.</summary>
    private void Age()
    {
        foreach (var link in Directory.EnumerateFiles(Path.Combine(_served.Directory, "repositories"), "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(link, Yesterday);
        }
    }

    private List<string> Blobs() =>
        [.. Directory.EnumerateFiles(Path.Combine(_served.Directory, "blobs", "sha256")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
