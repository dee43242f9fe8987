using EnvelopeSdk.Binding;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Service;

/// <summary>A query of a model, as the service's generator binds it. Not written by hand.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
public abstract class QueryBinding<TModel>
    where TModel : class
{
    /// <summary>The query's name, which is its route.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the model may be called for several requests at once; not where it is marked with <see cref="NotConcurrentAttribute"/>.</summary>
    public virtual bool IsConcurrent => true;

    /// <summary>Tells the query's frozen schema, once and before the first call. Queries with tables take the columns from it.</summary>
    /// <param name="query">The query, as the envelope has it.</param>
    public virtual void Use(QuerySchema query)
    {
    }

    internal abstract QueryHandler CreateHandler(ModelHolder<TModel> holder, QueryServices services);
}

/// <summary>A query of a model with the type that holds its arguments. It knows nothing of HTTP.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
public abstract class QueryBinding<TModel, TArguments> : QueryBinding<TModel>
    where TModel : class
    where TArguments : struct
{
    /// <summary>Reads the arguments of one call.</summary>
    /// <param name="input">At the first token of the object that holds them; left at its last.</param>
    /// <returns>The arguments; meaningless when <paramref name="input"/> has errors.</returns>
    public abstract TArguments Read(ref JsonInput input);

    /// <summary>Calls the model and writes its answer.</summary>
    /// <param name="model">The loaded model.</param>
    /// <param name="arguments">What <see cref="Read"/> gave.</param>
    /// <param name="output">Receives one JSON value.</param>
    /// <param name="cancellationToken">Is cancelled when the caller goes away.</param>
    /// <returns>A task that has ended when the answer is written; a method that returns its value itself has written it on return.</returns>
    public abstract ValueTask InvokeAsync(TModel model, TArguments arguments, JsonOutput output, CancellationToken cancellationToken);

    internal override QueryHandler CreateHandler(ModelHolder<TModel> holder, QueryServices services) =>
        new QueryHandler<TModel, TArguments>(this, holder, services);
}
