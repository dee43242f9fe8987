using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>
/// Answers one row: the way of a request, from the JSON of its arguments to that of its answer. For one thread.
/// </summary>
internal abstract class RowCall
{
    /// <summary>What was wrong with the arguments; nothing if they were read.</summary>
    public BindingErrors Errors { get; } = new();

    /// <summary>Answers a row.</summary>
    /// <param name="arguments">The JSON of the arguments.</param>
    /// <param name="answer">Receives the JSON of the answer.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was answered; else <see cref="Errors"/> say why not.</returns>
    public abstract ValueTask<bool> AnswerAsync(
        ReadOnlyMemory<byte> arguments, JsonOutput answer, CancellationToken cancellationToken);
}

/// <summary>Makes calls of queries with their types.</summary>
internal sealed class RowCalls : IServedQueryVisitor<RowCall>
{
    public static readonly RowCalls Instance = new();

    public RowCall Visit<TArguments, TAnswer>(
        ServedQuery<TArguments, TAnswer> query, JsonForm<TArguments, TAnswer> form)
        where TArguments : struct => new ValueCall<TArguments, TAnswer>(query, form);

    public RowCall VisitStream<TArguments, TItem>(
        ServedQuery<TArguments, IAsyncEnumerable<TItem>> query, JsonForm<TArguments, TItem> form)
        where TArguments : struct => new StreamCall<TArguments, TItem>(query, form);

    private sealed class ValueCall<TArguments, TAnswer>(
        ServedQuery<TArguments, TAnswer> query, JsonForm<TArguments, TAnswer> form) : RowCall
        where TArguments : struct
    {
        private readonly JsonRead<TArguments> _read = form.Read;

        public override async ValueTask<bool> AnswerAsync(
            ReadOnlyMemory<byte> arguments, JsonOutput answer, CancellationToken cancellationToken)
        {
            Errors.Clear();
            var read = JsonInput.Read(arguments.Span, Errors, _read);
            if (Errors.Count > 0)
            {
                return false;
            }

            form.Write(answer, await query.Call!.InvokeAsync(read, cancellationToken));
            return true;
        }
    }

    private sealed class StreamCall<TArguments, TItem>(
        ServedQuery<TArguments, IAsyncEnumerable<TItem>> query, JsonForm<TArguments, TItem> form) : RowCall
        where TArguments : struct
    {
        private readonly JsonRead<TArguments> _read = form.Read;

        public override async ValueTask<bool> AnswerAsync(
            ReadOnlyMemory<byte> arguments, JsonOutput answer, CancellationToken cancellationToken)
        {
            Errors.Clear();
            var read = JsonInput.Read(arguments.Span, Errors, _read);
            if (Errors.Count > 0)
            {
                return false;
            }

            answer.WriteStartArray();
            await foreach (var item in (await query.Call!.InvokeAsync(read, cancellationToken))
                .WithCancellation(cancellationToken))
            {
                form.Write(answer, item);
            }

            answer.WriteEndArray();
            return true;
        }
    }
}
