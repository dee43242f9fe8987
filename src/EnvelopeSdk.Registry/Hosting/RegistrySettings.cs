using System.Globalization;
using EnvelopeSdk.Registry.Access;
using Microsoft.Extensions.Configuration;

namespace EnvelopeSdk.Registry.Hosting;

/// <summary>
/// How a registry is run as far as its surroundings say: variables of the environment, and else the section
/// <c>Registry</c> of <c>appsettings.json</c>. What is null nobody has said.
/// </summary>
public sealed record RegistrySettings
{
    /// <summary>What the names of the environment's variables begin with: <c>ENVELOPE_REGISTRY_URLS</c>.</summary>
    public const string Prefix = "ENVELOPE_REGISTRY_";

    /// <summary>The file.</summary>
    public const string FileName = "appsettings.json";

    private const string Section = "Registry";
    private const string RolesOfOidc = "Oidc:Roles";

    private static readonly string[] Names =
    [
        "Urls", "Database", "Blobs", "BehindProxy", "Certificate", "CertificateKey", "Advisories", "DeployIn",
        "GatewayUrls", "PublicUrl", "RunAs", "KeepDeployments", "BatchJobs", "Oidc:Authority", "Oidc:Audience",
        "Oidc:RoleClaim",
    ];

    /// <summary>Where it listens, with <c>;</c> between addresses.</summary>
    public string? Urls { get; init; }

    /// <summary>Its database, as <see cref="ServerOptions.Database"/> has it.</summary>
    public string? Database { get; init; }

    /// <summary>Its content, as <see cref="ServerOptions.Blobs"/> has it.</summary>
    public string? Blobs { get; init; }

    /// <summary>Whether a proxy stands before it.</summary>
    public bool? BehindProxy { get; init; }

    /// <summary>Its certificate, as <see cref="ServerOptions.Certificate"/> has it.</summary>
    public string? Certificate { get; init; }

    /// <summary>The key of its certificate, as <see cref="ServerOptions.CertificateKey"/> has it.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Whether feeds are asked for lists of vulnerable packages.</summary>
    public bool? Advisories { get; init; }

    /// <summary>Where services are built and run, as <see cref="Deploying.DeployingOptions.Directory"/> has it.</summary>
    public string? DeployIn { get; init; }

    /// <summary>Where the gateway listens, with <c>;</c> between addresses.</summary>
    public string? GatewayUrls { get; init; }

    /// <summary>How callers reach the gateway.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>As whom services run, as <see cref="Deploying.DeployingOptions.RunAs"/> has it.</summary>
    public string? RunAs { get; init; }

    /// <summary>
    /// For how many days deployments are known that have ended, as
    /// <see cref="Deploying.DeployingOptions.KeepDays"/> has it.
    /// </summary>
    public int? KeepDeployments { get; init; }

    /// <summary>
    /// How many jobs of batches run at once, as <see cref="Deploying.DeployingOptions.MostJobs"/> has it.
    /// </summary>
    public int? BatchJobs { get; init; }

    /// <summary>Who else says who somebody is.</summary>
    public OidcOptions? Oidc { get; init; }

    /// <summary>Reads them.</summary>
    /// <param name="directory">Where the file is, if there is one.</param>
    /// <param name="environment">The variables of the environment.</param>
    /// <exception cref="EnvelopeException">
    /// The file is no JSON, there is no setting of a name, or a value has another form. Values are not named: there are
    /// passwords among them.
    /// </exception>
    public static RegistrySettings Load(string directory, IEnumerable<KeyValuePair<string, string>> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var values = Values(Path.Combine(Path.GetFullPath(directory), FileName));
        foreach (var (name, value) in environment.Where(one => IsSetting(one.Key)))
        {
            values[Known(KeyOf(name[Prefix.Length..]), $"The variable {name}")] = (value, $"The variable {name}");
        }

        return new()
        {
            Urls = Text("Urls"),
            Database = Text("Database"),
            Blobs = Text("Blobs"),
            BehindProxy = Switch("BehindProxy"),
            Certificate = Text("Certificate"),
            CertificateKey = Text("CertificateKey"),
            Advisories = Switch("Advisories"),
            DeployIn = Text("DeployIn"),
            GatewayUrls = Text("GatewayUrls"),
            PublicUrl = Text("PublicUrl"),
            RunAs = Text("RunAs"),
            KeepDeployments = Count("KeepDeployments"),
            BatchJobs = Count("BatchJobs"),
            Oidc = values.Keys.Any(key => key.StartsWith("Oidc:", StringComparison.Ordinal)) ? ReadOidc() : null,
        };

        bool? Switch(string key) => values.TryGetValue(key, out var one) ? YesOrNo(one.Value, one.From) : null;

        int? Count(string key) => values.TryGetValue(key, out var one) ? CountOf(one.Value, one.From) : null;

        string? Text(string key) => values.TryGetValue(key, out var one) && one.Value.Length > 0 ? one.Value : null;

        OidcOptions ReadOidc()
        {
            var oidc = new OidcOptions
            {
                Authority = Text("Oidc:Authority") ?? "",
                Audience = Text("Oidc:Audience") ?? "",
                Roles = values.Where(one => one.Key.StartsWith(RolesOfOidc + ":", StringComparison.Ordinal))
                    .ToDictionary(
                        one => one.Key[(RolesOfOidc.Length + 1)..], one => one.Value.Value, StringComparer.Ordinal),
            };
            return Text("Oidc:RoleClaim") is { } claim ? oidc with { RoleClaim = claim } : oidc;
        }
    }

    /// <summary>Kubernetes puts the addresses of a service called so into variables that begin alike.</summary>
    private static bool IsSetting(string variable) =>
        variable.StartsWith(Prefix, StringComparison.Ordinal)
        && variable[Prefix.Length..] is var rest && rest != "PORT" && !rest.StartsWith("PORT_", StringComparison.Ordinal)
        && !rest.StartsWith("SERVICE_", StringComparison.Ordinal);

    /// <summary>Of a role's value the underscores are its own.</summary>
    private static string KeyOf(string variable)
    {
        const string Roles = "OIDC__ROLES__";
        return variable.StartsWith(Roles, StringComparison.OrdinalIgnoreCase)
            ? $"{RolesOfOidc}:{variable[Roles.Length..]}"
            : variable.Replace("__", ":", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
    }

    private static Dictionary<string, (string Value, string From)> Values(string path)
    {
        var values = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var (key, value) in Read(path).AsEnumerable(makePathsRelative: true))
        {
            if (value is not null)
            {
                var from = $"'{Section}:{key}' in '{path}'";
                values[Known(key, from)] = (value, from);
            }
        }

        return values;
    }

    private static IConfigurationSection Read(string path)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(path, optional: true).Build().GetSection(Section);
        }
        catch (Exception failure) when (failure is InvalidDataException or FormatException or IOException)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{path}' cannot be read: {failure.GetBaseException().Message} Mend it, or run the registry elsewhere.",
                failure);
        }
    }

    private static string Known(string key, string from) =>
        Names.FirstOrDefault(name => string.Equals(name, key, StringComparison.OrdinalIgnoreCase))
        ?? (key.StartsWith(RolesOfOidc + ":", StringComparison.OrdinalIgnoreCase)
            ? RolesOfOidc + key[RolesOfOidc.Length..]
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"{from} is no setting of a registry. There is: {string.Join(", ", Names)}, {RolesOfOidc}:VALUE."));

    private static int CountOf(string value, string from) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
            : throw new EnvelopeException(EnvelopeError.Invalid, $"{from} is no whole number.");

    private static bool YesOrNo(string value, string from) => bool.TryParse(value, out var isSo) ? isSo
        : throw new EnvelopeException(EnvelopeError.Invalid, $"{from} is neither true nor false.");
}
