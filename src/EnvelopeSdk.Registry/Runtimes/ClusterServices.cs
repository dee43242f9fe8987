using System.Collections.Concurrent;
using System.Globalization;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Kubernetes;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>
/// Services on a cluster. Each deployment has objects of its own there, so that two of a configuration can run, and one
/// address, behind which the cluster keeps its replicas. Nobody waits for the cluster: what it said last holds.
/// </summary>
internal sealed class ClusterServices(EnginePlace place, ClusterConnection cluster, TimeProvider clock)
    : IServiceRuntime
{
    /// <summary>In the folder of an instance: the name of its service, of which the cluster may have objects.</summary>
    private const string Mark = "service";

    /// <summary>There from when all of it was applied: what was begun only is applied again.</summary>
    private const string Started = "started";

    private readonly ConcurrentDictionary<string, WatchedService> _watched = new();

    public string Name => ServiceRuntime.Kubernetes;

    public string? Lack => cluster.Lack;

    /// <summary>Its nodes pull images.</summary>
    public TimeSpan Delivery => cluster.Delivery;

    public IReadOnlyList<string> NewAddresses(DeploymentRow deployment, int count) =>
        [cluster.Known.UrlOf(ServiceManifests.NameOf(ServiceOf(deployment)), deployment.Id)];

    public Task PrepareAsync(string build, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DiscardAsync(string build, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(ServiceStart start, CancellationToken cancellationToken)
    {
        var service = ServiceOf(start.Deployment);
        var objects = ServiceManifests.Of(
            cluster.Known.ImageOf(start.Deployment, ServiceImage.Read(start.Build)) with { Service = service },
            start.Settings, cluster.Known.Kubernetes);
        Directory.CreateDirectory(place.InstanceOf(start.Instance.Id));
        File.WriteAllText(FileOf(start.Instance, Mark), service); // before: so it is known, whatever ends now
        _watched[start.Instance.Id] = new(cluster.Client, service, clock, async () =>
        {
            await cluster.Client.ApplyAsync(objects);
            File.WriteAllText(FileOf(start.Instance, Started), "");
        });
        return Task.CompletedTask;
    }

    public ValueTask<bool?> IsRunningAsync(Instance instance, CancellationToken cancellationToken) =>
        new(Watched(instance)?.IsThere());

    public bool IsComplete(Instance instance) => Watched(instance)?.IsReady() == true;

    public long? MemoryOf(Instance instance) => null;

    public async Task StopAsync(Instance instance, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (File.Exists(FileOf(instance, Mark)))
        {
            var client = cluster.Client; // without one what it has would stay there, and nobody would know of it
            if (_watched.TryRemove(instance.Id, out var watched))
            {
                await watched.SettleAsync(); // what is being applied would be there after its end
            }

            await client.DeleteAsync(
                await File.ReadAllTextAsync(FileOf(instance, Mark), cancellationToken), cancellationToken);
        }
    }

    public void Forget(Instance instance)
    {
        if (_watched.TryRemove(instance.Id, out var watched) && watched.Trouble is { } trouble)
        {
            Note(instance, trouble);
        }

        File.Delete(FileOf(instance, Started)); // what the cluster has of it is applied again, or removed
    }

    public void Remove(Instance instance)
    {
        _watched.TryRemove(instance.Id, out _);
        if (Directory.Exists(place.InstanceOf(instance.Id)))
        {
            Directory.Delete(place.InstanceOf(instance.Id), recursive: true);
        }
    }

    public void RotateLog(Instance instance)
    {
        // The cluster keeps what its pods write.
    }

    public void Note(Instance instance, string text)
    {
        Directory.CreateDirectory(place.InstanceOf(instance.Id));
        File.AppendAllText(LogOf(instance), text + "\n");
    }

    public async ValueTask<string> LogEndAsync(Instance instance, int lines, CancellationToken cancellationToken)
    {
        var own = LogFiles.End(LogOf(instance), lines);
        if (Watched(instance) is not { } watched)
        {
            return own;
        }

        // Of what is not there nobody is asked, since who notes an end has others to look after.
        var pods = watched.IsThere() ? await watched.LogEndAsync(lines, cancellationToken) : "";
        return string.Join('\n', new[] { own, watched.Trouble, pods }.Where(one => !string.IsNullOrWhiteSpace(one)));
    }

    /// <summary>The name of a deployment's service: no other deployment has it.</summary>
    private static string ServiceOf(DeploymentRow deployment) =>
        string.Create(CultureInfo.InvariantCulture, $"{deployment.Configuration}-{deployment.Id}");

    private string FileOf(Instance instance, string name) => Path.Combine(place.InstanceOf(instance.Id), name);

    private string LogOf(Instance instance) => FileOf(instance, "log");

    /// <returns>Null: it was not started.</returns>
    private WatchedService? Watched(Instance instance)
    {
        if (_watched.TryGetValue(instance.Id, out var known))
        {
            return known;
        }

        return File.Exists(FileOf(instance, Started)) && cluster.Options is not null
            ? _watched.GetOrAdd(
                instance.Id,
                _ => new(cluster.Client, File.ReadAllText(FileOf(instance, Mark)), clock, () => Task.CompletedTask))
            : null;
    }
}
