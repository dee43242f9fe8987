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

    private bool _hasFolder;
    private string? _named; // the id of the job, once its folder has it

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
        catch (Exception) when (_hasFolder && !cancellationToken.IsCancellationRequested)
        {
            LeftFolder.Leave(targets.Output.WorkPath, _named);
            throw;
        }
    }

    private async Task<RunManifest> RunAsync(
        QuerySchema query, JobTargets targets, CancellationToken cancellationToken)
    {
        try
        {
            using var tables = new DuckTables(
                SpillFolder.Of(options, targets.Output), options.Memory ?? EngineMemory.Least, ThreadsOf(query));
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
        catch (DuckException failure)
        {
            throw EngineFailure.Of(failure, options.Input);
        }
        catch (IOException failure) when (EngineFailure.IsOfFullDisk(failure))
        {
            throw EngineFailure.OfFullDisk(failure);
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
        var plan = RowPlan.Of(
            query, model.Content.Record.Schema, columns, source.Form, options, source.KeepsUnread,
            HiveFolders.Above(source.Files));
        if (options.Memory is null)
        {
            tables.Limit(EngineMemory.Of(plan.ReadColumns.Count + plan.OutputColumns.Count));
        }

        var isAskedAnew = source.Files.Count == 0;
        var naming = JobIdentity.OfAsync(
            model.Content.Reference.ToString(), plan, options, targets, source, digests);
        if (!isAskedAnew && NewFolder.TryTake(targets) is { } begun)
        {
            using (begun)
            {
                targets.EnsureFree(options, plan);
                _hasFolder = true;
                return await DoAsync(tables, begun, source, plan, targets, naming, cancellationToken);
            }
        }

        var job = await naming;
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
        (_hasFolder, _named) = (true, job.Id);
        return await DoAsync(tables, work, source, plan, targets, Task.FromResult(job), cancellationToken);
    }

    /// <summary>
    /// Answers rows and puts them into their place. Which job it is may become known meanwhile, since the input is read
    /// for that: when nothing is there, that is asked first when a part is finished.
    /// </summary>
    private async Task<RunManifest> DoAsync(
        DuckTables tables, WorkFolder work, TableSource source, RowPlan plan, JobTargets targets,
        Task<JobIdentity> naming, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var parts = await AnswerAsync(tables, work, source, plan, naming, cancellationToken);
        return Publish(tables, targets, work, await naming, parts);
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
        DuckTables tables, WorkFolder work, TableSource source, RowPlan plan, Task<JobIdentity> naming,
        CancellationToken cancellationToken)
    {
        var snapshot = new RowSnapshot(tables, work, source, listener, () => digests.EnsureUnchanged());
        var ranges = await snapshot.CutAsync(
            plan.ReadColumns, options.Shard ?? Shard.Whole, SizeAsync, cancellationToken);
        source.Dispose(); // others may have it
        if (snapshot.IsTaken && _named is null)
        {
            var job = await naming; // rows that were taken are kept for the job
            digests.EnsureUnchanged(); // the digest may be of what was written behind them
            Name(job);
        }

        using var threads = ThreadsOf(plan.Query) is > 1 and var count ? new CallThreads(count) : null;
        try
        {
            var parts = new JobParts(model, plan, options, _named, tables, work, listener)
            {
                Threads = threads,
                Finishing = Finish,
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

        void Finish(RowRange range)
        {
            if (_named is null)
            {
                Name(naming.GetAwaiter().GetResult());
            }

            if (!snapshot.IsTaken)
            {
                digests.EnsureUnchanged(range.File);
            }
        }

        void Name(JobIdentity job)
        {
            work.Name(job);
            _named = job.Id;
        }
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
}
