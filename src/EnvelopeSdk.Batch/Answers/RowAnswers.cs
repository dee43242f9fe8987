using System.Globalization;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Rows;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>Answers the rows of a table: the columns of the answers. For one thread.</summary>
internal sealed class RowAnswers
{
    private readonly CultureInfo _culture;
    private readonly IReadOnlyList<AnswerColumn> _answers;
    private readonly AnswerRow _answer;
    private readonly RowReader _reader;
    private readonly RowCall _call;
    private readonly List<int> _unanswered = [];

    /// <param name="query">The query.</param>
    /// <param name="schema">What it takes and answers.</param>
    /// <param name="record">Of which envelope.</param>
    /// <param name="columns">The columns that it takes.</param>
    /// <param name="scalar">The name of the column of an answer that has no members.</param>
    /// <param name="log">Keeps the calls, in columns behind those of the answers; null: nothing does.</param>
    /// <param name="isSigned">Whether columns of integers are to have a sign.</param>
    /// <param name="threads">Make calls of a slow model; null: the thread that asks does.</param>
    public RowAnswers(
        ServedQuery query, QuerySchema schema, EnvelopeRecord record, ColumnMap columns, string scalar,
        AnswerLog? log = null, bool isSigned = false, CallThreads? threads = null)
    {
        _culture = ModelCulture.Of(record.Culture);
        var named = new AnswerTypes(record.Schema, isSigned).Of(schema, scalar, out var isObject);
        _answers = [.. named.Select(one => one.Values), .. log?.Columns ?? []];
        Columns = [.. named.Select(one => new Column(one.Name, one.Values.Type))];
        _answer = new([.. named.Select(one => one.Values)], [.. named.Select(one => one.Name)], isObject, log);
        _reader = new(columns);
        _call = query.Accept(new RowCalls(_reader, _answer, threads));
    }

    /// <summary>The columns of the answers.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The type of what is made of a row: a structure of its answers, or null.</summary>
    public ColumnType Type => new(
        ColumnKind.Struct, $"STRUCT({string.Join(", ", _answers.Select((one, i) => $"c{i} {one.Type.Name}"))})")
    {
        Parts = Columns,
    };

    /// <summary>Answers rows.</summary>
    /// <param name="rows">Their columns.</param>
    /// <param name="numbers">The number of each.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="target">Receives what is made of each.</param>
    /// <param name="faults">Receives those that cannot be answered.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TooManyFaultsException">There are more of them than may be.</exception>
    public void Answer(
        IReadOnlyDictionary<string, Vector> rows, Vector numbers, int count, Target target, RowFaults faults,
        CancellationToken cancellationToken)
    {
        if (!ModelCulture.IsCurrent(_culture))
        {
            ModelCulture.Enter(_culture); // of the engine's thread, which has another
        }

        _reader.Bind(rows);
        _call.Answer(count, Refuse, cancellationToken);
        MoveTo(target);

        void Refuse(int row)
        {
            _answer.AppendNulls();
            _unanswered.Add(row);
            faults.Add(numbers.Read<long>(row), _reader.Errors.Column, _reader.Errors.Reason);
        }
    }

    private void MoveTo(Target target)
    {
        for (var i = 0; i < _answers.Count; i++)
        {
            _answers[i].MoveTo(target.Field(i));
        }

        foreach (var row in _unanswered)
        {
            target.SetNull(row);
        }

        _unanswered.Clear();
    }
}
