namespace EnvelopeSdk.PackageTests;

/// <summary>A podman with a storage of its own, and a base image for services.</summary>
public sealed class Containers : IAsyncLifetime
{
    /// <summary>The name of the base image.</summary>
    public const string Base = "localhost/base:latest";

    /// <summary>Resource limits and groups of processes as the machine has them, so that it runs within a container too.</summary>
    private const string Configuration =
        """
        [containers]
        default_ulimits = []
        [engine]
        runtime = "runc"
        cgroup_manager = "cgroupfs"
        """;

    private const string Packages = "ca-certificates,libicu72,libssl3";

    private readonly string _root = Directory.CreateTempSubdirectory("containers-").FullName;

    /// <summary>What podman has to have in its environment: <c>NAME=VALUE</c>.</summary>
    public IReadOnlyList<string> Variables =>
    [
        $"CONTAINERS_CONF={Path.Combine(_root, "containers.conf")}",
        $"CONTAINERS_STORAGE_CONF={Path.Combine(_root, "storage.conf")}", $"DOCKER_CONFIG={_root}",
    ];

    /// <summary>What podman has to be given to be let in where it was logged in.</summary>
    public string[] Login => ["--authfile", Path.Combine(_root, "config.json")];

    public async Task InitializeAsync()
    {
        if (new ContainerFactAttribute().Skip is not null)
        {
            return;
        }

        await File.WriteAllTextAsync(Path.Combine(_root, "containers.conf"), Configuration);
        await File.WriteAllTextAsync(
            Path.Combine(_root, "storage.conf"),
            $"""
            [storage]
            driver = "vfs"
            graphroot = "{_root}/storage"
            runroot = "{_root}/run"
            """);
        var files = Path.Combine(_root, "files");
        await RunAsync("debootstrap", "--variant=minbase", $"--include={Packages}", "bookworm", files);
        await RunAsync("sh", "-c", $"rm -rf {files}/var/cache/apt/* {files}/usr/share/doc {files}/usr/share/locale");
        await RunAsync("tar", "-C", files, "-cf", files + ".tar", ".");
        await PodmanAsync("import", files + ".tar", Base);
        Directory.Delete(files, recursive: true);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    public Task<string> PodmanAsync(params string[] arguments) => RunAsync(["env", .. Variables, "podman", .. arguments]);

    /// <summary>Lets .NET and podman use a registry.</summary>
    public Task LogInAsync(string host, string secret) =>
        PodmanAsync(["login", "--tls-verify=false", .. Login, "--username", "_", "--password", secret, host]);

    private static Task<string> RunAsync(params string[] command) =>
        Products.RunAsync(new Dictionary<string, string>(), Path.GetTempPath(), command);
}
