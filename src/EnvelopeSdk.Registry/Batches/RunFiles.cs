using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Batches.Jobs;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>What runs left in files, for who asks for it.</summary>
internal sealed class RunFiles(BatchStore batches, JobRuntimes runtimes, EnginePlace place)
{
    private const int LinesOfLog = 500;

    public const string ContentType = "application/octet-stream";

    /// <summary>
    /// The last lines that the latest attempt of a run wrote which wrote any, behind why others have failed.
    /// </summary>
    /// <exception cref="EnvelopeException">It ran elsewhere.</exception>
    public async Task<string> LogAsync(BatchRun one, CancellationToken cancellationToken)
    {
        await EnsureHereAsync(one, cancellationToken);
        var runtime = runtimes.Of(await batches.SettingsAsync(one.Batch, one.Version, cancellationToken));
        var failures = string.Concat(
            from attempt in Enumerable.Range(1, Math.Max(0, one.Attempt - 1))
            let failure = new AttemptFolder(place.RunOf(one.Id, attempt)).Failure
            where failure is not null
            select $"The attempt {attempt} failed: {failure}\n");
        for (var attempt = one.Attempt; attempt > 0; attempt--)
        {
            var folder = new AttemptFolder(place.RunOf(one.Id, attempt));
            if (await runtime.LogEndAsync(folder, LinesOfLog, cancellationToken) is { Length: > 0 } log)
            {
                return failures + log;
            }
        }

        return failures;
    }

    /// <summary>Why the latest attempt of a run failed, behind which it waits for the next; null: it does not.</summary>
    public string? FailureOf(BatchRun one) => one is { State: BatchRunState.Waiting, Attempt: > 0 }
        && new AttemptFolder(place.RunOf(one.Id, one.Attempt)).Failure is { } failure
            ? $"The attempt {one.Attempt} failed: {failure}" : null;

    /// <summary>How far the job of a run has come; null: it does not say, or the registry cannot look.</summary>
    public JobProgress? ProgressOf(BatchRun one) => new AttemptFolder(place.RunOf(one.Id, one.Attempt)).Progress();

    /// <summary>Whether the file is there that a run put rows aside in, as far as one look at it says.</summary>
    public bool HasQuarantine(BatchRun one) =>
        one.Quarantine is { } path && new AttemptFolder(place.RunOf(one.Id, one.Attempt)).HasKept(path);

    /// <summary>
    /// What writes the rows that a run could not answer. They are read with the rights of who ran the job, and through
    /// no link: the path is what settings say, and may lead to something else by now.
    /// </summary>
    /// <exception cref="EnvelopeException">There are none, they are gone, or it ran elsewhere.</exception>
    public async Task<Func<Stream, Task>> QuarantineAsync(BatchRun one, CancellationToken cancellationToken)
    {
        if (one is { Bad: > 0, Quarantine: null, State: BatchRunState.Succeeded })
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"The run {one.Id} of '{one.Batch}' wrote nothing, since an earlier one had done the same: the rows "
                + "that were put aside are that one's. GET the runs of the batch, and ask the one that wrote them.");
        }

        if (one is { State: BatchRunState.Failed, Bad: null, Quarantine: not null })
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"The run {one.Id} of '{one.Batch}' failed, and has not written '{one.Quarantine}'. Its reason says "
                + "why.");
        }

        if (one is not { Bad: > 0, Quarantine: { } path } || BatchRunState.Active.Contains(one.State))
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"The run {one.Id} of '{one.Batch}' put no rows aside. Runs do whose 'bad' is more than 0, of batches "
                + "with a quarantine.");
        }

        if (DatabaseTable.Parse(path) is { } table)
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"The rows that the run {one.Id} of '{one.Batch}' put aside are in the table '{table.Table}' of "
                + $"'{table.Address}', and in no file. Read them there.");
        }

        var settings = await batches.SettingsAsync(one.Batch, one.Version, cancellationToken);
        if (runtimes.Of(settings).PlaceOfFiles is { } elsewhere)
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"The rows that the run {one.Id} of '{one.Batch}' put aside are in '{path}', in {elsewhere}, which "
                + "this registry cannot read. Read them there.");
        }

        await EnsureHereAsync(one, cancellationToken);
        if (WhyGone(one, path) is { } why)
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"The rows that the run {one.Id} of '{one.Batch}' put aside are gone: '{path}' {why}. Run it again; "
                + "'{run}' in the settings gives each run a file of its own.");
        }

        if (place.User is { } user)
        {
            return to => user.CopyFileAsync(path, to, cancellationToken);
        }

        var file = File.OpenRead(path); // now: what cannot be read is said before the answer begins
        return async to =>
        {
            await using (file)
            {
                await file.CopyToAsync(to, cancellationToken);
            }
        };
    }

    /// <summary>What has become of a file; null: it is as the run left it.</summary>
    private string? WhyGone(BatchRun one, string path)
    {
        var isFile = place.User?.HasFile(path) ?? (File.Exists(path) && new FileInfo(path).LinkTarget is null);
        return !isFile ? "is no file any more"
            : !new AttemptFolder(place.RunOf(one.Id, one.Attempt)).HasKept(path)
            ? "was written again since it ended, by another run or by hand"
            : null;
    }

    private async Task EnsureHereAsync(BatchRun one, CancellationToken cancellationToken)
    {
        if (await batches.PlaceAsync(one.Batch, cancellationToken) is { } other && other != place.Id)
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"The runs of '{one.Batch}' are in the directory of services (--deploy-in) of another registry. Ask that "
                + "one.");
        }
    }
}
