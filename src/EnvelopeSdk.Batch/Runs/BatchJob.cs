using System.Diagnostics;
using System.Globalization;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>
/// Turns a table into one with answers. All that can be said of columns and places is said before a row is read; rows
/// are finished in parts, and a run that was killed goes on behind the last of them.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">What is done.</param>
/// <param name="listener">Is told how far it is.</param>
internal sealed class BatchJob(ServedModel model, BatchOptions options, IJobListener listener)
{
    private const string Function = "answer_rows";
    private const string Part = "part";
    private const string Result = "envelope result"; // which no table has

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Does it.</summary>
    /// <returns>What was done, now or before.</returns>
    /// <exception cref="EnvelopeException">It cannot be done.</exception>
    public async Task<RunManifest> RunAsync(CancellationToken cancellationToken)
    {
        var target = new BatchTarget(options.Output, "--output");
        var quarantine = options.Quarantine is { } path ? new BatchTarget(path, "--quarantine") : null;
        if (target.FullPath == quarantine?.FullPath)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"'{target.FullPath}' cannot be both --output and --quarantine.");
        }

        var query = FindQuery();
        try
        {
            using var tables = new DuckTables(SpillOf(target), options.Memory, ThreadsOf(query));
            using var interrupting = cancellationToken.Register(tables.Interrupt);
            return await RunAsync(tables, query, target, quarantine, cancellationToken);
        }
        catch (DuckException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (DuckException failure)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"The table cannot be read or written: {failure.Message}", failure);
        }
    }

    private async Task<RunManifest> RunAsync(
        DuckTables tables, QuerySchema query, BatchTarget target, BatchTarget? quarantine,
        CancellationToken cancellationToken)
    {
        var source = TableSource.Find(
            tables, options.Input,
            file => file == target.FullPath || file == quarantine?.FullPath
                || Path.GetDirectoryName(file) == WorkFolder.PathOf(target.FullPath));
        var columns = tables.Columns($"SELECT * FROM {source.Sql} LIMIT 0");
        var plan = RowPlan.Of(query, model.Content.Record.Schema, columns, source.IsText, options);
        var job = await JobIdentity.OfAsync(
            model.Content.Reference.ToString(), query.Name, options, source, cancellationToken);
        if (source.Files.Count > 0 && target.Read() is { } done && done.Id == job.Id)
        {
            return done; // all of it was done before
        }

        using var work = WorkFolder.Open(target.FullPath);
        if (target.Recover(work, quarantine, job.Id) is { } recovered)
        {
            return recovered;
        }

        target.EnsureFree(options.Overwrite);
        quarantine?.EnsureFree(options.Overwrite);
        work.Take(job, options.Overwrite, source.Files.Count > 0);
        var snapshot = new RowSnapshot(tables, work, source, listener);
        var ranges = snapshot.Cut(plan.ReadColumns, options.RowsPerPart);
        await LoadAsync(cancellationToken);
        var parts = Answer(tables, plan, work, ranges, cancellationToken);
        snapshot.Release();
        return Publish(tables, target, quarantine, work, job, parts);
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

    private List<PartCounts> Answer(
        DuckTables tables, RowPlan plan, WorkFolder work, IReadOnlyList<RowRange> ranges,
        CancellationToken cancellationToken)
    {
        var served = model.Queries.First(one => one.Name == plan.Query.Name);
        using var function = new DuckFunction(
            tables, Function, plan.Used, ranges[0].Sql,
            () => new(served, plan.Query, model.Content.Record.Schema, plan.NewMap(), options.Answer),
            cancellationToken);
        var parts = work.Finished().ToList();
        foreach (var range in ranges.Skip(parts.Count))
        {
            try
            {
                tables.Run(
                    $"CREATE OR REPLACE TEMP TABLE {Part} AS SELECT {plan.AnsweredColumns(Function, Result)} "
                    + $"FROM {range.Sql} WHERE {range.Condition}");
            }
            catch (DuckException) when (function.Failure is not null && !cancellationToken.IsCancellationRequested)
            {
                throw new InvalidOperationException("The rows were not answered.", function.Failure);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (tables.Numbers($"SELECT count(*) FROM {Part}")[0] is var count && count != range.Count)
            {
                throw new InvalidOperationException($"{count} rows were answered of {range.Count}.");
            }

            Write(tables, plan, work, parts, range.Count);
        }

        return parts;
    }

    private void Write(DuckTables tables, RowPlan plan, WorkFolder work, List<PartCounts> parts, long rows)
    {
        var isBad = $"{plan.FaultReason(Result)} IS NOT NULL";
        var bad = tables.Numbers($"SELECT count(*) FROM {Part} WHERE {isBad}")[0];
        EnsureFew(tables, plan, parts, rows, bad);
        var part = parts.Count;
        if (bad > 0)
        {
            Copy(tables, work.BadPartOf(part), plan.BadColumns(Result), isBad);
        }

        Copy(tables, work.PartOf(part), plan.GoodColumns(Result), $"NOT ({isBad})");
        work.Finish(part, new(rows, bad));
        parts.Add(new(rows, bad));
        listener.Finished(new(parts.Sum(one => one.Rows), parts.Sum(one => one.Bad), _watch.Elapsed));
    }

    private static void Copy(DuckTables tables, string path, string columns, string condition) =>
        WorkFolder.Write(path, partial => tables.Run(
            $"COPY (SELECT {columns} FROM {Part} WHERE {condition}) TO {DuckTables.Quoted(partial)} "
            + $"({TableFormat.Parquet.CopyOptions})"));

    /// <exception cref="EnvelopeException">There are more rows that cannot be answered than may be.</exception>
    private void EnsureFew(DuckTables tables, RowPlan plan, List<PartCounts> parts, long rows, long bad)
    {
        var (allBad, allRows) = (bad + parts.Sum(one => one.Bad), rows + parts.Sum(one => one.Rows));
        var most = options.MaxBad is { IsShare: false } count ? count : null; // a share is one of all rows
        if (bad == 0 || (options.Quarantine is not null && most?.IsExceeded(allBad, allRows) != true))
        {
            return;
        }

        throw options.Quarantine is not null ? TooMany(allBad, allRows) : new EnvelopeException(
            EnvelopeError.Mismatch,
            FirstFault(tables, plan, parts.Sum(one => one.Rows)) + " --quarantine FILE puts such rows aside and goes on.");
    }

    private EnvelopeException TooMany(long bad, long rows) => new(
        EnvelopeError.Mismatch,
        $"{bad} of {rows} rows cannot be answered, and --max-bad allows {options.MaxBad}. The finished parts are kept: "
        + "with another bound the job goes on behind them.");

    private static string FirstFault(DuckTables tables, RowPlan plan, long before) => tables.Texts(
        $"""
        SELECT 'Row ' || (rowid + {1 + before}) || ' cannot be answered: '
          || coalesce('in the column ''' || {plan.FaultColumn(Result)} || ''', ', '')
          || {plan.FaultReason(Result)} || '.'
        FROM {Part} WHERE {plan.FaultReason(Result)} IS NOT NULL ORDER BY rowid LIMIT 1
        """)[0];

    private RunManifest Publish(
        DuckTables tables, BatchTarget target, BatchTarget? quarantine, WorkFolder work, JobIdentity job,
        List<PartCounts> parts)
    {
        var (rows, bad) = (parts.Sum(one => one.Rows), parts.Sum(one => one.Bad));
        if (options.MaxBad?.IsExceeded(bad, rows) == true)
        {
            throw TooMany(bad, rows);
        }

        var numbers = Enumerable.Range(0, parts.Count).ToList();
        var manifest = new RunManifest(
            job, job.Id, rows, rows - bad, bad, target.FullPath, bad > 0 ? quarantine?.FullPath : null,
            DateTime.UtcNow, _watch.Elapsed.TotalSeconds);
        target.Publish(
            tables, work, [.. numbers.Select(work.PartOf)], quarantine,
            [.. numbers.Where(one => parts[one].Bad > 0).Select(work.BadPartOf)], manifest);
        return manifest;
    }

    private QuerySchema FindQuery()
    {
        var queries = model.Content.Record.Schema.Queries;
        var names = string.Join(", ", queries.Select(one => one.Name));
        return options.Query is null
            ? queries is [var only] ? only : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The model has several queries: {names}. Say which one answers the rows with --query NAME.")
            : queries.FirstOrDefault(one => one.Name == options.Query) ?? throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The model has no query '{options.Query}'"
                + $"{Nearest.Hint(options.Query, queries.Select(one => one.Name))}. It has {names}.");
    }

    /// <summary>A model that is not to be called at once by several threads has one.</summary>
    private int ThreadsOf(QuerySchema query) =>
        !model.Queries.First(one => one.Name == query.Name).IsConcurrent ? 1
        : options.Threads > 0 ? options.Threads
        : Environment.ProcessorCount;

    private string SpillOf(BatchTarget target) => options.Spill is { } folder
        ? Path.Combine(
            Path.GetFullPath(folder), Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
        : Path.Combine(WorkFolder.PathOf(target.FullPath), "spill");
}
