using System.Text;
using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>A store of somebody else, who pushes and pulls and waits for moments only.</summary>
internal sealed class OtherStore : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static RegistryOptions Options { get; } = new()
    {
        FirstDelay = TimeSpan.FromMilliseconds(1),
        LongestDelay = TimeSpan.FromMilliseconds(10),
        LongestRetryAfter = TimeSpan.FromMilliseconds(50),
        ChunkSize = 5000,
        Credentials = new(name => name == "ENVELOPE_KEY" ? ServedStore.KnownToken : "/no/such/place"),
    };

    public IEnvelopeStore Store => EnvelopeStore.Open(_directory.At("store"));

    public string At(string name) => _directory.At(name);

    public static async Task<(OtherStore Store, EnvelopeReference Envelope)> WithAsync(string golden)
    {
        var other = new OtherStore();
        return (other, await EnvelopeArchive.ImportAsync(ServedStore.Golden(golden), other.Store));
    }

    public Task<string> PushAsync(EnvelopeReference envelope, string address, RegistryOptions? options = null) =>
        EnvelopeStore.PushAsync(Store, envelope, address, null, options ?? Options, null, CancellationToken.None);

    public Task<EnvelopeReference> PullAsync(string address, RegistryOptions? options = null) =>
        EnvelopeStore.PullAsync(Store, address, options ?? Options, null, CancellationToken.None);

    public static Dictionary<string, string?> Tag(string name, string value) => new() { [name] = value };

    public void Dispose() => _directory.Dispose();

    /// <summary>The journal as text, to compare.</summary>
    public static async Task<string> JournalAsync(IEnvelopeStore store, EnvelopeReference envelope) => Encoding.UTF8.GetString(
        JournalLines.Write((await store.ReadJournalAsync(envelope)).Events));

    public static async Task<EnvelopeContent> OpenSoundAsync(IEnvelopeStore store, EnvelopeReference envelope)
    {
        var content = await store.OpenAsync(envelope.Name, envelope.Digest);
        await content.VerifyAsync();
        return content;
    }

    public static async Task<IReadOnlyList<EnvelopeReference>> NewestAsync(IEnvelopeStore store, string? name = null) =>
        await store.ListNewestAsync(name).Select(one => one.Reference).ToListAsync();
}
