using Apache.Arrow;
using Apache.Arrow.Ipc;
using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Serving;
using ArrowSchema = Apache.Arrow.Schema;

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
internal sealed class ArrowWorker(ServedModel model, BatchOptions options, bool keepsBad)
{
    /// <summary>Answers a stream.</summary>
    /// <param name="input">The stream.</param>
    /// <param name="output">Receives the other.</param>
    /// <param name="isSchemaAlone">Whether the other is to have no rows: what is asked for is its schema.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">It cannot be read, or not be answered.</exception>
    public async Task RunAsync(Stream input, Stream output, bool isSchemaAlone, CancellationToken cancellationToken)
    {
        using var reader = new ArrowStreamReader(input, leaveOpen: true);
        var next = await ReadAsync(reader, cancellationToken); // the schema is read with the first batch
        var schema = reader.Schema ?? throw Torn("it has no schema, and may be empty");
        var query = JobQuery.Find(model, options.Query);
        var plan = RowPlan.Of(query, model.Content.Record.Schema, ArrowTypes.Columns(schema), ValueForm.Typed, options);
        await model.LoadAsync([], cancellationToken);
        var answers = new RowAnswers(
            model.Queries.First(one => one.Name == query.Name), query, model.Content.Record, plan.NewMap(),
            options.Answer);
        var kept = plan.Kept.Select(one => schema.GetFieldIndex(one.Name)).ToList();
        var written = new ArrowSchema(
            [
                .. kept.Select(schema.GetFieldByIndex), .. answers.Columns.Select(ArrowTypes.Of),
                .. keepsBad ? FaultColumns.Fields : [],
            ],
            null);
        using var writer = new ArrowStreamWriter(output, written, leaveOpen: true);
        await writer.WriteStartAsync(cancellationToken);
        for (var first = 0L; next is not null && !isSchemaAlone; next = await ReadAsync(reader, cancellationToken))
        {
            using var rows = next;
            var faults = new RowFaults(keepsBad ? long.MaxValue : 0);
            var answered = Answer(rows, plan, answers, faults, first, cancellationToken);
            IEnumerable<ArrayData> all =
            [
                .. kept.Select(one => rows.Column(one).Data), .. answered,
                .. keepsBad ? FaultColumns.Of(faults.All, first, rows.Length) : [],
            ];
            using var batch = new RecordBatch(written, all.Select(ArrowArrayFactory.BuildArray), rows.Length);
            await writer.WriteRecordBatchAsync(batch, cancellationToken);
            first += rows.Length;
        }

        await writer.WriteEndAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private static ArrayData[] Answer(
        RecordBatch rows, RowPlan plan, RowAnswers answers, RowFaults faults, long first,
        CancellationToken cancellationToken)
    {
        var target = new ArrowTarget(answers.Type, rows.Length);
        var vectors = plan.Used.ToDictionary(
            one => one.Name, one => new ArrowVector(rows.Column(rows.Schema.GetFieldIndex(one.Name)).Data, one.Type));
        try
        {
            answers.Answer(
                vectors.ToDictionary(one => one.Key, Vector (one) => one.Value), new RowNumbers(first), rows.Length,
                target, faults, cancellationToken);
        }
        catch (TooManyFaultsException)
        {
            throw new EnvelopeException(EnvelopeError.Mismatch, faults.All[0].ToString());
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

    private static async Task<RecordBatch?> ReadAsync(ArrowStreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextRecordBatchAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw Torn(failure.Message.TrimEnd('.'));
        }
    }

    private static EnvelopeException Torn(string reason) => new(
        EnvelopeError.Unavailable,
        $"The input is no whole Arrow stream that can be read: {reason}. Columns of large_string, of views and of "
        + "compressed batches are to be cast or written otherwise.");
}
