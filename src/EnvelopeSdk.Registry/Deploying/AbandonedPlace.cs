using EnvelopeSdk.Registry.Batches.Jobs;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Deploying.Routing;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>What a registry that has ended left running: services, builds, runs of batches and the gateway.</summary>
internal static class AbandonedPlace
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Ends all of it. Nobody may work in the place any more.</summary>
    /// <param name="directory">The directory of builds and processes.</param>
    /// <param name="gatewayDirectory">The directory of the gateway.</param>
    public static async Task EndAsync(string directory, string gatewayDirectory)
    {
        var place = Path.GetFullPath(directory);
        var processes = Folders(Path.Combine(place, "instances"), "*")
            .Select(folder => new DetachedProcess(folder, Path.GetFileName(folder)))
            .Concat(Folders(Path.Combine(place, "builds"), "*" + ServiceBuilder.Partial)
                .Select(folder => new DetachedProcess(folder, folder)))
            .Concat(Folders(Path.Combine(place, "runs"), "*").Select(JobProcesses.In))
            .Append(GatewayProcess.Of(place, gatewayDirectory));
        foreach (var process in processes)
        {
            await process.StopAsync(Patience, CancellationToken.None);
        }
    }

    private static string[] Folders(string directory, string pattern) =>
        Directory.Exists(directory) ? Directory.GetDirectories(directory, pattern) : [];
}
