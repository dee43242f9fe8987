using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>Collects what is kept of each call beside its answer, as JSON. For one thread.</summary>
internal sealed class AnswerLog
{
    /// <summary>How many columns it has: what the model was asked, and what it answered.</summary>
    public const int Count = 2;

    private readonly BytesAnswer _inputs = BytesAnswer.Raw();
    private readonly BytesAnswer _answers = BytesAnswer.Raw();
    private readonly JsonOutput _json = new();

    /// <summary>Its columns.</summary>
    public IReadOnlyList<AnswerColumn> Columns => [_inputs, _answers];

    /// <summary>Takes a call.</summary>
    /// <param name="arguments">What it was asked with.</param>
    /// <param name="row">The row of it.</param>
    /// <param name="answer">The JSON of its answer.</param>
    public void Append(ColumnNode arguments, int row, ReadOnlySpan<byte> answer)
    {
        _json.Clear();
        arguments.Write(_json, row);
        _inputs.Append(_json.Written.Span);
        _answers.Append(answer);
    }

    /// <summary>Takes that there was no answer.</summary>
    public void AppendNulls()
    {
        _inputs.AppendNull();
        _answers.AppendNull();
    }
}
