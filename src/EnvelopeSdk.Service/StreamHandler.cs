using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Service;

/// <summary>Answers one query whose answer to one call is a stream; each item goes out before the next one is asked for.</summary>
internal sealed class StreamHandler<TModel, TArguments, TItem>(StreamBinding<TModel, TArguments, TItem> binding, ModelHolder<TModel> holder, QueryServices services)
    : QueryHandler<TModel, TArguments>(binding, holder, services)
    where TModel : class
    where TArguments : struct
{
    protected override bool IsStream => true;

    protected override async ValueTask<int> AnswerOneAsync(TArguments arguments, TModel model, ItemStream? stream, QueryBuffers buffers, CancellationToken cancellation)
    {
        if (stream is null)
        {
            return await base.AnswerOneAsync(arguments, model, stream, buffers, cancellation);
        }

        try
        {
            await SendInTurnAsync(arguments, model, stream, buffers, cancellation);
            return StatusCodes.Status200OK;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            var status = Fail(failure, buffers);
            if (stream.HasBegun)
            {
                await stream.FailAsync(buffers.Output.Written, cancellation);
            }

            return status;
        }
    }

    /// <summary>A stream keeps its turn to its end: the model makes an item between any two.</summary>
    private async ValueTask SendInTurnAsync(TArguments arguments, TModel model, ItemStream stream, QueryBuffers buffers, CancellationToken cancellation)
    {
        if (Turn is not { } turn)
        {
            await SendAsync(arguments, model, stream, buffers, cancellation);
            return;
        }

        await turn.WaitAsync(cancellation);
        try
        {
            await SendAsync(arguments, model, stream, buffers, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    private async ValueTask SendAsync(TArguments arguments, TModel model, ItemStream stream, QueryBuffers buffers, CancellationToken cancellation)
    {
        await foreach (var item in binding.Items(model, arguments, cancellation))
        {
            binding.Write(buffers.Output, item);
            await stream.WriteAsync(buffers.Output.Written, cancellation);
            buffers.Clear();
        }

        stream.Begin(); // with nothing in it, if it has not begun
    }
}
