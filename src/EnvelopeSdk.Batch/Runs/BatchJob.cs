using System.Diagnostics;
using System.Globalization;
using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Sources;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Targets;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>
/// Turns a table into one with answers. All that can be said of columns and places is said before a row is read; rows
/// are finished in parts, and a run that was killed goes on behind the last of them.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">What is done.</param>
/// <param name="digests">Those of the input, which may be read already.</param>
/// <param name="listener">Is told how far it is.</param>
internal sealed class BatchJob(ServedModel model, BatchOptions options, FileDigests digests, IJobListener listener)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private string? _taken; // the id of what this has a folder for

    /// <summary>Does it.</summary>
    /// <returns>What was done, now or before.</returns>
    /// <exception cref="EnvelopeException">It cannot be done.</exception>
    public async Task<RunManifest> RunAsync(CancellationToken cancellationToken)
    {
        using var targets = new JobTargets(options);
        var query = JobQuery.Find(model, options.Query);
        try
        {
            return await RunAsync(query, targets, cancellationToken);
        }
        catch (Exception) when (_taken is not null && !cancellationToken.IsCancellationRequested)
        {
            LeftFolder.Leave(targets.Output.WorkPath, _taken);
            throw;
        }
    }

    private async Task<RunManifest> RunAsync(
        QuerySchema query, JobTargets targets, CancellationToken cancellationToken)
    {
        try
        {
            using var tables = new DuckTables(
                SpillOf(targets.Output), options.Memory ?? EngineMemory.Least, ThreadsOf(query));
            using var interruption = new Interruption(tables, cancellationToken);
            targets.Open(tables);
            var search = new SourceSearch(tables, targets.Has, options.Quarantine is not null, digests.Look);
            using var source = await search.FindAsync(options.Input, cancellationToken);
            return await RunAsync(tables, query, source, targets, cancellationToken);
        }
        catch (DuckException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (DuckException failure) when (failure.IsOfMemory)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The rows of '{options.Input}' are too much for the memory of the engine: {failure.Message} Give it "
                + "more with --memory MEGABYTES, or let fewer columns be kept with --key.",
                failure);
        }
        catch (DuckException failure) when (failure.IsOfDisk || failure.IsOfOthers)
        {
            var why = failure.IsOfOthers
                ? "Another program has the database open: wait for its end."
                : "The disk of the output or of --spill may be full, or not be written by this user.";
            throw new EnvelopeException(
                EnvelopeError.Unavailable, $"The table cannot be read or written: {failure.Message} {why}", failure);
        }
        catch (DuckException failure)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"The table cannot be read or written: {failure.Message}", failure);
        }
    }

    private async Task<RunManifest> RunAsync(
        DuckTables tables, QuerySchema query, TableSource source, JobTargets targets,
        CancellationToken cancellationToken)
    {
        if (source.Files.Count == 0 && options.Shard is not null)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                "--shard cuts the rows of files. Each job would ask a query anew, which may answer in another order: "
                + "let it say which rows are meant, or write them into a file first.");
        }

        var columns = await source.ColumnsAsync(cancellationToken);
        var plan = RowPlan.Of(query, model.Content.Record.Schema, columns, source.Form, options, source.KeepsUnread);
        if (options.Memory is null)
        {
            tables.Limit(EngineMemory.Of(plan.ReadColumns.Count + plan.OutputColumns.Count));
        }

        var job = await JobIdentity.OfAsync(
            model.Content.Reference.ToString(), plan, options, targets, source, digests);
        var isAskedAnew = source.Files.Count == 0;
        job = isAskedAnew ? job with { Run = options.Run } : job;
        var isKnown = !isAskedAnew || job.Run is not null;
        if (isKnown && !WorkFolder.IsEnding(targets.Output.WorkPath, job.Id) && targets.ReadDone(job) is { } done)
        {
            EnsureFew(done);
            targets.Complete(done);
            LeftFolder.Sweep(targets.Output.WorkPath, done.Id);
            return Before(done);
        }

        using var work = WorkFolder.Open(targets.Output.WorkPath);
        targets.Refresh();
        job = isKnown ? job : work.RunOf(job);
        targets.Hold(job.Id, options);
        if (targets.Recover(work, job.Id) is { } recovered)
        {
            if (!isKnown && options.Overwrite)
            {
                return await RunAsync(tables, query, source, targets, cancellationToken);
            }

            EnsureFew(recovered);
            return isKnown ? recovered : OfEarlier(recovered);
        }

        if (isKnown && targets.ReadDone(job) is { } since)
        {
            EnsureFew(since);
            targets.Complete(since);
            work.Remove();
            return Before(since); // another run was faster
        }

        targets.EnsureFree(options, plan);
        work.Take(job, options);
        _taken = job.Id;
        await LoadAsync(cancellationToken);
        var parts = await AnswerAsync(tables, work, source, plan, job.Id, cancellationToken);
        return Publish(tables, targets, work, job, parts);
    }

    /// <summary>Says that all of it was done before.</summary>
    private RunManifest Before(RunManifest done)
    {
        listener.Warn(string.Create(
            CultureInfo.InvariantCulture,
            $"This was done at {done.Finished:u} and is not done again{(done.Job.Run is null ? "" : ": --run names "
                + "the same run")}."));
        return done with { Before = true };
    }

    /// <summary>Says that an earlier run was brought to its end, and that is all.</summary>
    private RunManifest OfEarlier(RunManifest done)
    {
        listener.Warn(string.Create(
            CultureInfo.InvariantCulture,
            $"These are the rows of a run that was killed at its very end, at {done.Finished:u}: they were there but ")
            + "for the last step. Nothing was asked anew: run the job once more for that. Runs that have each a name, "
            + "with --run, are told apart.");
        return done;
    }

    private async Task<List<PartCounts>> AnswerAsync(
        DuckTables tables, WorkFolder work, TableSource source, RowPlan plan, string job,
        CancellationToken cancellationToken)
    {
        var snapshot = new RowSnapshot(tables, work, source, listener, () => digests.EnsureUnchanged());
        var ranges = await snapshot.CutAsync(
            plan.ReadColumns, options.Shard ?? Shard.Whole, SizeAsync, cancellationToken);
        source.Dispose(); // others may have it
        using var threads = ThreadsOf(plan.Query) is > 1 and var count ? new CallThreads(count) : null;
        try
        {
            var parts = new JobParts(model, plan, options, job, tables, work, listener)
            {
                Threads = threads,
                Finishing = snapshot.IsTaken ? null : range => digests.EnsureUnchanged(range.File),
            }.Answer(ranges, cancellationToken);
            snapshot.Release();
            return parts;
        }
        catch (BadRowException bad)
        {
            var fault = bad.Fault.File is null && digests.Changed() is null
                && await source.PlaceAsync(bad.Fault.Row, cancellationToken) is { } place
                ? bad.Fault with { File = place.File, Row = place.Row } : bad.Fault;
            throw new EnvelopeException(
                EnvelopeError.Mismatch, $"{fault} --quarantine FILE puts such rows aside and goes on.", bad);
        }

        async Task<long> SizeAsync(long rows) => work.SizeOfParts(
            options.RowsPerPart ?? await PartSize.OfAsync(model, plan.Query, rows, cancellationToken));
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var different = await model.LoadAsync([], cancellationToken);
        if (different.Count > 0)
        {
            listener.Warn(
                $"{different.Count} of the {model.Examples.Count} recorded examples are answered otherwise than when "
                + "the envelope was saved.");
        }
    }

    /// <exception cref="EnvelopeException">More rows could not be answered than may be.</exception>
    private void EnsureFew(RunManifest done)
    {
        if (options.MaxBad?.IsExceeded(done.Bad, done.Rows) == true)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"{done.Bad} of {done.Rows} rows could not be answered when '{done.Output}' was made, and --max-bad "
                + $"allows {options.MaxBad}. It is left as it is.");
        }
    }

    private RunManifest Publish(
        DuckTables tables, JobTargets targets, WorkFolder work, JobIdentity job, List<PartCounts> parts)
    {
        var (rows, bad) = (parts.Sum(one => one.Rows), parts.Sum(one => one.Bad));
        if (options.MaxBad?.IsExceeded(bad, rows) == true)
        {
            var first = parts.FindIndex(one => one.Bad > 0);
            throw JobParts.TooMany(
                bad, $"of {rows} rows", options,
                $"Which and why is in '{work.BadPartOf(first)}', of the first of them. {JobParts.GoesOn}");
        }

        if (rows > 0 && bad == rows)
        {
            listener.Warn("No row could be answered: all are in the quarantine, and the output has none.");
        }

        var manifest = new RunManifest(
            job, job.Id, rows, rows - bad, bad, targets.Output.Name, bad > 0 ? targets.QuarantineName : null,
            targets.LogName, DateTime.UtcNow, _watch.Elapsed.TotalSeconds);
        return targets.Publish(tables, work, parts, options, manifest);
    }

    /// <summary>A model that is not to be called at once by several threads has one.</summary>
    private int ThreadsOf(QuerySchema query) =>
        !model.Queries.First(one => one.Name == query.Name).IsConcurrent ? 1
        : options.Threads > 0 ? options.Threads
        : Environment.ProcessorCount;

    /// <exception cref="EnvelopeException">There can be no such folder, which is seen late else.</exception>
    private string SpillOf(JobTarget target)
    {
        if (options.Spill is not { } folder)
        {
            return Path.Combine(WorkFolder.PathOf(target.WorkPath), "spill");
        }

        try
        {
            var made = Directory.CreateDirectory(folder);
            return Path.Combine(made.FullName, Guid.NewGuid().ToString("N")); // others may use it, on other machines
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"--spill '{folder}' cannot be made: {failure.Message.TrimEnd('.')}. Name a folder that can be "
                + "written.",
                failure);
        }
    }
}
