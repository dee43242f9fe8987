using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Serving;

/// <summary>
/// Lets calls of a model take turns. Each row of a batch is a call, so that other callers wait for a row and not for
/// the batch.
/// </summary>
internal sealed class TurnCall<TArguments, TAnswer>(IQueryCall<TArguments, TAnswer> inner, SemaphoreSlim turn)
    : IQueryCall<TArguments, TAnswer>
    where TArguments : struct
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TAnswer> InvokeAsync(TArguments arguments, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await inner.InvokeAsync(arguments, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Visit(in TArguments arguments, IArgumentVisitor visitor) => inner.Visit(arguments, visitor);
}

/// <summary>
/// Lets streams of a model take turns. A stream keeps its turn to its end: the model makes an item between any two.
/// </summary>
internal sealed class StreamTurnCall<TArguments, TItem>(
    IQueryCall<TArguments, IAsyncEnumerable<TItem>> inner, SemaphoreSlim turn)
    : IQueryCall<TArguments, IAsyncEnumerable<TItem>>
    where TArguments : struct
{
    public ValueTask<IAsyncEnumerable<TItem>> InvokeAsync(TArguments arguments, CancellationToken cancellationToken) =>
        new(ItemsAsync(arguments, cancellationToken));

    public void Visit(in TArguments arguments, IArgumentVisitor visitor) => inner.Visit(arguments, visitor);

    private async IAsyncEnumerable<TItem> ItemsAsync(
        TArguments arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await foreach (var item in await inner.InvokeAsync(arguments, cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            turn.Release();
        }
    }
}
