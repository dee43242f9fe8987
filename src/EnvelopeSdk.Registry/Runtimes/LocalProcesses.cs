using System.Globalization;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>Services as processes of this machine, of the user of the registry.</summary>
internal sealed class LocalProcesses(EnginePlace place) : IServiceRuntime
{
    /// <summary>The share of its memory that .NET may use for objects: the rest is code, stacks and models.</summary>
    private const double HeapShare = 0.75;

    public async Task StartAsync(ServiceStart start, CancellationToken cancellationToken)
    {
        var directory = place.InstanceOf(start.Instance.Id);
        Directory.CreateDirectory(directory);
        await ProcessOf(start.Instance).StartAsync(
            [DotnetHost.Path, start.Program, $"--Envelope:Instance={start.Instance.Id}"],
            Path.GetDirectoryName(start.Program)!, EnvironmentOf(start, directory), cancellationToken);
    }

    public bool? IsRunning(Instance instance) => ProcessOf(instance).IsRunning;

    public long? MemoryOf(Instance instance) => ProcessOf(instance).Memory;

    public Task StopAsync(Instance instance, TimeSpan patience, CancellationToken cancellationToken) =>
        ProcessOf(instance).StopAsync(patience, cancellationToken);

    public void Forget(Instance instance) => ProcessOf(instance).Forget();

    public void Remove(Instance instance)
    {
        if (Directory.Exists(place.InstanceOf(instance.Id)))
        {
            Directory.Delete(place.InstanceOf(instance.Id), recursive: true);
        }
    }

    public void RotateLog(Instance instance) => LogFiles.Rotate(ProcessOf(instance).LogFile);

    public void Note(Instance instance, string text)
    {
        Directory.CreateDirectory(place.InstanceOf(instance.Id));
        File.AppendAllText(ProcessOf(instance).LogFile, text + "\n");
    }

    public string LogEnd(Instance instance, int lines) => LogFiles.End(ProcessOf(instance).LogFile, lines);

    private DetachedProcess ProcessOf(Instance instance) => new(place.InstanceOf(instance.Id), instance.Id);

    /// <summary>Nothing of the registry's own environment but what every program needs.</summary>
    private static Dictionary<string, string> EnvironmentOf(ServiceStart start, string directory)
    {
        var environment = CleanEnvironment.Of();
        foreach (var (name, value) in start.Environment)
        {
            environment[name] = value;
        }

        environment["HOME"] = directory;
        environment["ASPNETCORE_URLS"] = start.Instance.Address;
        environment["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        if (start.MemoryMegabytes is { } memory)
        {
            environment["DOTNET_GCHeapHardLimit"] =
                ((long)(memory * HeapShare) << 20).ToString("x", CultureInfo.InvariantCulture);
        }

        return environment;
    }
}
