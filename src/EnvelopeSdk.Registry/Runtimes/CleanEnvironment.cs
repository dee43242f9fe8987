namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>
/// The variables that a program needs and that are no secret: the registry's own may be, so that what is not named here
/// is not handed on.
/// </summary>
internal static class CleanEnvironment
{
    private static readonly string[] Needed =
        ["PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "DOTNET_ROOT", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    private static readonly string[] NeededForBuilds =
    [
        "HOME", "NUGET_PACKAGES", "NUGET_HTTP_CACHE_PATH", "DOTNET_CLI_HOME", "http_proxy", "https_proxy", "no_proxy",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "DOCKER_CONFIG", "DOTNET_CONTAINER_INSECURE_REGISTRIES",
    ];

    private static readonly string[] NeededForContainers =
        ["HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "CONTAINERS_CONF", "CONTAINERS_STORAGE_CONF"];

    /// <param name="user">Who runs the program; null: the registry's user.</param>
    public static Dictionary<string, string> Of(ServiceUser? user) => For(user, Of(Needed));

    /// <param name="user">Who builds; null: the registry's user.</param>
    public static Dictionary<string, string> OfBuilds(ServiceUser? user) =>
        For(user, Of([.. Needed, .. NeededForBuilds]));

    /// <summary>Those of podman, which says itself what its containers get.</summary>
    public static Dictionary<string, string> OfContainers() => Of([.. Needed, .. NeededForContainers]);

    private static Dictionary<string, string> For(ServiceUser? user, Dictionary<string, string> environment) =>
        user is null ? environment : ServiceUser.Without(environment);

    private static Dictionary<string, string> Of(IEnumerable<string> names) => names
        .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
        .Where(one => one.Value is not null).ToDictionary(one => one.Name, one => one.Value!);
}
