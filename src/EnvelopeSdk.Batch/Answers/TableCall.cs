using System.Text.Json;
using EnvelopeSdk.Batch.Rows;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>
/// Answers rows of a table, many with one call, as the request of a caller who has all of them. Where that is refused,
/// each half of them is asked for, until the row is alone for which it was. For one thread.
/// </summary>
/// <param name="query">The query.</param>
/// <param name="form">The JSON of its arguments and its answer.</param>
/// <param name="reader">Reads rows.</param>
/// <param name="answers">Takes their answers.</param>
internal sealed class TableCall<TArguments, TAnswer>(
    ServedQuery<TArguments, TAnswer> query, JsonForm<TArguments, TAnswer> form, RowReader reader, AnswerRow answers)
    : RowCall(reader)
    where TArguments : struct
{
    private readonly JsonOutput _json = new();

    // How many rows the next call is for; of the last one, how many it was for.
    private int _count;

    public override void Answer(int count, Action<int> refuse, CancellationToken cancellationToken)
    {
        for (var row = 0; row < count; row += _count)
        {
            AnswerSome(row, count - row, refuse, cancellationToken);
        }
    }

    protected override bool TryCall(int row, CancellationToken cancellationToken)
    {
        (var arguments, _count) = Reader.ReadTable<TArguments>(row, _count, form.Read);
        if (Reader.Errors.Count > 0)
        {
            return false;
        }

        _json.Clear();
        form.Write(_json, Wait(query.Call!.InvokeAsync(arguments, cancellationToken)));
        return true;
    }

    protected override void Take(int row)
    {
        var answer = _json.Written.Span;
        var items = new Utf8JsonReader(answer);
        var taken = 0;
        for (items.Read(); items.Read() && items.TokenType != JsonTokenType.EndArray; taken++)
        {
            var start = (int)items.TokenStartIndex;
            items.Skip();
            if (taken < _count)
            {
                answers.Append(answer[start..(int)items.BytesConsumed], Reader.Arguments, row + taken);
            }
        }

        if (taken != _count)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The query '{query.Name}' answered {taken} rows when it was asked for {_count}, so it is not known "
                + "which answer is whose. A job needs one for each row.");
        }
    }

    /// <summary>Answers as many of some rows as are asked for with one call, or with those of its parts.</summary>
    private void AnswerSome(int row, int count, Action<int> refuse, CancellationToken cancellationToken)
    {
        _count = count;
        if (!Reader.HasUnread(row, count) && TryAnswer(row, cancellationToken))
        {
            return;
        }

        var refused = _count;
        if (refused == 1)
        {
            refuse(row);
            return;
        }

        for (var part = 0; part < refused; part += _count)
        {
            AnswerSome(row + part, Math.Min(refused - part, (refused + 1) / 2), refuse, cancellationToken);
        }

        _count = refused;
    }
}
