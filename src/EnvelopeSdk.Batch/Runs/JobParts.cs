using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Parquet;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>Answers the rows of a job part by part, behind those that are finished.</summary>
/// <param name="model">The model, which is loaded.</param>
/// <param name="plan">Which columns are what.</param>
/// <param name="options">What is done.</param>
/// <param name="run">The id of the job; null: it is not known yet, and nothing is logged.</param>
/// <param name="tables">The engine.</param>
/// <param name="work">Where parts are kept.</param>
/// <param name="listener">Is told how far it is.</param>
internal sealed class JobParts(
    ServedModel model, RowPlan plan, BatchOptions options, string? run, DuckTables tables, WorkFolder work,
    IJobListener listener)
{
    private const string Function = "answer_rows";
    private const string Faults = "faults";

    /// <summary>How many values of answers the engine has in memory at once, which are those of a row group.</summary>
    private const long MostInMemory = 1 << 20;

    /// <summary>Make calls of a slow model; null: each thread of the engine makes its own.</summary>
    public CallThreads? Threads { get; init; }

    /// <summary>Is called in front of each part's end, with its rows: it may find that the part cannot be.</summary>
    public required Action<RowRange> Finishing { get; init; }

    private bool _hasZeros; // with a sign, in a part: so may the next, and a row would be answered twice

    /// <summary>Answers rows.</summary>
    /// <param name="ranges">All rows of the job, at least one range.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>All parts, those that were finished before among them.</returns>
    /// <exception cref="EnvelopeException">More rows cannot be answered than may be.</exception>
    /// <exception cref="BadRowException">None may be, and one is.</exception>
    public List<PartCounts> Answer(IReadOnlyList<RowRange> ranges, CancellationToken cancellationToken)
    {
        var served = model.Queries.First(one => one.Name == plan.Query.Name);
        using var function = new DuckFunction(
            tables, Function, plan.Used, ranges[0].Sql,
            () => new(
                served, plan.Query, model.Content.Record, plan.NewMap(), options.Answer,
                options.Log is null ? null : new AnswerLog(), threads: Threads),
            cancellationToken);
        var parts = work.Finished(ranges).ToList();
        using var clock = new JobClock(
            listener, ranges.Sum(one => one.Count), (parts.Sum(one => one.Rows), parts.Sum(one => one.Bad)),
            () => (function.Answered, function.Refused));
        foreach (var range in ranges.Skip(parts.Count))
        {
            var faults = Answer(function, range, parts, cancellationToken);
            if (faults.Count > 0)
            {
                KeepUnanswered(faults, range, work.BadPartOf(parts.Count));
            }

            if (options.Log is not null)
            {
                TakeApart(range, parts);
            }

            Finishing(range);
            var counts = new PartCounts(range.Count, faults.Count);
            work.Finish(parts.Count, counts);
            parts.Add(counts);
            function.Begin(new(0)); // what is finished is not counted a second time
            clock.Finish(range.Count, faults.Count);
        }

        return parts;
    }

    /// <summary>There are too many rows that cannot be answered.</summary>
    /// <param name="bad">How many of them.</param>
    /// <param name="rows">How many rows there are, in words.</param>
    /// <param name="options">How many there may be.</param>
    /// <param name="known">What is known of them.</param>
    public static EnvelopeException TooMany(long bad, string rows, BatchOptions options, string known) => new(
        EnvelopeError.Mismatch,
        $"{bad} {rows} cannot be answered, and --max-bad allows {options.MaxBad}. {known}");

    /// <summary>What a job says that goes on behind what it has done.</summary>
    public const string GoesOn = "Finished parts are kept: with another bound the job goes on behind them.";

    /// <summary>Writes the answers of a part, and says which of its rows have none.</summary>
    private RowFaults Answer(
        DuckFunction function, RowRange range, List<PartCounts> parts, CancellationToken cancellationToken)
    {
        var before = parts.Sum(one => one.Bad);
        var most = options.Quarantine is null ? 0
            : options.MaxBad is { IsShare: false, Value: var bound } ? Math.Max(0, (long)bound - before)
            : long.MaxValue; // a share is one of all rows
        var faults = new RowFaults(most);
        try
        {
            if (options.Log is not null)
            {
                WholeFile.Write(
                    work.WholePartOf(parts.Count), path => Write(plan.Logged(Function, range), path, Begin));
            }
            else
            {
                WholeFile.Write(work.PartOf(parts.Count), path =>
                {
                    if (!TryKeepStored(range, path, Begin))
                    {
                        Write(plan.Answered(Function, range), path, Begin);
                    }
                });
            }
        }
        catch (DuckException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (DuckException) when (function.Failure is TooManyFaultsException)
        {
            var first = range.File is { } file ? faults.First with { File = file }
                : faults.First with { Row = range.Before + faults.First.Row - range.From };
            throw options.Quarantine is null ? new BadRowException(first) : TooMany(
                before + faults.Count, "rows, and maybe more,", options,
                $"{first}{(parts.Count > 0 ? $" {GoesOn}" : "")}");
        }
        catch (DuckException) when (function.Failure is EnvelopeException known)
        {
            throw new EnvelopeException(known.Error, known.Message);
        }
        catch (DuckException) when (function.Failure is { } failure)
        {
            throw new InvalidOperationException("The rows were not answered.", failure);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return function.Answered == range.Count
            ? faults
            : throw new InvalidOperationException($"{function.Answered} rows were answered of {range.Count}.");

        void Begin()
        {
            cancellationToken.ThrowIfCancellationRequested();
            function.Begin(faults = new(most));
        }
    }

    private void Write(string sql, string path, Action begin, long? groupSize = null) =>
        _hasZeros = ParquetCopy.Write(tables, sql, path, _hasZeros, begin, groupSize);

    /// <summary>Writes the answers alone, and puts them beside the columns that are kept as these are stored.</summary>
    /// <returns>Whether they can be put so; where rows may be left out they cannot.</returns>
    private bool TryKeepStored(RowRange range, string path, Action begin)
    {
        if (range.Groups is not { } groups || groups.Size * plan.AnswerWidth > MostInMemory || range.Count == 0
            || options.Quarantine is not null || TableFormat.OfWritten(options.Output) != TableFormat.Parquet
            || ParquetJoin.Of(groups.Path, [.. plan.Kept.Select(one => one.Name)], range.From, range.Count)
                is not { } join)
        {
            return false;
        }

        var isWritten = join.TryWrite(
            path, work.Answers, () => Write(plan.AnsweredAlone(Function, range), work.Answers, begin, groups.Size));
        File.Delete(work.Answers);
        return isWritten;
    }

    private void KeepUnanswered(RowFaults faults, RowRange range, string path)
    {
        tables.Run(
            $"CREATE OR REPLACE TEMP TABLE {Faults} "
            + $"({RowPlan.Number} BIGINT, {RowPlan.FaultColumn} VARCHAR, {RowPlan.FaultReason} VARCHAR)");
        tables.Append(Faults, faults.All);
        Copy(plan.Unanswered(Faults, range), path);
    }

    private void TakeApart(RowRange range, List<PartCounts> parts)
    {
        var whole = work.WholePartOf(parts.Count);
        var rows = TableFormat.ScanParquet([whole]);
        var constants =
            $"now() AS \"time\", {DuckTables.Quoted(run!)} AS run, "
            + $"{DuckTables.Quoted(model.Content.Reference.ToString())} AS envelope, "
            + $"{DuckTables.Quoted(plan.Query.Name)} AS query";
        var first = range.Before - range.From + 1;
        Copy(plan.OutputOf(rows), work.PartOf(parts.Count));
        Copy(plan.LogOf(rows, constants, first), work.LogPartOf(parts.Count));
        File.Delete(whole);
    }

    private void Copy(string sql, string path) => WholeFile.Write(
        path, partial => ParquetCopy.Write(tables, sql, partial));
}
