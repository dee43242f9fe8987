using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tests.Models;

namespace EnvelopeSdk.Tests.Support;

/// <summary>A store of one test.</summary>
internal sealed class TempStore : IDisposable
{
    private readonly TempDirectory _directory = new();

    public TempStore() => Store = EnvelopeStore.Open(_directory.At("store"));

    public IEnvelopeStore Store { get; }

    /// <summary>A path beside the store.</summary>
    public string At(string name) => _directory.At(name);

    /// <summary>A path in the store.</summary>
    public string In(params ReadOnlySpan<string> parts) => Path.Combine([Store.Address, .. parts]);

    public string Blob(Digest digest) => In("blobs", "sha256", digest.Hex);

    /// <summary>Saves a model that differs from others by its first weight.</summary>
    public Task<EnvelopeReference> SaveAsync(double first = 0.1, EnvelopeInfo? info = null) =>
        Envelope.SaveAsync(new HousePrice([first, 2, 3], "EUR"), info, Store);

    /// <summary>Opens the newest envelope and checks all of it.</summary>
    public async Task<EnvelopeContent> OpenSoundAsync(string name = "house-price")
    {
        var content = await Store.OpenAsync(name);
        await content.VerifyAsync();
        return content;
    }

    public void Dispose() => _directory.Dispose();
}
