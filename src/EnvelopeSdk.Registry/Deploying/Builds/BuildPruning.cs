using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Deploying.Builds;

/// <summary>Removes builds from time to time that nobody goes back to.</summary>
internal sealed class BuildPruning(
    DeploymentStore deployments, ConfigurationStore configurations, RunStore runs, ServiceBuilder builder,
    DeployingOptions options, TimeProvider clock)
{
    /// <summary>The builds of so many deployments of a configuration stay, to go back to.</summary>
    private const int KeptBuilds = 10;

    private long _pruned = clock.GetTimestamp();

    /// <param name="current">
    /// What is under way or runs. What is under way needs no more than its own build, and may wait for weeks.
    /// </param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(IReadOnlyList<DeploymentRow> current, CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(_pruned) < options.BetweenPrunes)
        {
            return;
        }

        _pruned = clock.GetTimestamp();
        var jobs = await runs.RecentAsync(options.Platform, cancellationToken);
        if (current.Count + jobs.Count == 0)
        {
            return;
        }

        var keys = new List<BuildKey>(jobs);
        foreach (var one in await KeptAsync(current, cancellationToken))
        {
            keys.Add(BuildKey.Of(one, await configurations.SettingsAsync(
                one.Configuration, one.Shown.Version, cancellationToken)));
        }

        await builder.PruneAsync(keys, cancellationToken);
    }

    /// <summary>The deployments whose builds stay.</summary>
    private async Task<IReadOnlyList<DeploymentRow>> KeptAsync(
        IReadOnlyList<DeploymentRow> current, CancellationToken cancellationToken)
    {
        var kept = new List<DeploymentRow>(current);
        foreach (var name in current.Select(one => one.Configuration).Distinct())
        {
            kept.AddRange(await deployments.ListAsync(name, null, KeptBuilds, cancellationToken));
        }

        foreach (var previous in current.Select(one => one.Shown.Previous).OfType<long>())
        {
            if (await deployments.FindAsync(previous, cancellationToken) is { } one)
            {
                kept.Add(one);
            }
        }

        return kept;
    }
}
