using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Serving;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Service;

/// <summary>
/// Answers one query whose answer to one call is a stream; each item goes out before the next one is asked for.
/// </summary>
internal sealed class StreamHandler<TArguments, TItem>(
    ServedQuery<TArguments, IAsyncEnumerable<TItem>> query, JsonForm<TArguments, TItem> form, QueryServices services)
    : QueryHandler<TArguments, IAsyncEnumerable<TItem>, TItem>(query, form, services)
    where TArguments : struct
{
    /// <summary>What is sent as one array is in memory until its last item is there.</summary>
    private const int LongestArray = 64 << 20;

    protected override bool IsStream => true;

    protected override async ValueTask<int> AnswerOneAsync(
        TArguments arguments, IQueryCall<TArguments, IAsyncEnumerable<TItem>> call, ItemStream? stream,
        QueryBuffers buffers, CancellationToken cancellation)
    {
        if (stream is null)
        {
            return await base.AnswerOneAsync(arguments, call, stream, buffers, cancellation);
        }

        try
        {
            await SendAsync(await call.InvokeAsync(arguments, cancellation), stream, buffers, cancellation);
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

    protected override bool TryWrite(JsonOutput output, IAsyncEnumerable<TItem> answer) => false;

    /// <summary>Writes all items as one array.</summary>
    protected override async ValueTask WriteAsync(JsonOutput output, IAsyncEnumerable<TItem> answer)
    {
        output.WriteStartArray();
        await foreach (var item in answer)
        {
            Form.Write(output, item);
            if (output.Written.Length > LongestArray)
            {
                throw new StreamTooLongException(); // leaves the loop, which tells the model to stop
            }
        }

        output.WriteEndArray();
    }

    private async ValueTask SendAsync(
        IAsyncEnumerable<TItem> items, ItemStream stream, QueryBuffers buffers, CancellationToken cancellation)
    {
        await foreach (var item in items.WithCancellation(cancellation))
        {
            Form.Write(buffers.Output, item);
            await stream.WriteAsync(buffers.Output.Written, cancellation);
            buffers.Clear();
        }

        stream.Begin(); // with nothing in it, if it has not begun
    }
}

/// <summary>A stream does not fit into the one array that its caller asks for.</summary>
internal sealed class StreamTooLongException : Exception;
