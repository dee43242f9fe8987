using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>A store in a directory of its own, and a registry that serves it.</summary>
internal sealed class ServedStore : IAsyncDisposable
{
    public const string Linear = "golden-linear";
    public const string Stacked = "golden-stacked";

    private readonly TempDirectory _directory = new();
    private RegistryServer? _server;

    public string Directory => _directory.At("store");

    public IEnvelopeStore Store => EnvelopeStore.Open(Directory);

    public string Address => _server!.Address;

    /// <summary>Without a redirection followed, so that each can be looked at.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <param name="envelopes">The names of kept envelopes that are in the store from the beginning.</param>
    public static async Task<ServedStore> StartAsync(params string[] envelopes)
    {
        var served = new ServedStore();
        foreach (var name in envelopes)
        {
            await EnvelopeArchive.ImportAsync(Golden(name), served.Store);
        }

        await served.StartAsync();
        return served;
    }

    /// <summary>Ends the registry and starts another one, at another address, over the same store.</summary>
    public async Task RestartAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
        await StartAsync();
    }

    public static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name + ".envelope");

    public string At(string name) => _directory.At(name);

    private async Task StartAsync()
    {
        _server = await RegistryServer.StartAsync(new() { Store = Directory, Urls = "http://127.0.0.1:0" });
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(Address) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
        _directory.Dispose();
    }
}
