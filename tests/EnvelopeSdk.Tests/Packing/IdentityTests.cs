using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

public sealed class IdentityTests : IDisposable
{
    private static readonly EnvelopeInfo Info = new()
    {
        Description = "Prices of houses – „Häuser“",
        Tags = new Dictionary<string, string> { ["team"] = "pricing", ["Stage"] = "test" },
        Metrics = new Dictionary<string, double> { ["r2"] = 0.1 + 0.2, ["mae"] = 1e-300 },
        Hyperparameters = new Dictionary<string, HyperparameterValue> { ["trees"] = 400L, ["rate"] = 0.1, ["loss"] = "l2", ["early"] = true },
    };

    private readonly TempStore _store = new();
    private readonly TempStore _other = new();

    public void Dispose()
    {
        _store.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task The_same_inputs_give_the_same_digest_and_the_order_of_tags_does_not_matter()
    {
        var reordered = Info with { Tags = Info.Tags.Reverse().ToDictionary(), Metrics = Info.Metrics.Reverse().ToDictionary() };

        Assert.Equal(await _store.SaveAsync(info: Info), await _other.SaveAsync(info: reordered));
    }

    [Fact]
    public async Task Anything_that_is_said_about_a_model_is_part_of_its_identity()
    {
        var saved = await _store.SaveAsync(info: Info);

        Assert.NotEqual(saved, await _store.SaveAsync(first: 0.2, Info));
        Assert.NotEqual(saved, await _store.SaveAsync(info: Info with { Description = null }));
        Assert.NotEqual(saved, await _store.SaveAsync(info: Info with { Hyperparameters = new Dictionary<string, HyperparameterValue>() }));
    }

    [Fact]
    public async Task Tags_and_metrics_are_no_part_of_it()
    {
        var saved = await _store.SaveAsync(info: Info);

        Assert.Equal(saved, await _store.SaveAsync(info: Info with { Tags = new Dictionary<string, string>() }));
        Assert.Equal(saved, await _store.SaveAsync(info: Info with { Metrics = new Dictionary<string, double> { ["r2"] = 0.3 } }));
    }

    [Fact]
    public async Task What_was_said_is_read_back()
    {
        await _store.SaveAsync(info: Info);
        var content = await _store.OpenSoundAsync();
        var record = content.Record;

        Assert.Equal(Info.Description, record.Description);
        var labels = (await _store.Store.ReadJournalAsync(content.Reference)).Labels;
        Assert.Equal(Info.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal), labels.Tags);
        Assert.Equal(0.1 + 0.2, labels.Metrics["r2"]);
        Assert.Equal(["true", "\"l2\"", "0.1", "400"], record.Hyperparameters.Values.Select(value => value.GetRawText()));
        Assert.Equal("Some.Package", Assert.Single(record.Packages.Packages).Id);
    }

    [Fact]
    public async Task An_exported_file_has_the_same_bytes_each_time_and_is_imported_under_the_same_digest()
    {
        var saved = await _store.SaveAsync(info: Info);
        var content = await _store.Store.OpenAsync("house-price");
        var (one, two) = (_store.At("one.envelope"), _store.At("two.envelope"));
        await EnvelopeArchive.ExportAsync(content, EnvelopeJournal.Empty, one);
        await Task.Delay(TimeSpan.FromSeconds(1.1)); // the resolution of times in a tar
        await EnvelopeArchive.ExportAsync(content, EnvelopeJournal.Empty, two);

        Assert.Equal(await File.ReadAllBytesAsync(one), await File.ReadAllBytesAsync(two));
        Assert.Equal(saved, await EnvelopeArchive.ImportAsync(one, _other.Store));
        Assert.Equal(saved.Digest, (await _other.OpenSoundAsync()).Digest);
    }

    [Fact]
    public async Task An_unpacked_envelope_is_opened_with_the_same_digest_and_is_sound()
    {
        var saved = await _store.SaveAsync(info: Info);
        var directory = _store.At("unpacked");
        await (await _store.Store.OpenAsync("house-price")).UnpackAsync(directory);
        var unpacked = await UnpackedEnvelope.OpenAsync(directory);
        await unpacked.VerifyAsync();

        Assert.Equal(saved.Digest, unpacked.Digest);
        Assert.Equal(
            unpacked.Files.Select(file => file.Path).Append("config.json").Append("manifest.json").Append("stamps.json").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(directory, file)).Order(StringComparer.Ordinal));
    }
}
