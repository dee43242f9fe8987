using System.Globalization;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>Services as processes of this machine.</summary>
internal sealed class LocalProcesses(EnginePlace place, FreePorts ports) : LocalRuntime(place, ports)
{
    /// <summary>The share of its memory that .NET may use for objects: the rest is code, stacks and models.</summary>
    private const double HeapShare = 0.75;

    public override string Name => ServiceRuntime.Process;

    public override string? Lack => OperatingSystem.IsWindows()
        ? "Services cannot be run as processes of Windows. Run the registry on Linux or macOS (WSL is one)."
        : null;

    protected override Task StartAsync(
        DetachedProcess process, ServiceStart start, CancellationToken cancellationToken)
    {
        string[] command =
        [
            DotnetHost.Path, Path.Combine(start.Build, ServiceProject.Assembly),
            $"--Envelope:Instance={start.Instance.Id}",
        ];
        return process.StartAsync(
            Place.User?.Command(command) ?? command, start.Build, EnvironmentOf(start), cancellationToken);
    }

    /// <summary>Nothing of the registry's own environment but what every program needs.</summary>
    private Dictionary<string, string> EnvironmentOf(ServiceStart start)
    {
        var environment = CleanEnvironment.Of(Place.User);
        foreach (var (name, value) in VariablesOf(start))
        {
            environment[name] = value;
        }

        environment["HOME"] = Place.MakeHome(start.Instance.Id);
        if (start.Settings.Limits.MemoryMegabytes is { } memory)
        {
            environment["DOTNET_GCHeapHardLimit"] =
                ((long)(memory * HeapShare) << 20).ToString("x", CultureInfo.InvariantCulture);
        }

        return environment;
    }
}
