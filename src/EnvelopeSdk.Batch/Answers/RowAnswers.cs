using System.Text.Json;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>Answers the rows of a table: the columns of the answers, and why rows have none. For one thread.</summary>
internal sealed class RowAnswers
{
    private readonly ColumnMap _columns;
    private readonly RowCall _call;
    private readonly IReadOnlyList<(string Name, AnswerColumn Values)> _answers;
    private readonly bool _isObject;
    private readonly JsonOutput _arguments = new();
    private readonly JsonOutput _answer = new();
    private readonly BytesAnswer _faultColumns = BytesAnswer.Text();
    private readonly BytesAnswer _faultReasons = BytesAnswer.Text();

    public RowAnswers(ServedQuery query, QuerySchema schema, ModelSchema model, ColumnMap columns, string scalar)
    {
        _columns = columns;
        _call = query.Accept(RowCalls.Instance);
        _answers = new AnswerTypes(model).Of(schema, scalar, out _isObject);
    }

    /// <summary>
    /// The type of what is made of a row, as SQL writes it: a structure of its answers, and then the column and the
    /// reason for which there is none.
    /// </summary>
    public string Sql => $"STRUCT({string.Join(", ", All.Select((one, i) => $"c{i} {one.Sql}"))})";

    private IEnumerable<AnswerColumn> All => [.. _answers.Select(one => one.Values), _faultColumns, _faultReasons];

    /// <summary>Answers rows.</summary>
    /// <param name="rows">Their columns.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="target">Receives what is made of each.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Answer(
        IReadOnlyDictionary<string, Vector> rows, int count, Target target, CancellationToken cancellationToken)
    {
        _columns.Bind(rows);
        for (var row = 0; row < count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answered = AnswerAsync(row, cancellationToken);
            if (!answered.IsCompletedSuccessfully)
            {
                answered.AsTask().GetAwaiter().GetResult(); // the engine that calls knows no waiting
            }
        }

        var index = 0;
        foreach (var one in All)
        {
            one.MoveTo(target.Field(index++));
        }
    }

    private async ValueTask AnswerAsync(int row, CancellationToken cancellationToken)
    {
        try
        {
            _arguments.Clear();
            _answer.Clear();
            _columns.Write(_arguments, row);
            if (!await _call.AnswerAsync(_arguments.Written, _answer, cancellationToken))
            {
                var error = _call.Errors[0];
                AppendFault(_columns.ColumnOf(error.Pointer), $"{error.Expected} is expected, and not {error.Actual}");
                return;
            }
        }
        catch (CellException refused)
        {
            AppendFault(_columns.Last, refused.Message);
            return;
        }
        catch (PredictionRefusedException refused)
        {
            AppendFault(null, $"the model refuses it: {refused.Reason}");
            return;
        }
        catch (ModelAnswerException other)
        {
            AppendFault(null, other.Message);
            return;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Its message may hold what is in the row.
            AppendFault(null, $"the model failed with {failure.GetType().Name}");
            return;
        }

        // Not among what is caught: an answer of which half was taken would move all that follow.
        Append(_answer.Written.Span);
        _faultColumns.AppendNull();
        _faultReasons.AppendNull();
    }

    private void Append(ReadOnlySpan<byte> answer)
    {
        var reader = new Utf8JsonReader(answer);
        reader.Read();
        if (!_isObject)
        {
            _answers[0].Values.Append(ref reader);
        }
        else if (reader.TokenType == JsonTokenType.Null)
        {
            AppendNulls();
        }
        else
        {
            AnswerMembers.Append(_answers, ref reader);
        }
    }

    private void AppendFault(string? column, string reason)
    {
        AppendNulls();
        _faultColumns.Append(column);
        _faultReasons.Append(reason);
    }

    private void AppendNulls()
    {
        foreach (var (_, values) in _answers)
        {
            values.AppendNull();
        }
    }
}
