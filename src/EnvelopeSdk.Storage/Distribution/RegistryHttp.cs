namespace EnvelopeSdk.Distribution;

/// <summary>The connections to registries, which all that speaks to them shares.</summary>
internal static class RegistryHttp
{
    private static readonly HttpClient Encrypted = Client(useProxy: true);
    private static readonly HttpClient Loopback = Client(useProxy: false);

    public static HttpClient ClientOf(OciReference registry) => registry.IsLoopback ? Loopback : Encrypted;

    private static HttpClient Client(bool useProxy)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = useProxy,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // names may come to mean other machines
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("EnvelopeSdk");
        return client;
    }
}
