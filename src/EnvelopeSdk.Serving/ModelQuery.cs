using System.ComponentModel;
using System.Globalization;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Serving;

/// <summary>What a model can be put behind.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IModelQuery<in TModel>
    where TModel : class
{
    /// <summary>The query.</summary>
    ServedQuery Served { get; }

    /// <summary>Puts a loaded model behind the query, and what every call passes around it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="culture">The culture that the model runs in.</param>
    /// <param name="turn">Held by the one call that runs of all queries that may not run at once.</param>
    /// <param name="decorators">Put around every call, the first the outermost.</param>
    void Load(TModel model, CultureInfo culture, SemaphoreSlim turn, IReadOnlyList<ICallDecorator> decorators);
}

/// <summary>A query of a model that answers one value. The service's generator makes one for each.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
/// <typeparam name="TAnswer">The type of the answer.</typeparam>
/// <param name="query">Calls the model.</param>
/// <param name="form">The JSON of its arguments and answer.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelQuery<TModel, TArguments, TAnswer>(
    Query<TModel, TArguments, TAnswer> query, JsonForm<TArguments, TAnswer> form)
    : ServedQuery<TArguments, TAnswer>(query.Name), IModelQuery<TModel>
    where TModel : class
    where TArguments : struct
{
    /// <inheritdoc/>
    public ServedQuery Served => this;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IServedQueryVisitor<TResult> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Visit(this, form);
    }

    /// <inheritdoc/>
    public void Load(
        TModel model, CultureInfo culture, SemaphoreSlim turn, IReadOnlyList<ICallDecorator> decorators)
    {
        IQueryCall<TArguments, TAnswer> call = new ModelCall<TModel, TArguments, TAnswer>(query, model, culture);
        Load(query.IsConcurrent ? call : new TurnCall<TArguments, TAnswer>(call, turn), decorators);
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
        form.Write(output, await Bare.InvokeAsync(Read(example, form), cancellationToken));
        return output.Written;
    }
}
