using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Tests.Distribution;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Stores;

/// <summary>What is collected of a store that several registries share.</summary>
[Collection(PostgresServer.Collection)]
public sealed class SharedCollectTests(PostgresServer server) : IAsyncLifetime
{
    private SharedPlace _place = null!;
    private ServedStore _served = null!;
    private TestRepository _repository = null!;

    public async Task InitializeAsync()
    {
        _place = await SharedPlace.MakeAsync(server);
        _served = await ServedStore.StartAsync(_place);
        _repository = new(_served, "team/model");
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [DatabaseFact]
    public async Task What_manifests_refer_to_is_kept_however_old_and_what_a_deleted_one_did_is_not()
    {
        var digest = await _repository.PushAsync("v1");
        await _place.AgeAsync();
        Assert.Equal(default, await _place.Store.CollectAsync());
        using (var layer = await _repository.GetAsync($"blobs/{Digest.Of("layer"u8)}"))
        {
            Assert.Equal("layer", await layer.Content.ReadAsStringAsync());
        }

        using (await _repository.SendAsync(HttpMethod.Delete, $"manifests/{digest}"))
        {
        }

        await _place.AgeAsync();
        Assert.Equal(3, (await _place.Store.CollectAsync()).Count); // manifest, config, layer
        Assert.Empty(_place.Lying());
        await TestRepository.RefusedAsync(_repository.GetAsync("tags/list"), HttpStatusCode.NotFound, "NAME_UNKNOWN");
    }

    [DatabaseFact]
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

        await _place.AgeAsync();
        Assert.Equal(default, await _place.Store.CollectAsync());
        Assert.Equal(4, _place.Lying().Count);
    }

    [DatabaseFact]
    public async Task Content_waits_a_day_for_its_manifest_from_when_a_pusher_asked_for_it_on()
    {
        var manifest = await _repository.MakeManifestAsync("layer");
        Assert.Equal(default, await _place.Store.CollectAsync());
        await _place.AgeAsync();
        foreach (var digest in (Digest[])[Digest.Of("{}"u8), Digest.Of("layer"u8)])
        {
            using var head = await _repository.SendAsync(HttpMethod.Head, $"blobs/{digest}");
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        }

        Assert.Equal(default, await _place.Store.CollectAsync());
        await _place.AgeAsync();
        Assert.Equal(2, (await _place.Store.CollectAsync()).Count);
        await TestRepository.RefusedAsync(_repository.PutAsync("v1", manifest), HttpStatusCode.NotFound, "MANIFEST_BLOB_UNKNOWN");
    }

    [DatabaseFact]
    public async Task Uploads_to_which_nothing_came_for_a_day_are_removed_with_what_had_come()
    {
        var upload = await _repository.BeginAsync();
        using (await _repository.SendAsync(HttpMethod.Patch, upload, "piece"u8.ToArray(), "application/octet-stream"))
        {
        }

        await _place.Store.CollectAsync();
        Assert.Single(_place.Lying());
        await _place.AgeAsync();
        await _place.Store.CollectAsync();

        Assert.Empty(_place.Lying());
        await TestRepository.RefusedAsync(_repository.GetAsync(upload), HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
    }

    /// <summary>Content waits for nothing here, so that each step of both meets each of the other's.</summary>
    [DatabaseFact]
    public async Task Beside_a_collector_an_envelope_is_saved_whole_or_refused()
    {
        var isDone = false;
        var collecting = Task.Run(async () =>
        {
            while (!isDone)
            {
                await _place.Store.CollectAsync(TimeSpan.Zero, default);
                await Task.Delay(Random.Shared.Next(4)); // or a machine that lets it run alone lets nothing be saved
            }
        });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => SaveAndDeleteAsync(number))));
        isDone = true;
        await collecting;

        Assert.True(outcomes.Sum() > 0, "None was saved.");
        foreach (var one in await OtherStore.NewestAsync(_place.Store))
        {
            await OtherStore.OpenSoundAsync(_place.Store, one);
        }
    }

    [DatabaseFact]
    public async Task What_was_marked_as_gone_by_a_collector_that_died_is_sent_again_by_who_adds_it()
    {
        var one = await KeptEnvelopes.AddAsync(_place.Store, 1, [CraftedStore.Saved()]);
        await _place.Store.DeleteAsync(one);
        await _place.Database.RunAsync("update content set is_there = false", default);
        foreach (var hex in _place.Lying())
        {
            File.Delete(Path.Combine(_place.Blobs, "sha256", hex));
        }

        await OtherStore.OpenSoundAsync(_place.Store, await KeptEnvelopes.AddAsync(_place.Store, 1, [CraftedStore.Saved()]));
    }

    /// <returns>How many were saved.</returns>
    private async Task<int> SaveAndDeleteAsync(int number)
    {
        var saved = 0;
        for (var i = 0; i < 25 || (saved == 0 && i < 1000); i++)
        {
            try
            {
                var one = await KeptEnvelopes.AddAsync(_place.Store, number % 2, [CraftedStore.Saved()]);
                saved++;
                await (i % 2 == 0 ? _place.Store.DeleteAsync(one) : Task.CompletedTask);
            }
            catch (EnvelopeException refused) when (refused.Error is EnvelopeError.Invalid or EnvelopeError.Damaged)
            {
                // Something of it was collected before it was committed.
            }
        }

        return saved;
    }
}
