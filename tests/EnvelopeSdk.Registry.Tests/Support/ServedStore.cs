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

    public string Token => _server!.Token;

    /// <summary>Lets itself in by the token, and follows no redirection, so that each can be looked at.</summary>
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

    /// <summary>Ends the registry and starts it again, at another port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name + ".envelope");

    /// <summary>The digest of the newest envelope of a name.</summary>
    public async Task<string> DigestAsync(string name) => (await Store.OpenAsync(name)).Digest.ToString();

    public string At(string name) => _directory.At(name);

    public HttpClient NewClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(Address) };

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private async Task StartAsync()
    {
        _server = await RegistryServer.StartAsync(
            new() { Store = Directory, Urls = "http://127.0.0.1:0", UserDirectory = At("user") });
        Client = NewClient();
        Client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
    }

    private async Task StopAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
    }
}
