using System.Text;
using System.Text.Json;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Serving;

/// <summary>A query that is served: which one it is, and, once the model is loaded, how it is called.</summary>
/// <param name="name">The query's name.</param>
public abstract class ServedQuery(string name)
{
    private Func<QuerySchema>? _schema;

    /// <summary>The query's name.</summary>
    public string Name { get; } = name;

    /// <summary>Shows the query with its types.</summary>
    /// <typeparam name="TResult">What the visitor makes of it.</typeparam>
    /// <param name="visitor">Is shown the query.</param>
    public abstract TResult Accept<TResult>(IServedQueryVisitor<TResult> visitor);

    /// <summary>Tells where the query's frozen schema is, once and before the model is loaded.</summary>
    /// <param name="schema">Gives the query, as the envelope has it.</param>
    internal void Use(Func<QuerySchema> schema)
    {
        _schema = schema;
        Bind(schema);
    }

    /// <summary>Answers a recorded example once more, before other callers are let in.</summary>
    /// <returns>What it answers now, as JSON; null when that is what it answered then.</returns>
    internal abstract Task<string?> ReplayAsync(PredictionExample example, CancellationToken cancellationToken);

    /// <summary>Lets callers in.</summary>
    internal abstract void Open();

    /// <summary>Whether the model may be called for several callers at once.</summary>
    internal abstract bool IsConcurrent { get; }

    /// <summary>The query's frozen schema.</summary>
    private protected QuerySchema Schema =>
        _schema?.Invoke() ?? throw new InvalidOperationException($"The query '{Name}' has no schema yet.");

    /// <summary>Hands the schema on to what reads, calls and writes.</summary>
    private protected abstract void Bind(Func<QuerySchema> schema);
}

/// <summary>A query that is served, with its types.</summary>
/// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
/// <typeparam name="TAnswer">
/// The type of the answer; of a stream, <see cref="IAsyncEnumerable{T}"/> of its items.
/// </typeparam>
public abstract class ServedQuery<TArguments, TAnswer>(string name) : ServedQuery(name)
    where TArguments : struct
{
    private volatile IQueryCall<TArguments, TAnswer>? _call;
    private IQueryCall<TArguments, TAnswer>? _decorated;
    private IQueryCall<TArguments, TAnswer>? _bare;

    /// <summary>The one way in for every call; null until the model is loaded.</summary>
    public IQueryCall<TArguments, TAnswer>? Call => _call;

    internal override void Open() => _call = _decorated;

    internal override async Task<string?> ReplayAsync(PredictionExample example, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(example, cancellationToken);
        return JsonElement.DeepEquals(JsonElement.Parse(answer.Span), example.Output)
            ? null
            : Encoding.UTF8.GetString(answer.Span);
    }

    /// <summary>The call without what is put around it: a replayed example is no caller.</summary>
    private protected IQueryCall<TArguments, TAnswer> Bare =>
        _bare ?? throw new InvalidOperationException($"The query '{Name}' has no model yet.");

    /// <summary>Puts what every call passes around the model.</summary>
    private protected void Load(IQueryCall<TArguments, TAnswer> call, IReadOnlyList<ICallDecorator> decorators)
    {
        (_bare, _decorated) = (call, call);
        foreach (var decorator in decorators.Reverse())
        {
            _decorated = decorator.Decorate(Schema, _decorated);
        }
    }

    private protected abstract Task<ReadOnlyMemory<byte>> AnswerAsync(
        PredictionExample example, CancellationToken cancellationToken);

    private protected static TArguments Read<T>(PredictionExample example, JsonForm<TArguments, T> form)
    {
        var errors = new BindingErrors();
        var input = Encoding.UTF8.GetBytes(example.Input.GetRawText());
        var arguments = JsonInput.Read<TArguments>(input, errors, form.Read);
        return errors.Count == 0 ? arguments : throw new EnvelopeException(
            EnvelopeError.Damaged,
            $"A recorded example of the query '{example.Query}' has arguments that the query does not take: "
            + $"{errors[0]}");
    }
}

/// <summary>Is shown queries with their types.</summary>
/// <typeparam name="TResult">What it makes of them.</typeparam>
public interface IServedQueryVisitor<out TResult>
{
    /// <summary>Is shown a query that answers one value.</summary>
    /// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
    /// <typeparam name="TAnswer">The type of the answer.</typeparam>
    /// <param name="query">The query.</param>
    /// <param name="form">The JSON of its arguments and answer.</param>
    TResult Visit<TArguments, TAnswer>(ServedQuery<TArguments, TAnswer> query, JsonForm<TArguments, TAnswer> form)
        where TArguments : struct;

    /// <summary>Is shown a query that answers a stream.</summary>
    /// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
    /// <typeparam name="TItem">The type of an item.</typeparam>
    /// <param name="query">The query.</param>
    /// <param name="form">The JSON of its arguments and of an item.</param>
    TResult VisitStream<TArguments, TItem>(
        ServedQuery<TArguments, IAsyncEnumerable<TItem>> query, JsonForm<TArguments, TItem> form)
        where TArguments : struct;
}
