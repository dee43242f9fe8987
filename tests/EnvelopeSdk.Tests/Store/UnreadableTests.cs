using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

/// <summary>Files that are there and cannot be opened. A link to itself is one for every user, the administrator too.</summary>
public sealed class UnreadableTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_blob_that_cannot_be_opened_is_unavailable_and_named()
    {
        await _store.SaveAsync();
        foreach (var blob in (await _store.OpenSoundAsync()).Blobs.Select(blob => _store.Blob(blob.Digest)).ToList())
        {
            var bytes = await File.ReadAllBytesAsync(blob);
            MakeUnreadable(blob);
            await Failure.OfAsync(EnvelopeError.Unavailable, () => _store.OpenSoundAsync(), blob);

            File.Delete(blob);
            await File.WriteAllBytesAsync(blob, bytes);
        }
    }

    [Fact]
    public async Task An_order_that_cannot_be_opened_is_unavailable_and_named()
    {
        await _store.SaveAsync();
        var order = _store.In("layouts", "house-price", "saved");
        MakeUnreadable(order);

        await Failure.OfAsync(EnvelopeError.Unavailable, () => _store.Store.OpenAsync("house-price"), order);
        await Failure.OfAsync(EnvelopeError.Unavailable, () => _store.SaveAsync(), order);
    }

    [Fact]
    public async Task The_manifest_of_an_unpacked_envelope_that_cannot_be_opened_is_unavailable_and_named()
    {
        await _store.SaveAsync();
        await (await _store.OpenSoundAsync()).UnpackAsync(_store.At("unpacked"));
        var manifest = Path.Combine(_store.At("unpacked"), "manifest.json");
        MakeUnreadable(manifest);

        await Failure.OfAsync(EnvelopeError.Unavailable, () => UnpackedEnvelope.OpenAsync(_store.At("unpacked")), manifest);
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_told_by_its_examination()
    {
        await _store.SaveAsync();
        File.Delete(_store.In("lock"));
        Directory.CreateDirectory(_store.In("lock")); // which nobody can open as a file

        await Failure.OfAsync(
            EnvelopeError.Unavailable, async () => await _store.Store.ExamineAsync(mend: false, restore: false).ToListAsync(), _store.Store.Address, "permissions");
    }

    private static void MakeUnreadable(string file)
    {
        File.Delete(file);
        File.CreateSymbolicLink(file, Path.GetFileName(file));
    }
}
