using Apache.Arrow;
using Apache.Arrow.Ipc;
using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Serving;
using ArrowSchema = Apache.Arrow.Schema;
using Column = EnvelopeSdk.Batch.Columns.Column;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// Turns a stream of Arrow record batches ("Arrow Columnar Format", IPC streaming format) into one with answers: what
/// an engine that distributes work calls for each partition of a table. All that can be said of columns is said before
/// a row is read.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">Which query, columns and names.</param>
/// <param name="keepsBad">
/// Whether rows that cannot be answered are kept, with the column and the reason; if not, the first ends the stream.
/// </param>
/// <param name="isSigned">Whether answers without a sign are to be columns with one that hold them all.</param>
internal sealed class ArrowWorker(ServedModel model, BatchOptions options, bool keepsBad, bool isSigned = false)
{
    /// <summary>Answers a stream.</summary>
    /// <param name="input">The stream.</param>
    /// <param name="output">Receives the other.</param>
    /// <param name="isSchemaAlone">Whether the other is to have no rows: what is asked for is its schema.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">It cannot be read, or not be answered.</exception>
    public async Task RunAsync(Stream input, Stream output, bool isSchemaAlone, CancellationToken cancellationToken)
    {
        try
        {
            await AnswerAsync(input, output, isSchemaAlone, cancellationToken);
        }
        catch (InvalidDataException failure)
        {
            throw Torn(failure.Message.TrimEnd('.'));
        }
    }

    /// <summary>
    /// A part of the program that this machine lacks, such as a native library, would be a fault of each row.
    /// </summary>
    /// <param name="different">The recorded examples that are not answered as they were.</param>
    /// <param name="examples">How many there are.</param>
    /// <exception cref="EnvelopeException">None has an answer.</exception>
    public static void EnsureWorks(IReadOnlyList<ReplayedExample> different, int examples)
    {
        if (different is [{ Failure: { } failure }, ..] && different.Count == examples
            && different.All(one => one.Failure is not null))
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The model answers none of its {different.Count} recorded examples here ({failure.GetType().Name}): "
                + "something that it needs may be missing on this machine, or in the worker. A job of 'envelope batch' "
                + "has all that its envelope has.");
        }
    }

    /// <exception cref="EnvelopeException">An answer is called as what says why a row has none.</exception>
    private void EnsureApart(IReadOnlyList<Column> answers)
    {
        if (keepsBad && answers.FirstOrDefault(one => FaultColumns.Fields.Any(field =>
            string.Equals(field.Name, one.Name, StringComparison.OrdinalIgnoreCase))) is { } alike)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The answer has a column '{alike.Name}', which --keep-bad has too. Name the answer with --answer, or do "
                + "without --keep-bad.");
        }
    }

    private async Task AnswerAsync(
        Stream input, Stream output, bool isSchemaAlone, CancellationToken cancellationToken)
    {
        using var reader = await ArrowRows.OpenAsync(input, "The input", cancellationToken);
        var next = await ReadAsync(reader, cancellationToken); // the schema is read with the first batch
        var schema = reader.Schema ?? throw Torn("it has no schema, and may be empty");
        ArrowSchemas.EnsureDistinct(schema, "The stream", StringComparer.Ordinal);
        var query = JobQuery.Find(model, options.Query);
        var columns = ArrowTypes.Columns(schema)
            .Select(one => one with { Type = one.Type with { Dialect = SqlDialect.None } }).ToList();
        var plan = RowPlan.Of(
            query, model.Content.Record.Schema, columns, ValueForm.Typed,
            options with { Quarantine = keepsBad ? "kept" : null }); // either way its columns are those of a fault
        EnsureWorks(await model.LoadAsync([], cancellationToken), model.Examples.Count);
        var answers = new RowAnswers(
            model.Queries.First(one => one.Name == query.Name), query, model.Content.Record, plan.NewMap(),
            options.Answer, isSigned: isSigned);
        EnsureApart(answers.Columns);
        var kept = plan.Kept.Select(one => IndexOf(columns, one)).ToList();
        var used = plan.Used.Select(one => IndexOf(columns, one)).ToList();
        var written = new ArrowSchema(
            [
                .. kept.Select(one => KeptColumns.Of(schema.GetFieldByIndex(one))),
                .. answers.Columns.Select(ArrowTypes.Of),
                .. keepsBad ? FaultColumns.Fields : [],
            ],
            null);
        using var writer = new ArrowStreamWriter(output, written, leaveOpen: true);
        await writer.WriteStartAsync(cancellationToken);
        for (var first = 0L; next is not null && !isSchemaAlone; next = await ReadAsync(reader, cancellationToken))
        {
            using var rows = next;
            var faults = new RowFaults(keepsBad ? long.MaxValue : 0);
            var answered = Answer(rows, used, columns, answers, faults, first, cancellationToken);
            IEnumerable<ArrayData> all =
            [
                .. kept.Select(one => KeptColumns.Of(rows.Column(one).Data)), .. answered,
                .. keepsBad ? FaultColumns.Of(faults.All, first, rows.Length) : [],
            ];
            using var batch = new RecordBatch(written, all.Select(ArrowArrayFactory.BuildArray), rows.Length);
            await writer.WriteRecordBatchAsync(batch, cancellationToken);
            first += rows.Length;
        }

        if (!isSchemaAlone && !reader.IsAtMark)
        {
            throw Torn("it ends without the mark of its end");
        }

        await writer.WriteEndAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
        if (!isSchemaAlone && await reader.GoesOnAsync(cancellationToken))
        {
            throw Torn("it goes on behind the mark of its end, and what follows is not answered");
        }
    }

    private static ArrayData[] Answer(
        RecordBatch rows, IReadOnlyList<int> used, IReadOnlyList<Column> columns, RowAnswers answers, RowFaults faults,
        long first, CancellationToken cancellationToken)
    {
        var target = new ArrowTarget(answers.Type, rows.Length);
        var vectors = used.ToDictionary(
            one => columns[one].Name, one => ArrowVector.Of(rows.Column(one).Data, columns[one].Type));
        try
        {
            answers.Answer(
                vectors.ToDictionary(one => one.Key, Vector (one) => one.Value), new RowNumbers(first), rows.Length,
                target, faults, cancellationToken);
        }
        catch (TooManyFaultsException)
        {
            throw new EnvelopeException(EnvelopeError.Mismatch, faults.First.ToString());
        }
        finally
        {
            foreach (var vector in vectors.Values)
            {
                vector.Dispose();
            }
        }

        return target.Build().Children;
    }

    private static async Task<RecordBatch?> ReadAsync(ArrowRows reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw Torn(reader.Schema is null ? "it is empty, or does not begin as one does"
                : failure.Message.TrimEnd('.'));
        }
    }

    /// <summary>By itself: the schema looks names up as a culture compares them.</summary>
    private static int IndexOf(IReadOnlyList<Column> columns, Column column) =>
        columns.Index().First(one => ReferenceEquals(one.Item, column)).Index;

    private static EnvelopeException Torn(string reason) => new(
        EnvelopeError.Unavailable,
        $"The input is no whole Arrow stream that can be read: {reason}. Send one of the IPC streaming format.");
}
