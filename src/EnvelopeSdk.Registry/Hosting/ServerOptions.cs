using EnvelopeSdk.Distribution;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Advisories;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Stores.Blobs;

namespace EnvelopeSdk.Registry.Hosting;

/// <summary>How a registry is run.</summary>
public sealed record ServerOptions
{
    /// <summary>The port of a registry that is told no addresses.</summary>
    public const int DefaultPort = 5480;

    /// <summary>
    /// The directory of the store that it shows and serves. Not used when <see cref="Blobs"/> names another store.
    /// </summary>
    public required string Store { get; init; }

    /// <summary>
    /// The database of the catalog: a connection string of PostgreSQL (<c>Host=...</c>), or of SQLite
    /// (<c>Data Source=FILE</c>). Null: a file of SQLite in the store, <c>registry/index.db</c>.
    /// </summary>
    public string? Database { get; init; }

    /// <summary>
    /// Where the content of a store lies that several registries share: a directory that all of them reach, or
    /// <c>s3://BUCKET/PREFIX</c>, with endpoint and keys of AWS's environment. Everything else of that store is in
    /// <see cref="Database"/>, of PostgreSQL. Null: the store is <see cref="Store"/>.
    /// </summary>
    public string? Blobs { get; init; }

    /// <summary>Where it listens: addresses with <c>;</c> between them. Port 0: any that is free.</summary>
    public string Urls { get; init; } = $"http://127.0.0.1:{DefaultPort}";

    /// <summary>
    /// Whether a proxy stands before it, and nobody else reaches it: then the scheme and the name by which it is called
    /// are those in <c>X-Forwarded-Proto</c> and <c>X-Forwarded-Host</c>, and keys alone let in.
    /// </summary>
    public bool IsBehindProxy { get; init; }

    /// <summary>
    /// The file of the certificate of <c>https</c> addresses: PEM, with those that vouch for it behind it, or PKCS #12
    /// without a password. Null: as the configuration of ASP.NET Core says.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>The file of its private key, PEM; null: it is in <see cref="Certificate"/>.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Who else says who somebody is; null: nobody.</summary>
    public OidcOptions? Oidc { get; init; }

    /// <summary>Who keeps lists of vulnerable packages; null: nobody is asked.</summary>
    public IAdvisorySource? Advisories { get; init; }

    /// <summary>Where and how envelopes are deployed; null: they are not.</summary>
    public DeployingOptions? Deploying { get; init; }

    /// <summary>
    /// Where the tokens of registries that this user starts are kept, in files that nobody else may read; in the user's
    /// folder of settings if not set.
    /// </summary>
    public string UserDirectory { get; init; } = StartTokens.UserDirectory;

    /// <summary>Which store it serves, for a person and to tell it from others.</summary>
    internal string Place => Blobs is null ? Path.GetFullPath(Store) : BlobStorage.FullName(Blobs);
}
