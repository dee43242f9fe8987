using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>Envelopes that are pushed become envelopes of the store.</summary>
public class PushedEnvelopeTests : IAsyncLifetime
{
    private ServedStore _served = null!;
    private OtherStore _other = null!;
    private EnvelopeReference _envelope = null!;

    public async Task InitializeAsync()
    {
        _served = await StartAsync();
        (_other, _envelope) = await OtherStore.WithAsync(ServedStore.Linear);
    }

    public async Task DisposeAsync()
    {
        _other.Dispose();
        await _served.DisposeAsync();
    }

    private protected virtual Task<ServedStore> StartAsync(params string[] envelopes) =>
        ServedStore.StartAsync(envelopes);

    [DatabaseFact]
    public async Task What_is_pushed_is_in_the_store_with_the_same_journal()
    {
        await _other.Store.TagAsync(_envelope, OtherStore.Tag("team", "José & <c++>"));
        await _other.PushAsync(_envelope, At("any/repo:v1"));

        Assert.Equal([_envelope], await OtherStore.NewestAsync(_served.Store));
        await OtherStore.OpenSoundAsync(_served.Store, _envelope);
        Assert.Equal(await OtherStore.JournalAsync(_other.Store, _envelope), await OtherStore.JournalAsync(_served.Store, _envelope));
    }

    [DatabaseTheory]
    [InlineData("any/repo:v1"), InlineData("golden-linear")]
    public async Task What_is_pushed_is_pulled_with_what_the_store_learnt_since(string place)
    {
        await _other.PushAsync(_envelope, At(place));
        await _served.Store.TagAsync(_envelope, OtherStore.Tag("stage", "production"));
        using var third = new OtherStore();
        Assert.Equal(_envelope, await third.PullAsync(At(place)));

        await OtherStore.OpenSoundAsync(third.Store, _envelope);
        Assert.Equal("production", (await third.Store.ReadJournalAsync(_envelope)).Labels.Tags["stage"]);
        Assert.Equal(await OtherStore.JournalAsync(_served.Store, _envelope), await OtherStore.JournalAsync(third.Store, _envelope));
    }

    [DatabaseFact]
    public async Task Events_that_are_pushed_later_join_the_journal()
    {
        await _other.PushAsync(_envelope, At("any/repo:v1"));
        await _served.Store.TagAsync(_envelope, OtherStore.Tag("stage", "production"));
        await _other.Store.TagAsync(_envelope, OtherStore.Tag("team", "pricing"));
        await _other.PushAsync(_envelope, At("any/repo:v1"));
        await _other.PullAsync(At("any/repo:v1"));

        var tags = (await _served.Store.ReadJournalAsync(_envelope)).Labels.Tags;
        Assert.Equal(("production", "pricing"), (tags["stage"], tags["team"]));
        Assert.Equal(await OtherStore.JournalAsync(_other.Store, _envelope), await OtherStore.JournalAsync(_served.Store, _envelope));
    }

    [DatabaseFact]
    public async Task A_second_push_sends_nothing()
    {
        await _other.PushAsync(_envelope, At("any/repo:v1"));
        var before = Files();
        await _other.PushAsync(_envelope, At("any/repo:v1"));

        Assert.Equal(before, Files());
    }

    [DatabaseFact]
    public async Task The_newest_of_a_name_is_the_one_that_was_saved_last_not_the_one_that_was_pushed_last()
    {
        var older = await Packing.EnvelopeArchive.ImportAsync(ServedStore.Golden("golden-linear-older"), _other.Store);
        var order = await OtherStore.NewestAsync(_other.Store, _envelope.Name);
        Assert.Equal(2, order.Count);
        Assert.Contains(older, order);

        foreach (var one in order)
        {
            await _other.PushAsync(one, At("any/repo:v1"));
        }

        Assert.Equal(order, await OtherStore.NewestAsync(_served.Store, _envelope.Name));
    }

    [DatabaseFact]
    public async Task Two_who_push_at_once_lose_nothing()
    {
        var (two, _) = await OtherStore.WithAsync(ServedStore.Linear);
        using (two)
        {
            await _other.Store.TagAsync(_envelope, OtherStore.Tag("one", "1"));
            await two.Store.TagAsync(_envelope, OtherStore.Tag("two", "2"));
            await Task.WhenAll(_other.PushAsync(_envelope, At("any/repo:v1")), two.PushAsync(_envelope, At("any/repo:v1")));
        }

        var journal = await _served.Store.ReadJournalAsync(_envelope);
        Assert.Equal(("1", "2"), (journal.Labels.Tags["one"], journal.Labels.Tags["two"]));
        Assert.Equal([_envelope], await OtherStore.NewestAsync(_served.Store));
    }

    [DatabaseFact]
    public async Task Connections_that_break_at_any_byte_cost_only_time()
    {
        var server = new Uri(_served.Address).Authority;
        await using var wire = new EnvelopeSdk.Tests.Distribution.BrokenWire(server, seed: 7, most: 20_000, connections: 20);
        using var third = new OtherStore();
        var options = OtherStore.Options with { Attempts = 40 };

        await _other.PushAsync(_envelope, $"oci://{wire.Host}/any/repo:v1", options);
        Assert.Equal(_envelope, await third.PullAsync($"oci://{wire.Host}/any/repo:v1", options));
        await OtherStore.OpenSoundAsync(third.Store, _envelope);
        await OtherStore.OpenSoundAsync(_served.Store, _envelope);
        Assert.True(wire.Breaks > 5, $"{wire.Breaks} breaks");
    }

    [DatabaseFact]
    public async Task Signatures_travel_in_both_directions()
    {
        using var keys = new KeyFiles();
        await _other.Store.SignAsync(_envelope.ToString(), keys.Signing);
        await _other.PushAsync(_envelope, At("any/repo:v1"));
        Assert.Single(await _served.Store.ReadSignaturesAsync(_envelope));

        using var others = new KeyFiles();
        await _served.Store.SignAsync(_envelope.ToString(), others.Signing);
        foreach (var place in (string[])["any/repo:v1", "golden-linear"])
        {
            using var third = new OtherStore();
            await third.PullAsync(At(place));
            Assert.Equal(2, (await third.Store.ReadSignaturesAsync(_envelope)).Count);
        }
    }

    [DatabaseFact]
    public async Task Under_its_digest_alone_a_manifest_is_no_envelope_of_the_store_yet()
    {
        var repository = new TestRepository(_served, "any/repo");
        var content = await PushBlobsAsync(repository);
        using (await repository.PutAsync(_envelope.Digest.ToString(), content.Manifest.ToArray()))
        {
        }

        Assert.Empty(await OtherStore.NewestAsync(_served.Store));
        var before = DateTimeOffset.UtcNow;
        using var put = await repository.PutAsync("v1", content.Manifest.ToArray());
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal([_envelope], await OtherStore.NewestAsync(_served.Store));
        var saved = Assert.Single((await _served.Store.ReadJournalAsync(_envelope)).Events);
        Assert.Equal(JournalEventKind.Saved, saved.Kind);
        Assert.InRange(saved.Time, before, DateTimeOffset.UtcNow);
    }

    [DatabaseFact]
    public async Task An_envelope_comes_with_its_tags_in_one_step()
    {
        await _other.Store.TagAsync(_envelope, OtherStore.Tag("team", "pricing"));
        var repository = new TestRepository(_served, "any/repo");
        var content = await PushBlobsAsync(repository);
        using (await repository.PutAsync(_envelope.Digest.ToString(), content.Manifest.ToArray()))
        {
        }

        using var put = await repository.PutAsync("journal-1", await EventsAsync(repository, [.. (await _other.Store.ReadJournalAsync(_envelope)).Events]));
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal([_envelope], await OtherStore.NewestAsync(_served.Store));
        Assert.Equal("pricing", (await _served.Store.ReadJournalAsync(_envelope)).Labels.Tags["team"]);
    }

    [DatabaseFact]
    public async Task Events_without_a_save_wait_for_the_tag()
    {
        await _other.Store.TagAsync(_envelope, OtherStore.Tag("team", "pricing"));
        var repository = new TestRepository(_served, "any/repo");
        var content = await PushBlobsAsync(repository);
        var events = (await _other.Store.ReadJournalAsync(_envelope)).Events.Where(one => one.Kind == JournalEventKind.Tag);
        using (await repository.PutAsync("journal-1", await EventsAsync(repository, [.. events])))
        {
        }

        Assert.Empty(await OtherStore.NewestAsync(_served.Store));
        using var put = await repository.PutAsync("v1", content.Manifest.ToArray());
        var journal = await _served.Store.ReadJournalAsync(_envelope);
        Assert.Equal("pricing", journal.Labels.Tags["team"]);
        Assert.NotNull(journal.Saved);
    }

    [DatabaseTheory]
    [InlineData("nonsense\n"), InlineData("""{"version":1}""" + "\n")]
    public async Task Events_that_cannot_be_read_are_refused(string lines)
    {
        await _other.PushAsync(_envelope, At("any/repo:v1"));
        var repository = new TestRepository(_served, "any/repo");
        var before = await OtherStore.JournalAsync(_served.Store, _envelope);

        await TestRepository.RefusedAsync(
            repository.PutAsync("journal-1", await LinesAsync(repository, lines)), HttpStatusCode.BadRequest, "MANIFEST_INVALID");
        await TestRepository.RefusedAsync(repository.GetAsync("manifests/journal-1"), HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        Assert.Equal(before, await OtherStore.JournalAsync(_served.Store, _envelope));
    }

    [DatabaseFact]
    public async Task What_says_that_it_is_an_envelope_and_is_none_is_refused()
    {
        var repository = new TestRepository(_served, "any/repo");
        var content = await PushBlobsAsync(repository);
        var broken = JsonNode.Parse(content.Manifest.Span)!.AsObject();
        broken["layers"]!.AsArray().Last()!["mediaType"] = "text/plain";
        await TestRepository.RefusedAsync(
            repository.PutAsync("v1", Encoding.UTF8.GetBytes(broken.ToJsonString())), HttpStatusCode.BadRequest, "MANIFEST_INVALID");
        Assert.Empty(await OtherStore.NewestAsync(_served.Store));
    }

    [DatabaseFact]
    public async Task A_model_of_another_tool_is_kept_and_is_no_envelope()
    {
        await new TestRepository(_served, "any/repo").PushAsync("v1", change: manifest => manifest["artifactType"] = ModelPackMediaTypes.Artifact);

        Assert.Empty(await OtherStore.NewestAsync(_served.Store));
    }

    private string At(string place) => $"oci://{new Uri(_served.Address).Authority}/{place}";

    private IReadOnlyList<string> Files() => _served.Files();

    private async Task<EnvelopeContent> PushBlobsAsync(TestRepository repository)
    {
        var content = await _other.Store.OpenAsync(_envelope.Name);
        foreach (var blob in content.Blobs)
        {
            await using var stream = await content.OpenVerifiedAsync(blob, CancellationToken.None);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            using var answer = await repository.SendAsync(HttpMethod.Post, $"blobs/uploads/?digest={blob.Digest}", bytes.ToArray());
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        return content;
    }

    private Task<byte[]> EventsAsync(TestRepository repository, List<JournalEvent> events) =>
        LinesAsync(repository, Encoding.UTF8.GetString(JournalLines.Write(events)));

    private Task<byte[]> LinesAsync(TestRepository repository, string lines) => repository.MakeManifestAsync(lines, manifest =>
    {
        manifest["artifactType"] = JournalManifest.Type;
        manifest["layers"]![0]!["mediaType"] = JournalManifest.Type;
        manifest["subject"] = TestRepository.Descriptor(TestRepository.Manifest, _envelope.Digest, 1);
    });
}
