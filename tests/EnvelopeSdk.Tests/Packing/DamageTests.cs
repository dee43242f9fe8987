using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

public sealed class DamageTests : IDisposable
{
    private readonly TempStore _store = new();

    public static TheoryData<string> Damages => [.. Inflict.Keys];

    private static Dictionary<string, Action<string>> Inflict { get; } = new()
    {
        ["cut"] = file =>
        {
            using var stream = File.OpenWrite(file);
            stream.SetLength(stream.Length - 1);
        },
        ["emptied"] = file => File.WriteAllBytes(file, []),
        ["longer"] = file => File.AppendAllText(file, " "),
        ["flipped"] = file =>
        {
            var bytes = File.ReadAllBytes(file);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(file, bytes);
        },
        ["deleted"] = File.Delete,
        ["replaced by a directory"] = file =>
        {
            File.Delete(file);
            Directory.CreateDirectory(file);
        },
    };

    public void Dispose() => _store.Dispose();

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damage_to_any_blob_is_noticed_and_the_blob_is_named(string damage)
    {
        var saved = await _store.SaveAsync();
        foreach (var digest in (await _store.OpenSoundAsync()).Blobs.Select(blob => blob.Digest).ToList())
        {
            Inflict[damage](_store.Blob(digest));
            await Failure.OfAsync(EnvelopeError.Damaged, () => _store.OpenSoundAsync(), _store.Blob(digest), saved.Digest.ToString());

            if (Directory.Exists(_store.Blob(digest)))
            {
                Directory.Delete(_store.Blob(digest));
            }

            // Saving again mends it, as the message says.
            Assert.Equal(saved, await _store.SaveAsync());
            await _store.OpenSoundAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damaged_state_is_never_given_to_a_model(string damage)
    {
        await _store.SaveAsync();
        var state = (await _store.OpenSoundAsync()).Blobs.Single(blob => blob.FilePath == "state/weights/value.json");
        Inflict[damage](_store.Blob(state.Digest));

        await Failure.OfAsync(
            EnvelopeError.Damaged, () => Envelope.LoadAsync<HousePrice>("house-price", _store.Store), _store.Blob(state.Digest), "state/weights/value.json");
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damage_to_any_file_of_an_unpacked_envelope_is_noticed(string damage)
    {
        await _store.SaveAsync();
        var directory = _store.At("unpacked");
        var sound = await _store.OpenSoundAsync();
        foreach (var file in sound.Files.Select(file => file.Path).Append("config.json").Append("manifest.json"))
        {
            await sound.UnpackAsync(directory);
            Inflict[damage](Path.Combine(directory, file));
            var failure = await Record.ExceptionAsync(async () =>
            {
                var content = await UnpackedEnvelope.OpenAsync(directory);
                await content.VerifyAsync();
                Assert.NotEqual(sound.Digest, content.Digest); // a manifest that still is one is another envelope
            });

            // Without its manifest there is no envelope.
            var missing = file == "manifest.json" && !File.Exists(Path.Combine(directory, file));
            if (file != "manifest.json" || failure is not null)
            {
                Assert.Equal(missing ? EnvelopeError.NotFound : EnvelopeError.Damaged, Assert.IsType<EnvelopeException>(failure).Error);
            }

            Directory.Delete(directory, recursive: true);
        }
    }
}
