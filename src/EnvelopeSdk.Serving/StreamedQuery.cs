using System.ComponentModel;
using System.Globalization;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Serving;

/// <summary>A query of a model that answers a stream. The service's generator makes one for each.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
/// <typeparam name="TItem">The type of an item.</typeparam>
/// <param name="query">Calls the model.</param>
/// <param name="form">The JSON of its arguments and of an item.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StreamedQuery<TModel, TArguments, TItem>(
    Query<TModel, TArguments, IAsyncEnumerable<TItem>> query, JsonForm<TArguments, TItem> form)
    : ServedQuery<TArguments, IAsyncEnumerable<TItem>>(query.Name), IModelQuery<TModel>
    where TModel : class
    where TArguments : struct
{
    /// <inheritdoc/>
    public ServedQuery Served => this;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IServedQueryVisitor<TResult> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.VisitStream(this, form);
    }

    /// <inheritdoc/>
    public void Load(
        TModel model, CultureInfo culture, SemaphoreSlim turn, IReadOnlyList<ICallDecorator> decorators)
    {
        IQueryCall<TArguments, IAsyncEnumerable<TItem>> call = new StreamCall<TArguments, TItem>(
            new ModelCall<TModel, TArguments, IAsyncEnumerable<TItem>>(query, model, culture), culture);
        Load(query.IsConcurrent ? call : new StreamTurnCall<TArguments, TItem>(call, turn), decorators);
    }

    internal override bool IsConcurrent => query.IsConcurrent;

    private protected override void Bind(Func<QuerySchema> schema)
    {
        query.Use(schema);
        form.Use(schema);
    }

    private protected override async Task<ReadOnlyMemory<byte>> AnswerAsync(
        PredictionExample example, CancellationToken cancellationToken)
    {
        var output = new JsonOutput();
        output.WriteStartArray();
        await foreach (var item in await Bare.InvokeAsync(Read(example, form), cancellationToken))
        {
            form.Write(output, item);
        }

        output.WriteEndArray();
        return output.Written;
    }
}
