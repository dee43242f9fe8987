using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Deploying.Builds;

namespace EnvelopeSdk.Registry.Batches.Jobs;

/// <summary>How a job is started.</summary>
/// <param name="Folder">The folder of the attempt.</param>
/// <param name="Run">The run.</param>
/// <param name="Name">
/// What the run is called by its jobs, whatever the attempt. Another place, or a database that was brought back, has
/// the same numbers for other runs, whose rows are not done yet.
/// </param>
/// <param name="Settings">The settings.</param>
/// <param name="Build">What was built.</param>
internal sealed record JobStart(
    AttemptFolder Folder, BatchRun Run, string Name, BatchSettings Settings, BuildKey Build);

/// <summary>Where a job is that was started.</summary>
/// <param name="IsRunning">Whether it runs; else it has ended, and the folder of the attempt says how.</param>
/// <param name="Waits">Why it does not begin; null: it has begun, or there is nothing to say.</param>
internal sealed record JobStatus(bool IsRunning, string? Waits = null);

/// <summary>
/// What runs jobs. What it has started goes on when the registry ends, and is found again by the folder of its attempt.
/// </summary>
internal interface IJobRuntime
{
    /// <summary>Its name in settings, one of <see cref="BatchRuntime"/>.</summary>
    string Name { get; }

    /// <summary>Where the files are that jobs read and write, if the registry cannot read them; null: it can.</summary>
    string? PlaceOfFiles { get; }

    /// <exception cref="EnvelopeException">It cannot run a batch so, or none; the message has the cure.</exception>
    void Check(BatchSettings settings);

    /// <summary>Starts a job, unless it was started.</summary>
    /// <exception cref="EnvelopeException">It cannot be started.</exception>
    Task StartAsync(JobStart start, CancellationToken cancellationToken);

    /// <returns>Null: it was not started.</returns>
    Task<JobStatus?> FindAsync(AttemptFolder folder, CancellationToken cancellationToken);

    /// <summary>Ends a job, and what it has left behind, and waits until nothing of it runs.</summary>
    /// <param name="folder">The folder of the attempt, which may be of another runtime.</param>
    /// <param name="patience">How long it may take to end by itself.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task StopAsync(AttemptFolder folder, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Keeps what it writes from becoming too much.</summary>
    void RotateLog(AttemptFolder folder);

    /// <summary>The last lines that it wrote.</summary>
    Task<string> LogEndAsync(AttemptFolder folder, int lines, CancellationToken cancellationToken);
}
