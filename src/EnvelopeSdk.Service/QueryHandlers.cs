using EnvelopeSdk.Binding;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Service;

/// <summary>Makes the handler of each query.</summary>
internal sealed class QueryHandlers(QueryServices services) : IServedQueryVisitor<QueryHandler>
{
    public QueryHandler Visit<TArguments, TAnswer>(
        ServedQuery<TArguments, TAnswer> query, JsonForm<TArguments, TAnswer> form)
        where TArguments : struct => new ValueHandler<TArguments, TAnswer>(query, form, services);

    public QueryHandler VisitStream<TArguments, TItem>(
        ServedQuery<TArguments, IAsyncEnumerable<TItem>> query, JsonForm<TArguments, TItem> form)
        where TArguments : struct => new StreamHandler<TArguments, TItem>(query, form, services);
}
