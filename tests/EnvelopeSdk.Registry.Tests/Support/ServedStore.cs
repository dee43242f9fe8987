using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Tests.Distribution;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>
/// A store in a directory of its own, or one of a team in a database and a folder of content, and a registry that serves
/// it.
/// </summary>
internal sealed class ServedStore : IAsyncDisposable
{
    public const string Linear = "golden-linear";
    public const string Stacked = "golden-stacked";

    /// <summary>The token of each store from the beginning, so that clients of all of them know it.</summary>
    public static readonly string KnownToken = new('a', 64);

    private readonly TempDirectory _directory = new();
    private RegistryServer? _server;
    private SharedPlace? _shared;
    private bool _isGuest;

    public string Directory => _directory.At("store");

    /// <summary>The store as another process sees it.</summary>
    public IEnvelopeStore Store => _shared?.Store ?? EnvelopeStore.Open(Directory);

    public string Address => _server!.Address;

    public string Token => _server!.Token;

    /// <summary>Lets itself in by the token, and follows no redirection, so that each can be looked at.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <param name="envelopes">The names of kept envelopes that are in the store from the beginning.</param>
    public static Task<ServedStore> StartAsync(params string[] envelopes) => StartAsync(null, envelopes);

    /// <param name="shared">Where the store of a team lies; null: in a directory.</param>
    /// <param name="envelopes">The names of kept envelopes that are added to the store before.</param>
    public static async Task<ServedStore> StartAsync(SharedPlace? shared, params string[] envelopes)
    {
        var served = new ServedStore { _shared = shared };
        foreach (var name in envelopes)
        {
            await EnvelopeArchive.ImportAsync(Golden(name), served.Store);
        }

        LetKnownTokenIn(served.Options);
        await served.StartAsync();
        return served;
    }

    /// <summary>Starts another instance over the same store, which ends before this one.</summary>
    public async Task<ServedStore> StartBesideAsync()
    {
        var beside = new ServedStore { _shared = _shared, _isGuest = true };
        LetKnownTokenIn(beside.Options);
        await beside.StartAsync();
        return beside;
    }

    /// <summary>Gives a registry that was not started yet the token that clients know.</summary>
    public static void LetKnownTokenIn(ServerOptions options)
    {
        var path = TokenFile.PathOf(options);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, KnownToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
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
        if (_shared is not null && !_isGuest)
        {
            await _shared.DisposeAsync();
        }

        _directory.Dispose();
    }

    /// <summary>All that lies in files.</summary>
    public IReadOnlyList<string> Files() => _shared?.Lying()
        ?? [.. System.IO.Directory.EnumerateFiles(Directory, "*", SearchOption.AllDirectories).Order()];

    /// <summary>Whether nothing is left of any upload.</summary>
    public async Task<bool> IsWithoutUploadsAsync() => _shared is null
        ? System.IO.Directory.GetFiles(Path.Combine(Directory, "uploads")).Length == 0
        : !await _shared.Database.AnyAsync("select 1 from upload", default);

    /// <summary>Waits until so many bytes of an upload have come.</summary>
    public Task ArrivesAsync(string upload, int length) => _shared is null
        ? Eventually.HoldsAsync(
            () => new FileInfo(Path.Combine(Directory, "uploads", upload.Split('/')[^1])).Length == length)
        : Task.Delay(500); // nobody sees a piece before its request ends

    private ServerOptions Options => new()
    {
        Store = Directory,
        Database = _shared?.Connection,
        Blobs = _shared?.Blobs,
        Urls = "http://127.0.0.1:0",
        UserDirectory = At("user"),
    };

    private async Task StartAsync()
    {
        _server = await RegistryServer.StartAsync(Options);
        Client = NewClient();
        Client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
    }

    private async Task StopAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
    }
}
