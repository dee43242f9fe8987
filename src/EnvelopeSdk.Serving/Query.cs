using System.ComponentModel;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Serving;

/// <summary>A query of a model as a typed call. A service's generator derives one from each predict method.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
/// <typeparam name="TAnswer">
/// The type of the answer; of a query that answers a stream, <see cref="IAsyncEnumerable{T}"/> of its items.
/// </typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Query<TModel, TArguments, TAnswer>
    where TModel : class
    where TArguments : struct
{
    /// <summary>The query's name.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether the model may be called for several callers at once; not where it is marked with
    /// <see cref="NotConcurrentAttribute"/>.
    /// </summary>
    public virtual bool IsConcurrent => true;

    /// <summary>
    /// Tells where the query's frozen schema is, once and before the first call. Queries with tables take the columns
    /// from it; others do without, so that it need not be read.
    /// </summary>
    /// <param name="schema">Gives the query, as the envelope has it.</param>
    public virtual void Use(Func<QuerySchema> schema)
    {
    }

    /// <summary>Calls the model.</summary>
    /// <param name="model">The loaded model.</param>
    /// <param name="arguments">The arguments, which have been checked.</param>
    /// <param name="cancellationToken">Is cancelled when the caller goes away.</param>
    /// <returns>The answer; of a stream, one of whose items none is made yet.</returns>
    public abstract ValueTask<TAnswer> InvokeAsync(
        TModel model, in TArguments arguments, CancellationToken cancellationToken);

    /// <summary>Shows each argument, with its type, in the order of the method's parameters.</summary>
    /// <param name="arguments">The arguments of a call.</param>
    /// <param name="visitor">Is shown them.</param>
    public abstract void Visit(in TArguments arguments, IArgumentVisitor visitor);
}

/// <summary>Is shown the arguments of a call one by one, for example to count or to record them.</summary>
public interface IArgumentVisitor
{
    /// <summary>Is shown one argument.</summary>
    /// <typeparam name="T">Its type; of a table, <see cref="Tables.TableData"/>.</typeparam>
    /// <param name="index">Its index in <see cref="QuerySchema.Parameters"/>.</param>
    /// <param name="value">Its value.</param>
    void Visit<T>(int index, T value);
}
