namespace EnvelopeSdk.Serving;

/// <summary>The innermost call: the model itself.</summary>
internal sealed class ModelCall<TModel, TArguments, TAnswer>(Query<TModel, TArguments, TAnswer> query, TModel model)
    : IQueryCall<TArguments, TAnswer>
    where TModel : class
    where TArguments : struct
{
    public ValueTask<TAnswer> InvokeAsync(TArguments arguments, CancellationToken cancellationToken) =>
        query.InvokeAsync(model, arguments, cancellationToken);

    public void Visit(in TArguments arguments, IArgumentVisitor visitor) => query.Visit(arguments, visitor);
}
