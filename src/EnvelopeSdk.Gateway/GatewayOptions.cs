namespace EnvelopeSdk.Gateway;

/// <summary>How a gateway is run.</summary>
public sealed record GatewayOptions
{
    /// <summary>The port of a gateway that is told no addresses.</summary>
    public const int DefaultPort = 5490;

    /// <summary>
    /// Its directory, which it makes: there it keeps its routes, and the socket over which it is told others. Nobody
    /// but its user may enter it.
    /// </summary>
    public required string Directory { get; init; }

    /// <summary>Where callers reach it: addresses with <c>;</c> between them. Port 0: any that is free.</summary>
    public string Urls { get; init; } = $"http://127.0.0.1:{DefaultPort}";

    /// <summary>
    /// The file of the certificate of <c>https</c> addresses: PEM, with those that vouch for it behind it, or PKCS #12
    /// without a password. Null: the certificate for development of ASP.NET Core, where there is one.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>The file of its private key, PEM; null: it is in <see cref="Certificate"/>.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>How long requests that are under way may take when it is told to end.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing may come from a service until its caller is told so.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The directory of the gateway of a store, beside the records of its registry.</summary>
    /// <param name="store">The directory of the store.</param>
    public static string DirectoryOf(string store) => Path.Combine(store, "registry", "gateway");
}
