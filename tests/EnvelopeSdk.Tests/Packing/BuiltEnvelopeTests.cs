using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>The envelope beside a program that was built of it: what the build has checked is not checked again.</summary>
public sealed class BuiltEnvelopeTests : IDisposable
{
    private readonly TempStore _store = new();

    public static TheoryData<string> GoldenFiles => FormatTests.GoldenFiles;

    private string Unpacked => _store.At("unpacked");

    public void Dispose() => _store.Dispose();

    [Theory]
    [MemberData(nameof(GoldenFiles))]
    public async Task It_is_what_is_opened_with_all_checks(string file)
    {
        var (content, _) = await EnvelopeArchive.OpenAsync(Path.Combine(AppContext.BaseDirectory, file));
        await content.UnpackAsync(Unpacked);
        var read = await UnpackedEnvelope.OpenAsync(Unpacked);

        var built = UnpackedEnvelope.TryOpenBuilt(Unpacked, $"{content.Reference}")!;

        Assert.Equivalent(read.Head, built.Head, strict: true);
        Assert.Equal(content.Reference, built.Reference);
        Assert.Equal(content.Files, built.Files);
        Assert.Equal(content.Manifest.ToArray(), built.Manifest.ToArray());
        Assert.Equivalent(read.Blobs, built.Blobs, strict: true);
        Assert.Equal(Json(read.Record), Json(built.Record));
        Assert.Equal(
            EnvelopeJsonContext.Write(await read.ReadExamplesAsync(), c => c.IReadOnlyListPredictionExample),
            EnvelopeJsonContext.Write(await built.ReadExamplesAsync(), c => c.IReadOnlyListPredictionExample));
        await built.VerifyAsync();
    }

    [Fact]
    public async Task Its_record_is_read_when_it_is_asked_for()
    {
        var saved = await UnpackAsync();
        var built = UnpackedEnvelope.TryOpenBuilt(Unpacked, $"{saved.Reference}")!;
        File.Delete(Path.Combine(Unpacked, "envelope.json"));

        Assert.Equal(Json(saved.Record), Json(built.Record));
    }

    [Fact]
    public async Task Nothing_of_its_record_is_read_before_that_but_what_loads_the_model()
    {
        var saved = await UnpackAsync();
        var (path, manifest) = (Path.Combine(Unpacked, "envelope.json"), Path.Combine(Unpacked, "manifest.json"));
        var before = await File.ReadAllBytesAsync(path);
        var record = JsonNode.Parse(before)!;
        record["packages"] = "none"; // which nobody who reads the whole could take
        var changed = Encoding.UTF8.GetBytes(record.ToJsonString());
        await File.WriteAllBytesAsync(path, changed);
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace($"{Digest.Of(before)}", $"{Digest.Of(changed)}", StringComparison.Ordinal));

        var built = UnpackedEnvelope.TryOpenBuilt(Unpacked, $"house-price@{Digest.Of(await File.ReadAllBytesAsync(manifest))}")!;

        Assert.Equivalent(saved.Head, built.Head, strict: true);
        Assert.ThrowsAny<Exception>(() => built.Record);
    }

    [Theory]
    [InlineData("\"culture\":\"de-DE\",\"configuration\":{\"System.Globalization.Invariant\":true}", "de-DE", true)]
    [InlineData("\"culture\":\"\",\"configuration\":{\"System.Globalization.Invariant\":false}", "", false)]
    [InlineData("\"culture\":\"fr-FR\",\"configuration\":{}", "fr-FR", null)]
    [InlineData("\"hyperparameters\":{}", "", null)]
    public void Its_culture_is_the_one_that_was_recorded(string members, string culture, bool? isInvariant)
    {
        var head = KnownDocuments.Head(Encoding.UTF8.GetBytes(
            $$"""{"name":"n","model":{"type":"T","platform":"1.0.0"},{{members}},"state":[],"schema":{"queries":[]} }"""));

        Assert.Equal((culture, isInvariant), (head.Culture, head.IsInvariant));
    }

    [Fact]
    public async Task Examples_are_read_as_they_were_saved()
    {
        var model = HousePrice.Trained;
        var saved = await Envelope.SaveAsync(model, new EnvelopeInfo { Examples = [model.PredictExample(1, 2)] }, _store.Store);
        await (await _store.Store.OpenAsync(saved.Name)).UnpackAsync(Unpacked);

        var example = Assert.Single(await UnpackedEnvelope.TryOpenBuilt(Unpacked, $"{saved}")!.ReadExamplesAsync());

        Assert.Equal("predict", example.Query);
        Assert.True(JsonElement.DeepEquals(model.PredictExample(1, 2).Input, example.Input));
        Assert.True(JsonElement.DeepEquals(model.PredictExample(1, 2).Output, example.Output));
    }

    [Fact]
    public async Task Examples_that_are_damaged_are_noticed_when_they_are_read()
    {
        var model = HousePrice.Trained;
        var saved = await Envelope.SaveAsync(model, new EnvelopeInfo { Examples = [model.PredictExample(1, 2)] }, _store.Store);
        await (await _store.Store.OpenAsync(saved.Name)).UnpackAsync(Unpacked);
        var path = Path.Combine(Unpacked, "examples.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace('1', '3'));

        await Failure.OfAsync(
            EnvelopeError.Damaged, () => UnpackedEnvelope.TryOpenBuilt(Unpacked, $"{saved}")!.ReadExamplesAsync(), "examples.json");
    }

    [Theory]
    [InlineData("")]
    [InlineData("house-price")]
    [InlineData("house-price@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Another_one_is_none_that_the_build_has_checked(string built)
    {
        await UnpackAsync();

        Assert.Null(UnpackedEnvelope.TryOpenBuilt(Unpacked, built));
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("envelope.json")]
    public async Task One_that_is_changed_or_gone_is_none_that_the_build_has_checked(string file)
    {
        var saved = await UnpackAsync();
        var path = Path.Combine(Unpacked, file);

        await File.AppendAllTextAsync(path, " ");
        Assert.Null(UnpackedEnvelope.TryOpenBuilt(Unpacked, $"{saved.Reference}"));

        File.Delete(path);
        Assert.Null(UnpackedEnvelope.TryOpenBuilt(Unpacked, $"{saved.Reference}"));
    }

    [Fact]
    public async Task State_that_is_damaged_is_noticed_when_it_is_read()
    {
        var saved = await UnpackAsync();
        await File.WriteAllTextAsync(Path.Combine(Unpacked, "state/weights/value.json"), "[0,0,0]");

        await Failure.OfAsync(
            EnvelopeError.Damaged,
            () => UnpackedEnvelope.TryOpenBuilt(Unpacked, $"{saved.Reference}")!.ReadAsync("state/weights/value.json"),
            "state/weights/value.json");
    }

    private async Task<EnvelopeContent> UnpackAsync()
    {
        await _store.SaveAsync();
        var saved = await _store.OpenSoundAsync();
        await saved.UnpackAsync(Unpacked);
        return saved;
    }

    private static byte[] Json(EnvelopeRecord record) => EnvelopeJsonContext.Write(record, c => c.EnvelopeRecord);
}
