using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Service;

/// <summary>
/// Answers the requests of one query: one object of arguments at its own route, an array of them at <c>/batch</c>.
/// </summary>
internal abstract partial class QueryHandler(string name)
{
    public string Name { get; } = name;

    /// <summary>Answers a request with one object of arguments.</summary>
    public Task HandleAsync(HttpContext context) => HandleAsync(context, batch: false);

    /// <summary>Answers a request with an array of them.</summary>
    public Task HandleBatchAsync(HttpContext context) => HandleAsync(context, batch: true);

    protected abstract QueryServices Services { get; }

    /// <summary>Whether the model may be called for several callers at once.</summary>
    protected abstract bool IsConcurrent { get; }

    /// <summary>Whether the answer to one call is a stream of items.</summary>
    protected virtual bool IsStream => false;

    /// <summary>
    /// Answers a body, which is read whole before the first wait: as a stream if there is one, else as one value.
    /// </summary>
    /// <returns>The status; the buffers hold the body, unless the stream has begun.</returns>
    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    protected abstract ValueTask<int> AnswerAsync(
        ReadOnlySpan<byte> body, bool batch, ItemStream? stream, QueryBuffers buffers, CancellationToken cancellation);

    private async Task HandleAsync(HttpContext context, bool batch)
    {
        if (!JsonBody.IsAccepted(context.Request))
        {
            await Problem.UnsupportedMediaType.WriteAsync(context);
            return;
        }

        var format = IsStream && !batch ? StreamFormat.For(context.Request) : StreamFormat.Whole;
        if (format is null)
        {
            await Problem.NotAcceptable.WriteAsync(context);
            return;
        }

        var stream = format == StreamFormat.Whole ? null : new ItemStream(context.Response, format);
        var buffers = Services.Buffers.Get();
        buffers.Request = context;
        try
        {
            var status = await ReadAndAnswerAsync(context, batch, stream, buffers);
            if (stream is { HasBegun: true })
            {
                return;
            }

            context.Response.StatusCode = status;
            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                context.Response.Headers.RetryAfter = "1";
            }

            context.Response.ContentType = status == StatusCodes.Status200OK
                ? "application/json; charset=utf-8"
                : Problem.MediaType;
            context.Response.ContentLength = buffers.Output.Written.Length;
            await context.Response.BodyWriter.WriteAsync(buffers.Output.Written, context.RequestAborted);
        }
        catch (Exception failure) when (PassedTimeout.Explains(context))
        {
            throw PassedTimeout.Leave(context, failure);
        }
        catch (Exception failure) when (LeavingCaller.Explains(failure, context))
        {
            LeavingCaller.Note(context, Services.Logger, Name, failure);
        }
        catch (BadHttpRequestException refused)
        {
            // Too large, too slow, or not valid HTTP.
            await Problem.RequestRefused(refused.StatusCode).WriteAsync(context);
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            LogUnexpected(Services.Logger, Name, failure);
            await Problem.Unexpected.WriteAsync(context);
        }
        finally
        {
            Services.Buffers.Return(buffers);
        }
    }

    private async ValueTask<int> ReadAndAnswerAsync(
        HttpContext context, bool batch, ItemStream? stream, QueryBuffers buffers)
    {
        var places = Services.Gate.PlacesOf(IsConcurrent);
        if (Services.Gate.IsFull(places))
        {
            return TurnAway(buffers); // without reading what may be large
        }

        var reader = context.Request.BodyReader;
        var body = await ReadAsync(reader, context.Request);
        try
        {
            if (!await Services.Gate.EnterAsync(places, context.RequestAborted))
            {
                reader.AdvanceTo(body.End);
                return TurnAway(buffers);
            }
        }
        catch (OperationCanceledException)
        {
            reader.AdvanceTo(body.End);
            throw;
        }

        var since = Stopwatch.GetTimestamp();
        try
        {
            var answer = BeginAnswer(reader, body, batch, stream, buffers, context.RequestAborted);
            if (!answer.IsCompleted)
            {
                places = Services.Gate.Wait(places, since);
            }

            if (answer.IsCompleted || !Services.Gate.HoldsUpOthers(places))
            {
                return await answer;
            }

            var task = answer.AsTask();
            places = await Services.Gate.WaitAsync(places, since, task);
            return await task;
        }
        finally
        {
            Services.Gate.Leave(places, since);
        }
    }

    /// <summary>Reads a body whole, and leaves it in the reader.</summary>
    private static async ValueTask<ReadOnlySequence<byte>> ReadAsync(PipeReader reader, HttpRequest request)
    {
        var read = await reader.ReadAsync(CancellationToken.None);
        while (!read.IsCompleted)
        {
            read = await ReadMoreAsync(reader, read.Buffer, request);
        }

        return read.Buffer;
    }

    /// <summary>Lets the body go before the wait for the answer, which may last long.</summary>
    private ValueTask<int> BeginAnswer(
        PipeReader reader, ReadOnlySequence<byte> body, bool batch, ItemStream? stream, QueryBuffers buffers,
        CancellationToken cancellation)
    {
        try
        {
            return AnswerAsync(body, batch, stream, buffers, cancellation);
        }
        finally
        {
            reader.AdvanceTo(body.End);
        }
    }

    private int TurnAway(QueryBuffers buffers)
    {
        Services.Metrics.TurnedAway(Name);
        return Problem.Busy.Write(buffers);
    }

    /// <summary>Reads on behind what was read already, which stays in the result.</summary>
    private static async ValueTask<ReadResult> ReadMoreAsync(
        PipeReader reader, ReadOnlySequence<byte> before, HttpRequest request)
    {
        reader.AdvanceTo(before.Start, before.End);
        try
        {
            // Not cancelled with the request: a read that is left pending hinders the server in ending the connection.
            return await reader.ReadAsync(CancellationToken.None);
        }
        catch (BadHttpRequestException) when (request.ContentLength is not null)
        {
            // The caller sent less than it announced. The server counts the failed read as one that goes on until it is
            // told.
            reader.AdvanceTo(before.Start, before.End);
            throw;
        }
    }

    private ValueTask<int> AnswerAsync(
        ReadOnlySequence<byte> body, bool batch, ItemStream? stream, QueryBuffers buffers,
        CancellationToken cancellation)
    {
        if (body.IsSingleSegment)
        {
            return AnswerAsync(body.FirstSpan, batch, stream, buffers, cancellation);
        }

        if (body.Length > Array.MaxLength)
        {
            return new(Problem.RequestRefused(StatusCodes.Status413PayloadTooLarge).Write(buffers));
        }

        var length = (int)body.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(rented);
            return AnswerAsync(rented.AsSpan(0, length), batch, stream, buffers, cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    [LoggerMessage(
        11, LogLevel.Error,
        "The query {Query} could not be answered for a reason that is neither the caller's nor the model's. Please "
        + "report it.")]
    private static partial void LogUnexpected(ILogger logger, string query, Exception failure);
}
