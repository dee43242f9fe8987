using EnvelopeSdk.Batches;

namespace EnvelopeSdk.Registry.Batches.Jobs;

/// <summary>All that run jobs, by their names.</summary>
internal sealed class JobRuntimes(IEnumerable<IJobRuntime> runtimes)
{
    private readonly Dictionary<string, IJobRuntime> _runtimes = runtimes.ToDictionary(one => one.Name);

    /// <summary>What runs the jobs of a batch.</summary>
    public IJobRuntime Of(BatchSettings settings) => _runtimes[settings.Runtime];

    /// <summary>Ends what runs of an attempt, whatever runs it, and forgets the attempt.</summary>
    public async Task RemoveAsync(AttemptFolder folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder.Path))
        {
            return;
        }

        await StopAsync(folder, cancellationToken);
        Directory.Delete(folder.Path, recursive: true);
    }

    /// <summary>Ends what runs of an attempt, whatever runs it.</summary>
    public async Task StopAsync(AttemptFolder folder, CancellationToken cancellationToken)
    {
        foreach (var runtime in _runtimes.Values)
        {
            await runtime.StopAsync(folder, TimeSpan.Zero, cancellationToken);
        }
    }
}
