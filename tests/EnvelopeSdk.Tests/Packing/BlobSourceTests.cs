using System.IO.Pipelines;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>Envelopes whose content comes from elsewhere than files: from streams that cannot be sought.</summary>
public sealed class BlobSourceTests : IDisposable
{
    private const string State = "state/weights/value.json";

    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task An_envelope_is_read_from_streams_that_cannot_be_sought()
    {
        await _store.SaveAsync(first: 42);
        var source = new RemoteBlobs();
        var content = await OpenAsync(source);

        await content.VerifyAsync();
        await using (var state = await content.OpenAsync(State))
        {
            Assert.True(state.CanSeek);
            Assert.Equal(0, state.Position);
            Assert.Equal("[42,2,3]", await new StreamReader(state).ReadToEndAsync());
        }

        Assert.Equal(42, (await Envelope.LoadAsync<HousePrice>(content)).Weights[0]);
        Assert.All(source.Opened, stream => Assert.False(stream.CanRead)); // all were closed
    }

    [Fact]
    public async Task A_file_from_elsewhere_has_no_path_and_one_in_a_store_or_unpacked_has()
    {
        var saved = await _store.SaveAsync();
        var stored = await _store.OpenSoundAsync();
        Assert.Null(await (await OpenAsync(new RemoteBlobs())).FindPathAsync(State));

        var path = await stored.FindPathAsync(State);
        Assert.Equal(await stored.ReadAsync(State), await File.ReadAllBytesAsync(path!));
        Assert.StartsWith(_store.In("blobs", "sha256"), path, StringComparison.Ordinal);

        await stored.UnpackAsync(_store.At("unpacked"));
        Assert.Equal(
            Path.Combine(_store.At("unpacked"), State),
            await (await UnpackedEnvelope.OpenAsync(_store.At("unpacked"))).FindPathAsync(State));
        Assert.Equal(saved.Digest, stored.Digest);
    }

    [Fact]
    public async Task A_path_is_not_given_before_the_file_was_checked()
    {
        await _store.SaveAsync();
        var content = await _store.OpenSoundAsync();
        var path = (await content.FindPathAsync(State))!;
        await File.WriteAllTextAsync(path, "[43,2,3]");

        await Failure.OfAsync(EnvelopeError.Damaged, () => content.FindPathAsync(State), path, State);
    }

    [Theory]
    [InlineData("longer"), InlineData("shorter"), InlineData("flipped"), InlineData("missing"), InlineData("empty")]
    public async Task Content_that_is_not_what_was_saved_is_refused_and_named(string damage)
    {
        await _store.SaveAsync();
        var state = (await _store.OpenSoundAsync()).Blobs.Single(blob => blob.FilePath == State);
        var source = new RemoteBlobs();
        var content = await OpenAsync(source);
        var bytes = source.Content[state.Digest];
        switch (damage)
        {
            case "missing":
                source.Content.Remove(state.Digest);
                break;
            case "flipped":
                bytes[0] ^= 1;
                break;
            default:
                source.Content[state.Digest] =
                    damage switch { "longer" => [.. bytes, 0], "empty" => [], _ => bytes[1..] };
                break;
        }

        var address = "far://" + state.Digest.Hex;
        await Failure.OfAsync(EnvelopeError.Damaged, () => content.OpenAsync(State), address, State);
        await Failure.OfAsync(EnvelopeError.Damaged, () => content.ReadAsync(State), address, State);
        await Failure.OfAsync(EnvelopeError.Damaged, () => Envelope.LoadAsync<HousePrice>(content), State);
        Assert.All(source.Opened, stream => Assert.False(stream.CanRead));
    }

    [Fact]
    public async Task A_damaged_record_is_noticed_when_the_envelope_is_opened()
    {
        await _store.SaveAsync();
        var record = (await _store.OpenSoundAsync()).Blobs.Single(blob => blob.FilePath == EnvelopeContent.RecordPath);
        var source = new RemoteBlobs();
        var manifest = (await OpenAsync(source)).Manifest;
        source.Content[record.Digest][10] ^= 1;

        await Failure.OfAsync(
            EnvelopeError.Damaged, () => EnvelopeContent.OpenAsync(manifest, source),
            "far://" + record.Digest.Hex);
    }

    private async Task<EnvelopeContent> OpenAsync(RemoteBlobs source)
    {
        var stored = await _store.OpenSoundAsync();
        foreach (var blob in stored.Blobs)
        {
            source.Content[blob.Digest] = await File.ReadAllBytesAsync(_store.Blob(blob.Digest));
        }

        return await EnvelopeContent.OpenAsync(stored.Manifest, source);
    }

    private sealed class RemoteBlobs : IBlobSource
    {
        public Dictionary<Digest, byte[]> Content { get; } = [];

        public List<Stream> Opened { get; } = [];

        public ValueTask<Stream?> OpenAsync(Digest digest, CancellationToken cancellationToken)
        {
            if (!Content.TryGetValue(digest, out var bytes))
            {
                return default;
            }

            var stream = new MemoryStream(bytes);
            Opened.Add(stream);
            return new(PipeReader.Create(stream).AsStream());
        }

        public string? FindPath(Digest digest) => null;

        public string Describe(Digest digest) => "far://" + digest.Hex;
    }
}
