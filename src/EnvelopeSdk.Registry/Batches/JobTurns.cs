using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>
/// Lets no more jobs run at once on this machine than it has processors, or is told: many batches have one time at
/// night, and each job takes all threads, and memory of its own. Of those that wait, the earlier run is first. A cluster
/// has turns of its own.
/// </summary>
internal sealed class JobTurns(RunStore runs, BatchStore batches, EnginePlace place, DeployingOptions options)
    : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly HashSet<long> _waiting = []; // runs whose turn had not come yet

    public void Dispose() => _one.Dispose();

    /// <summary>Lets the job of a run begin, or says what it waits for.</summary>
    /// <param name="row">A run whose job is built.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="begin">Lets it be one that runs.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null: it has begun.</returns>
    public async Task<string?> WaitsForAsync(
        RunRow row, BatchSettings settings, Func<Task> begin, CancellationToken cancellationToken)
    {
        if (settings.Runtime != BatchRuntime.Process)
        {
            await begin();
            return null;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (await CountAsync(row.Shown.Id, cancellationToken) >= options.MostJobs)
            {
                _waiting.Add(row.Shown.Id);
                return $"It waits for its turn: {options.MostJobs} "
                    + (options.MostJobs == 1 ? "job of a batch runs" : "jobs of batches run")
                    + " at once on this machine (--batch-jobs).";
            }

            _waiting.Remove(row.Shown.Id);
            await begin();
            return null;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>How many jobs run, or wait since before a run.</summary>
    private async Task<int> CountAsync(long run, CancellationToken cancellationToken)
    {
        var active = await runs.ActiveAsync(place.Id, cancellationToken);
        _waiting.IntersectWith(
            active.Where(one => one is { Stop: null, Shown.State: BatchRunState.Building }).Select(one => one.Shown.Id));
        var count = active.Count(one => one.Shown.Id < run && _waiting.Contains(one.Shown.Id));
        foreach (var one in active.Select(one => one.Shown).Where(one => one.State == BatchRunState.Running))
        {
            var settings = await batches.SettingsAsync(one.Batch, one.Version, cancellationToken);
            count += settings.Runtime == BatchRuntime.Process ? 1 : 0;
        }

        return count;
    }
}
