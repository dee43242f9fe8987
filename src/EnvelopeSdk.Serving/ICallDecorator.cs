using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Serving;

/// <summary>
/// Is put around every call of every query, whichever way it comes in: the place for a profile, a log, a limit or a
/// batcher. It wraps each query once, when the model is loaded; a query that it does not wrap costs nothing.
/// </summary>
public interface ICallDecorator
{
    /// <summary>Wraps a query.</summary>
    /// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
    /// <typeparam name="TAnswer">
    /// The type of the answer; of a stream, <see cref="IAsyncEnumerable{T}"/> of its items.
    /// </typeparam>
    /// <param name="query">What the query takes and answers.</param>
    /// <param name="inner">The query.</param>
    /// <returns>What is called in its place; <paramref name="inner"/> itself to leave it as it is.</returns>
    IQueryCall<TArguments, TAnswer> Decorate<TArguments, TAnswer>(
        QuerySchema query, IQueryCall<TArguments, TAnswer> inner)
        where TArguments : struct;
}
