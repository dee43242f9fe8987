using System.Runtime.CompilerServices;
using EnvelopeSdk.Batch.Rows;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>Answers rows. For one thread.</summary>
/// <param name="reader">Reads them, and is told what is wrong with them.</param>
internal abstract class RowCall(RowReader reader)
{
    /// <summary>Reads rows.</summary>
    protected RowReader Reader { get; } = reader;

    /// <summary>Answers rows, one after the other.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="refuse">Takes one that has no answer; the errors of the reader say why.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public virtual void Answer(int count, Action<int> refuse, CancellationToken cancellationToken)
    {
        var row = 0;
        AnswerEach(ref row, count, refuse, cancellationToken);
    }

    /// <summary>Answers rows, one after the other.</summary>
    /// <param name="row">The first; receives the end.</param>
    /// <param name="end">The row behind the last.</param>
    /// <param name="refuse">Takes one that has no answer.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    protected void AnswerEach(ref int row, int end, Action<int> refuse, CancellationToken cancellationToken)
    {
        for (; row < end; row++)
        {
            if (Reader.HasUnread(row, 1) || !TryAnswer(row, cancellationToken))
            {
                refuse(row);
            }
        }
    }

    /// <summary>Answers with one call.</summary>
    /// <param name="row">The row; the first one of a call for several.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether its answer was taken; else the errors of the reader say why there is none.</returns>
    protected bool TryAnswer(int row, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (!TryCall(row, cancellationToken))
            {
                return false;
            }
        }
        catch (PredictionRefusedException refused)
        {
            var (column, within) = Reader.Find(refused.Pointer);
            Reader.Errors.Add(
                column,
                $"the model refuses it{(within.Length == 0 ? "" : $" at {within}")}: {refused.Reason.TrimEnd('.')}");
            return false;
        }
        catch (ModelAnswerException other)
        {
            Reader.Errors.Add(null, other.Message);
            return false;
        }
        catch (Exception failure) when (
            failure is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // Its message may hold what is in the row.
            Reader.Errors.Add(null, $"the model failed with {failure.GetType().Name}");
            return false;
        }

        // Not among what is caught: an answer of which half was taken would move all that follow.
        Take(row);
        return true;
    }

    /// <summary>Reads a row and calls the model with it.</summary>
    /// <returns>Whether it could be read.</returns>
    protected abstract bool TryCall(int row, CancellationToken cancellationToken);

    /// <summary>Takes the answer of the last call.</summary>
    protected abstract void Take(int row);

    /// <summary>The engine that calls knows no waiting.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static T Wait<T>(ValueTask<T> call) =>
        call.IsCompletedSuccessfully ? call.Result : call.AsTask().GetAwaiter().GetResult();
}

/// <summary>Makes calls of queries with their types.</summary>
/// <param name="reader">Reads rows.</param>
/// <param name="answers">Takes their answers.</param>
/// <param name="threads">Make calls of a slow model; null: the thread that asks does.</param>
internal sealed class RowCalls(RowReader reader, AnswerRow answers, CallThreads? threads) : IServedQueryVisitor<RowCall>
{
    public RowCall Visit<TArguments, TAnswer>(
        ServedQuery<TArguments, TAnswer> query, JsonForm<TArguments, TAnswer> form)
        where TArguments : struct =>
        reader.Arguments.HasTable
            ? new TableCall<TArguments, TAnswer>(query, form, reader, answers)
            : new ValueCall<TArguments, TAnswer>(query, (RowForm<TArguments, TAnswer>)form, reader, answers, threads);

    public RowCall VisitStream<TArguments, TItem>(
        ServedQuery<TArguments, IAsyncEnumerable<TItem>> query, JsonForm<TArguments, TItem> form)
        where TArguments : struct =>
        new StreamCall<TArguments, TItem>(query, (RowForm<TArguments, TItem>)form, reader, answers, threads);

    private sealed class ValueCall<TArguments, TAnswer>(
        ServedQuery<TArguments, TAnswer> query, RowForm<TArguments, TAnswer> form, RowReader reader, AnswerRow answers,
        CallThreads? threads)
        : EachRowCall<TArguments, TAnswer, TAnswer>(form, reader, threads)
        where TArguments : struct
    {
        private readonly IQueryCall<TArguments, TAnswer> _call = query.Call!;
        private readonly RowForm<TArguments, TAnswer> _form = form;
        private readonly Func<TAnswer, bool>? _direct = answers.Direct<TAnswer>();
        private readonly JsonOutput _json = new();
        private bool _isTaken;

        protected override bool TryCall(int row, CancellationToken cancellationToken)
        {
            if (IsMade)
            {
                return TryMade(row);
            }

            var input = Reader.Read(row);
            var arguments = _form.Read(ref input);
            if (input.HasErrors)
            {
                return false;
            }

            Keep(Wait(_call.InvokeAsync(arguments, cancellationToken)));
            return true;
        }

        protected override TAnswer Call(TArguments arguments, CancellationToken cancellationToken) =>
            Wait(_call.InvokeAsync(arguments, cancellationToken));

        protected override void Keep(TAnswer answer)
        {
            _isTaken = _direct?.Invoke(answer) == true;
            if (!_isTaken)
            {
                _json.Clear();
                _form.Write(_json, answer);
            }
        }

        protected override void Take(int row)
        {
            if (!_isTaken)
            {
                answers.Append(_json.Written.Span, Reader.Arguments, row);
            }
        }
    }

    private sealed class StreamCall<TArguments, TItem>(
        ServedQuery<TArguments, IAsyncEnumerable<TItem>> query, RowForm<TArguments, TItem> form, RowReader reader,
        AnswerRow answers, CallThreads? threads)
        : EachRowCall<TArguments, TItem, List<TItem>>(form, reader, threads)
        where TArguments : struct
    {
        private readonly RowForm<TArguments, TItem> _form = form;
        private readonly JsonOutput _json = new();

        protected override bool TryCall(int row, CancellationToken cancellationToken)
        {
            if (IsMade)
            {
                return TryMade(row);
            }

            var input = Reader.Read(row);
            var arguments = _form.Read(ref input);
            if (input.HasErrors)
            {
                return false;
            }

            Keep(Call(arguments, cancellationToken));
            return true;
        }

        protected override List<TItem> Call(TArguments arguments, CancellationToken cancellationToken) =>
            ListAsync(arguments, cancellationToken).GetAwaiter().GetResult();

        protected override void Keep(List<TItem> answer)
        {
            _json.Clear();
            _json.WriteStartArray();
            answer.ForEach(item => _form.Write(_json, item));
            _json.WriteEndArray();
        }

        protected override void Take(int row) => answers.Append(_json.Written.Span, Reader.Arguments, row);

        private async Task<List<TItem>> ListAsync(TArguments arguments, CancellationToken cancellationToken)
        {
            var items = new List<TItem>();
            await foreach (var item in (await query.Call!.InvokeAsync(arguments, cancellationToken))
                .WithCancellation(cancellationToken))
            {
                items.Add(item);
            }

            return items;
        }
    }
}
