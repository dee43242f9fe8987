using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>What a registry knows of an envelope, and what is sent there twice.</summary>
public sealed class RegistryJournalTests : IDisposable
{
    private readonly TempStore _one = new();
    private readonly TempStore _two = new();
    private readonly StandInRegistry _registry = new();

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
        _registry.Dispose();
    }

    [Fact]
    public async Task A_layer_that_is_there_is_not_sent_again()
    {
        await _one.PushAsync(await _one.SaveAsync(1), _registry.Address);
        var sent = _registry.Count("PUT", "/uploads/");
        await _one.PushAsync(await _one.SaveAsync(2), _registry.Address);

        Assert.InRange(_registry.Count("PUT", "/uploads/") - sent, 1, 4); // state, record, config, events
    }

    [Fact]
    public async Task What_was_pushed_before_is_not_sent_again()
    {
        var saved = await _one.SaveAsync();
        await _one.PushAsync(saved, _registry.Address);
        var writes = _registry.Requests.Count(one => one.Method is "PUT" or "POST" or "PATCH");
        await _one.PushAsync(saved, _registry.Address);

        Assert.Equal(writes, _registry.Requests.Count(one => one.Method is "PUT" or "POST" or "PATCH"));
    }

    [Fact]
    public async Task What_is_in_the_store_is_not_fetched_again_and_its_events_are()
    {
        var saved = await _one.SaveAsync();
        await _one.PushAsync(saved, _registry.Address);
        await _two.PullAsync(_registry.Address);
        await TagAsync(_one, saved, "stage", "production");
        await _one.PushAsync(saved, _registry.Address);

        var state = (await _one.OpenSoundAsync()).Blobs.Single(blob => blob.FilePath!?.StartsWith("state/", StringComparison.Ordinal) == true && blob.FilePath.Contains("weights", StringComparison.Ordinal));
        var fetched = _registry.Count("GET", state.Digest.Hex);
        await _two.PullAsync(_registry.Address);

        Assert.Equal(fetched, _registry.Count("GET", state.Digest.Hex));
        Assert.Equal("production", (await LabelsAsync(_two, saved)).Tags["stage"]);
    }

    [Fact]
    public async Task Two_stores_that_push_at_once_end_with_the_same_labels()
    {
        var saved = await _one.SaveAsync();
        await _one.PushAsync(saved, _registry.Address);
        await _two.PullAsync(_registry.Address);
        _registry.PageSize = 2; // tags come in pages
        for (var round = 0; round < 5; round++)
        {
            await TagAsync(_one, saved, $"one{round}", "x");
            await TagAsync(_two, saved, $"two{round}", "y");
            await TagAsync(_one, saved, "both", $"one{round}");
            await TagAsync(_two, saved, "both", $"two{round}");
            await _two.Store.RecordMetricAsync(saved, "loss", round, step: round);
            await Task.WhenAll(_one.PushAsync(saved, _registry.Address), _two.PushAsync(saved, _registry.Address));
        }

        await _one.PullAsync(_registry.Address);
        await _two.PullAsync(_registry.Address);
        var (first, second) = (await LabelsAsync(_one, saved), await LabelsAsync(_two, saved));
        Assert.Equal(first.Tags, second.Tags);
        Assert.Equal(first.Metrics, second.Metrics);
        Assert.Equal(11, first.Tags.Count);
        Assert.Equal(
            (await _one.Store.ReadJournalAsync(saved)).Events.Select(one => one.Id),
            (await _two.Store.ReadJournalAsync(saved)).Events.Select(one => one.Id));
    }

    [Fact]
    public async Task A_registry_that_knows_referrers_shows_the_journal_as_one_of_the_envelope()
    {
        var saved = await _one.SaveAsync();
        await _one.PushAsync(saved, _registry.Address);

        var referring = _registry.Referrers(saved.Digest.ToString());
        var journal = Assert.Single(referring);
        Assert.Equal("application/vnd.envelopesdk.journal.v1+jsonl", (string?)journal["artifactType"]);
        Assert.Equal("application/vnd.oci.image.manifest.v1+json", (string?)journal["subject"]!["mediaType"]);
        Assert.Equal(_registry.Manifests[saved.Digest.ToString()].Length, (int)journal["subject"]!["size"]!);
        Assert.Empty(_registry.Referrers(Digest.Of("another"u8).ToString()));
    }

    [Fact]
    public async Task Content_that_another_repository_has_is_taken_from_there()
    {
        var saved = await _one.SaveAsync();
        foreach (var blob in (await _one.OpenSoundAsync()).Blobs)
        {
            _registry.Blobs[blob.Digest.ToString()] = await File.ReadAllBytesAsync(_one.Blob(blob.Digest));
        }

        _registry.Intercept = context =>
        {
            var isAsked = context.Request.HttpMethod == "HEAD" && context.Request.Url!.AbsolutePath.Contains("/blobs/", StringComparison.Ordinal);
            if (isAsked)
            {
                StandInRegistry.Answer(context, 404); // this repository has none of it
            }

            return Task.FromResult(isAsked);
        };
        await _one.PushAsync(saved, _registry.Address, mountFrom: "team/other");

        Assert.Contains(_registry.Requests, one => one.Path.EndsWith("&from=team%2Fother", StringComparison.Ordinal));
        Assert.Equal(2, _registry.Count("PUT", "/uploads/")); // the events and their empty config alone
    }

    [Fact]
    public async Task A_push_to_a_digest_or_to_a_wrong_address_is_refused()
    {
        var saved = await _one.SaveAsync();
        await Failure.OfAsync(EnvelopeError.Invalid, () => _one.PushAsync(saved, $"oci://host/a@{saved.Digest}"), "digest");
        await Failure.OfAsync(EnvelopeError.Invalid, () => _one.PushAsync(saved, "host/a"), "oci://");
    }

    private static Task TagAsync(TempStore store, EnvelopeReference saved, string name, string value) =>
        store.Store.TagAsync(saved, new Dictionary<string, string?> { [name] = value });

    private static async Task<EnvelopeLabels> LabelsAsync(TempStore store, EnvelopeReference saved) =>
        (await store.Store.ReadJournalAsync(saved)).Labels;
}
