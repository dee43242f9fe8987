using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>An unpacked envelope that a build finds again is used as it is, if it is as it was.</summary>
public sealed class StampsTests : IAsyncLifetime, IDisposable
{
    private const string State = "state/weights/value.json";

    private readonly TempStore _store = new();
    private EnvelopeContent _content = null!;

    private string Unpacked => _store.At("unpacked");

    public async Task InitializeAsync()
    {
        await _store.SaveAsync();
        _content = await _store.OpenSoundAsync();
        await _content.UnpackAsync(Unpacked);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_untouched_is_opened()
    {
        var opened = await TryOpenAsync();

        Assert.Equal(_content.Digest, opened!.Digest);
        await opened.VerifyAsync();
    }

    [Theory]
    [InlineData(State), InlineData("envelope.json"), InlineData("config.json"), InlineData("code/EnvelopeSdk.dll")]
    public async Task A_file_of_another_length_or_time_or_none_is_not_as_it_was(string file)
    {
        var path = Path.Combine(Unpacked, file);
        var time = File.GetLastWriteTimeUtc(path);
        var bytes = await File.ReadAllBytesAsync(path);

        File.SetLastWriteTimeUtc(path, time.AddSeconds(1));
        Assert.Null(await TryOpenAsync());
        File.SetLastWriteTimeUtc(path, time);
        Assert.NotNull(await TryOpenAsync());

        await File.AppendAllTextAsync(path, " ");
        File.SetLastWriteTimeUtc(path, time);
        Assert.Null(await TryOpenAsync());

        File.Delete(path);
        Assert.Null(await TryOpenAsync());

        await File.WriteAllBytesAsync(path, bytes);
        File.SetLastWriteTimeUtc(path, time);
        Assert.NotNull(await TryOpenAsync());
    }

    [Theory]
    [InlineData("stamps.json"), InlineData("manifest.json")]
    public async Task Without_stamps_or_manifest_it_is_not_as_it_was(string file)
    {
        File.Delete(Path.Combine(Unpacked, file));

        Assert.Null(await TryOpenAsync());
    }

    [Theory]
    [InlineData(""), InlineData("null"), InlineData("[]"), InlineData("{}")]
    [InlineData("{\"files\":null}"), InlineData("{\"files\":[]}")]
    [InlineData("{\"files\":[null]}"), InlineData("{\"files\":[null,null,null,null,null,null]}")]
    [InlineData("{\"files\":[{},{},{},{},{},{}]}")]
    public async Task Stamps_that_cannot_be_read_are_none(string stamps)
    {
        await File.WriteAllTextAsync(Path.Combine(Unpacked, "stamps.json"), stamps);

        Assert.Null(await TryOpenAsync());
    }

    [Fact]
    public async Task Another_envelope_is_not_what_is_looked_for()
    {
        Assert.Null(await EnvelopeUnpacking.TryOpenAsync(Digest.Of("other"u8), Unpacked));
        Assert.Null(await EnvelopeUnpacking.TryOpenAsync(_content.Digest, _store.At("nowhere")));
    }

    [Fact]
    public async Task Unpacking_again_mends_it()
    {
        await File.AppendAllTextAsync(Path.Combine(Unpacked, State), " ");
        await _content.UnpackAsync(Unpacked);

        await (await TryOpenAsync())!.VerifyAsync();
    }

    [Fact]
    public async Task Labels_are_written_only_when_they_are_others()
    {
        var labels = new EnvelopeLabels
        {
            Tags = new() { ["team"] = "pricing" },
            Metrics = new() { ["r2"] = 0.1 + 0.2 },
        };
        var path = Path.Combine(Unpacked, "labels.json");
        await EnvelopeUnpacking.WriteLabelsAsync(labels, Unpacked);
        var old = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(path, old);
        old = File.GetLastWriteTimeUtc(path);

        await EnvelopeUnpacking.WriteLabelsAsync(labels with { Tags = new(labels.Tags) }, Unpacked);
        Assert.Equal(old, File.GetLastWriteTimeUtc(path));
        Assert.Equal(0.1 + 0.2, (await UnpackedEnvelope.ReadLabelsAsync(Unpacked)).Metrics["r2"]);
        Assert.NotNull(await TryOpenAsync());

        await EnvelopeUnpacking.WriteLabelsAsync(labels with { Tags = new() { ["team"] = "loans" } }, Unpacked);
        Assert.NotEqual(old, File.GetLastWriteTimeUtc(path));
        Assert.Equal("loans", (await UnpackedEnvelope.ReadLabelsAsync(Unpacked)).Tags["team"]);
        Assert.NotNull(await TryOpenAsync());
    }

    private Task<EnvelopeContent?> TryOpenAsync() => EnvelopeUnpacking.TryOpenAsync(_content.Digest, Unpacked);
}
