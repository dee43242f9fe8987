using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Access.Keys;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Registry.Tests.Distribution;
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
    private Func<ServerOptions, ServerOptions> _change = options => options;
    private RegistryServer? _server;
    private SharedPlace? _shared;
    private bool _isGuest;
    private string? _administrator;

    public string Directory => _directory.At("store");

    /// <summary>The store as another process sees it.</summary>
    public IEnvelopeStore Store => _shared?.Store ?? EnvelopeStore.Open(Directory);

    /// <summary>An address of this machine, also of a registry that listens on all.</summary>
    public string Address => AddressOf(_server!);

    public string Token => _server!.Token!;

    /// <summary>Lets itself in by the token, and follows no redirection, so that each can be looked at.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <param name="envelopes">The names of kept envelopes that are in the store from the beginning.</param>
    public static Task<ServedStore> StartAsync(params string[] envelopes) =>
        StartAsync(shared: null, options => options, envelopes);

    /// <param name="shared">Where the store of a team lies; null: in a directory.</param>
    /// <param name="envelopes">The names of kept envelopes that are added to the store before.</param>
    public static Task<ServedStore> StartAsync(SharedPlace? shared, params string[] envelopes) =>
        StartAsync(shared, options => options, envelopes);

    /// <param name="change">Changes how it is run.</param>
    /// <param name="envelopes">The names of kept envelopes that are in the store from the beginning.</param>
    public static Task<ServedStore> StartAsync(
        Func<ServerOptions, ServerOptions> change, params string[] envelopes) => StartAsync(null, change, envelopes);

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

    /// <summary>Starts a registry that other machines could reach, with a key of an administrator.</summary>
    public static async Task<ServedStore> StartOpenAsync(
        Func<ServerOptions, ServerOptions> change, params string[] envelopes)
    {
        var served = new ServedStore { _change = options => change(options with { Urls = "http://0.0.0.0:0" }) };
        await served.FillAsync(envelopes);
        served._administrator = await served.AddKeyAsync("admin", Role.Administer);
        await served.StartAsync();
        return served;
    }

    /// <summary>Makes a key as the command does.</summary>
    /// <returns>What its holder sends.</returns>
    public async Task<string> AddKeyAsync(string name, string role, string? pattern = null)
    {
        await using var keys = await RegistryKeys.OpenAsync(Options);
        return (await keys.AddAsync(new(name, [role], pattern))).Text;
    }

    public static string AddressOf(RegistryServer server) =>
        server.Address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);

    public async Task RevokeKeyAsync(string name)
    {
        await using var keys = await RegistryKeys.OpenAsync(Options);
        await keys.RevokeAsync(name);
    }

    /// <summary>Sends a key, or nothing, with each request.</summary>
    public HttpClient NewClient(string? key)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = key is null ? null : new("Bearer", key);
        return client;
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

    /// <summary>Ends what <see cref="StopAsync"/> left.</summary>
    public void DeleteFiles() => _directory.Dispose();

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

    public ServerOptions Options => _change(new()
    {
        Store = Directory,
        Database = _shared?.Connection,
        Blobs = _shared?.Blobs,
        Urls = "http://127.0.0.1:0",
        UserDirectory = At("user"),
    });

    private static async Task<ServedStore> StartAsync(
        SharedPlace? shared, Func<ServerOptions, ServerOptions> change, string[] envelopes)
    {
        var served = new ServedStore { _shared = shared, _change = change };
        await served.FillAsync(envelopes);
        LetKnownTokenIn(served.Options);
        await served.StartAsync();
        return served;
    }

    private async Task FillAsync(string[] envelopes)
    {
        foreach (var name in envelopes)
        {
            await EnvelopeArchive.ImportAsync(Golden(name), Store);
        }
    }

    public async Task StartAsync()
    {
        _server = await RegistryServer.StartAsync(Options);
        Client = NewClient();
        Client.DefaultRequestHeaders.Authorization = new("Bearer", _server.Token ?? _administrator);
    }

    public async Task StopAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
    }
}
