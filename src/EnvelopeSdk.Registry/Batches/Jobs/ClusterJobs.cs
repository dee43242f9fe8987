using System.Collections.Concurrent;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Kubernetes;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Batches.Jobs;

/// <summary>
/// Jobs on a cluster, each attempt a Job with one pod. What the pod wrote, and how it ended, is taken into the folder
/// of the attempt at its end, and the cluster removes the Job a day later.
/// </summary>
internal sealed class ClusterJobs(ServiceBuilder builder, ClusterConnection cluster, TimeProvider clock) : IJobRuntime
{
    /// <summary>In the folder of an attempt: the name of its Job, which the cluster may have.</summary>
    private const string Mark = "job";

    /// <summary>There from when the cluster had it: what is gone since was removed, and is not made again.</summary>
    private const string Made = "made";

    /// <summary>How often the cluster is asked at most: an engine asks oftener.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (long Asked, JobStatus Status)> _said = new();

    public string Name => BatchRuntime.Kubernetes;

    public string? PlaceOfFiles => cluster.Options?.Kubernetes.BatchClaim is { } mount
        ? $"the claim '{mount.Claim}' of the cluster"
        : "a claim of the cluster";

    public void Check(BatchSettings settings)
    {
        if (cluster.Lack is { } lack)
        {
            throw SettingsFault.All(new SettingsFault("/runtime", lack));
        }

        JobManifests.Check(settings, cluster.Known.Kubernetes);
        ClusterPlaces.Check(settings, cluster.Known.Kubernetes.BatchClaim);
    }

    public async Task StartAsync(JobStart start, CancellationToken cancellationToken)
    {
        var (folder, one, run, settings, build) = start;
        var job = new ClusterJob(
            one.Batch, run, one.Id, one.Attempt,
            $"{cluster.Known.ImageRegistry}/{ServiceImage.Read(builder.FolderOf(build))}", build.Envelope.Name,
            build.Envelope.Digest.ToString(), build.Platform, WordsOf(one, settings, run));
        var made = JobManifests.Of(job, settings, cluster.Known.Kubernetes);
        Directory.CreateDirectory(folder.Path);
        await File.WriteAllTextAsync(folder.At(Mark), made.Metadata.Name, cancellationToken); // before: so it is known
        await cluster.Client.CreateJobAsync(made, cancellationToken);
    }

    public async Task<JobStatus?> FindAsync(AttemptFolder folder, CancellationToken cancellationToken)
    {
        if (folder.HasEnded)
        {
            return new(false);
        }

        if (JobIn(folder) is not { } job)
        {
            return null;
        }

        if (_said.TryGetValue(folder.Path, out var said) && clock.GetElapsedTime(said.Asked) < Interval)
        {
            return said.Status;
        }

        var asked = clock.GetTimestamp();
        var state = await cluster.Client.FindJobAsync(job, cancellationToken);
        var status = await TakeAsync(folder, job, state, cancellationToken);
        if (status is { IsRunning: true })
        {
            _said[folder.Path] = (asked, status);
        }

        return status;
    }

    public async Task StopAsync(AttemptFolder folder, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (folder.HasEnded || JobIn(folder) is not { } job)
        {
            return;
        }

        var state = await cluster.Client.FindJobAsync(job, cancellationToken);
        if (state?.Code is not null)
        {
            await EndAsync(folder, job, state, cancellationToken); // it was faster
            return;
        }

        await EndWithoutAsync(folder, job, state, null, cancellationToken);
    }

    public void RotateLog(AttemptFolder folder)
    {
        // The cluster keeps what its pods write.
    }

    public async Task<string> LogEndAsync(AttemptFolder folder, int lines, CancellationToken cancellationToken)
    {
        if (folder.HasEnded || JobIn(folder) is not { } job)
        {
            return LogFiles.End(folder.LogFile, lines);
        }

        try
        {
            return await cluster.Client.FindJobAsync(job, cancellationToken) is { HasBegun: false } state
                ? state.Reason ?? ""
                : await cluster.Client.JobLogEndAsync(job, lines, cancellationToken);
        }
        catch (EnvelopeException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>Takes what the cluster says of a Job.</summary>
    private async Task<JobStatus?> TakeAsync(
        AttemptFolder folder, string job, JobState? state, CancellationToken cancellationToken)
    {
        switch (state)
        {
            case null when !File.Exists(folder.At(Made)):
                return null; // it was about to be made when a registry ended, or the cluster did not answer
            case null:
                Ended(folder, "", $"The Job '{job}' was removed from the cluster before its end was known.");
                return new(false);
            case { Code: not null }:
                await EndAsync(folder, job, state, cancellationToken);
                return new(false);
            case { HasBegun: false } when clock.GetUtcNow() - state.Made > cluster.Delivery:
                var reason = $"It did not begin in {cluster.Delivery.TotalSeconds:0} seconds: "
                    + (state.Reason ?? "the cluster does not say why") + ".";
                await EndWithoutAsync(folder, job, state, reason, cancellationToken);
                return new(false);
            default:
                await File.WriteAllTextAsync(folder.At(Made), "", cancellationToken);
                return new(true, state.HasBegun ? null : state.Reason);
        }
    }

    /// <summary>Takes a Job that has ended, which stays for who wants to look at it.</summary>
    private async Task EndAsync(AttemptFolder folder, string job, JobState state, CancellationToken cancellationToken)
    {
        await KeepLogAsync(folder, job, state, cancellationToken);
        Ended(folder, state.Code!, state.Reason, state.Ended);
    }

    /// <summary>Ends a Job that the cluster has not ended, and waits until it has.</summary>
    private async Task EndWithoutAsync(
        AttemptFolder folder, string job, JobState? state, string? reason, CancellationToken cancellationToken)
    {
        await KeepLogAsync(folder, job, state, cancellationToken);
        await cluster.Client.DeleteJobAsync(job, cancellationToken);
        Ended(folder, "", reason);
    }

    private void Ended(AttemptFolder folder, string code, string? reason, DateTimeOffset? time = null)
    {
        folder.End(code, reason, time);
        _said.TryRemove(folder.Path, out _);
    }

    private async Task KeepLogAsync(
        AttemptFolder folder, string job, JobState? state, CancellationToken cancellationToken)
    {
        if (state is { HasBegun: true })
        {
            var copy = folder.At("log.partial");
            await using (var to = File.Create(copy))
            {
                await cluster.Client.CopyJobLogAsync(job, to, cancellationToken);
            }

            if (new FileInfo(copy).Length > 0) // else the pod has gone since it was seen
            {
                await PodLog.SplitAsync(copy, folder, cancellationToken);
            }
        }
    }

    /// <summary>
    /// All memory that the container has is twice what reading and writing take: the model needs some too.
    /// </summary>
    private static IReadOnlyList<string> WordsOf(BatchRun one, BatchSettings settings, string run) => JobWords.Of(
        one, settings with { MemoryMegabytes = settings.MemoryMegabytes / 2 }, run, JobManifests.Temporary);

    /// <returns>Null: none was to be made.</returns>
    private static string? JobIn(AttemptFolder folder) =>
        File.Exists(folder.At(Mark)) ? File.ReadAllText(folder.At(Mark)) : null;
}
