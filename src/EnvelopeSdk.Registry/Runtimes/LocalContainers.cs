using System.Globalization;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>
/// Services as containers of podman on this machine. Each is run by a podman in the foreground, which ends with it and
/// hands on what it is told; so it is known, logged and ended as a process is. The kernel holds its memory.
/// </summary>
internal sealed class LocalContainers(EnginePlace place, FreePorts ports) : LocalRuntime(place, ports)
{
    /// <summary>Loads the image where it was removed since. Its arguments: image, archive, what runs it.</summary>
    private const string Script =
        """
        podman image exists "$1" || podman load --quiet --input "$2" || exit; shift 2; exec "$@"
        """;

    /// <summary>That of .NET's images which is not root, whatever a build has written into its image.</summary>
    private const string User = "1654:1654";

    public override string Name => ServiceRuntime.Container;

    public override string? Lack => Podman.IsInstalled
        ? null
        : "Containers are run by podman, which is not there. Install it (apt-get install podman), or let services be "
            + $"processes: runtime '{ServiceRuntime.Process}'.";

    public override async Task PrepareAsync(string build, CancellationToken cancellationToken)
    {
        if (!await Podman.HasImageAsync(ServiceImage.Read(build).Id, cancellationToken))
        {
            await Podman.RunAsync(["load", "--quiet", "--input", ServiceImage.ArchiveOf(build)], cancellationToken);
        }
    }

    public override async Task DiscardAsync(string build, CancellationToken cancellationToken)
    {
        if (ServiceImage.IsOf(build) && Podman.IsInstalled
            && ServiceImage.Read(build).Id is var image && await Podman.HasImageAsync(image, cancellationToken))
        {
            await Podman.RunAsync(["rmi", image], cancellationToken);
        }
    }

    public override long? MemoryOf(Instance instance) => null;

    public override async Task StopAsync(Instance instance, TimeSpan patience, CancellationToken cancellationToken)
    {
        await base.StopAsync(instance, patience, cancellationToken);
        if (File.Exists(MarkOf(instance)))
        {
            // Where podman itself was killed, its container goes on.
            await Podman.RunAsync(["rm", "--force", "--ignore", "--time", "0", NameOf(instance)], cancellationToken);
        }
    }

    protected override Task StartAsync(
        DetachedProcess process, ServiceStart start, CancellationToken cancellationToken)
    {
        File.Create(MarkOf(start.Instance)).Dispose();
        var variables = VariablesOf(start);
        var image = ServiceImage.Read(start.Build).Id;
        var environment = CleanEnvironment.OfContainers();
        foreach (var (name, value) in variables)
        {
            environment[name] = value; // from here podman takes them: a command line is no place for secrets
        }

        return process.StartAsync(
            [
                "sh", "-c", Script, "sh", image, ServiceImage.ArchiveOf(start.Build),
                "podman", "run", "--rm", "--replace", "--name", NameOf(start.Instance),
                .. Limits(start.Settings.Limits), "--env", "HOME=/tmp",
                "--env", "ASPNETCORE_HTTP_PORTS=", // which images set, beside where it listens
                .. variables.Keys.SelectMany(name => (string[])["--env", name]), image,
            ],
            "/", environment, cancellationToken);
    }

    /// <summary>
    /// It reads its image and writes to <c>/tmp</c> alone, without any right of the kernel. It shares the network, and
    /// listens on loopback, where the gateway is.
    /// </summary>
    private static IEnumerable<string> Limits(ServiceLimits limits) =>
    [
        "--pull", "never", "--user", User, "--network", "host", "--http-proxy=false", "--read-only",
        "--tmpfs", "/tmp", "--cap-drop", "all",
        "--security-opt", "no-new-privileges", "--log-driver", "none",
        .. limits.MemoryMegabytes is { } most
            ? ["--memory", string.Create(CultureInfo.InvariantCulture, $"{most}m")]
            : (string[])[],
    ];

    /// <summary>A file that is there where a container was started, whatever a database knows of it.</summary>
    private string MarkOf(Instance instance) => Path.Combine(Place.InstanceOf(instance.Id), "container");

    private static string NameOf(Instance instance) => "envelope-" + instance.Id;
}
