using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;

namespace EnvelopeSdk.Service;

/// <summary>
/// Binds, checks and answers one query. All arguments of a body are checked before the model is called for any.
/// </summary>
/// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
/// <typeparam name="TAnswer">What a call gives.</typeparam>
/// <typeparam name="TWritten">What is written as one JSON value: the answer, or one item of it.</typeparam>
internal abstract partial class QueryHandler<TArguments, TAnswer, TWritten> : QueryHandler
    where TArguments : struct
{
    private readonly ServedQuery<TArguments, TAnswer> _query;
    private readonly JsonRead<TArguments> _readOne;
    private readonly JsonRead<List<TArguments>> _readMany;
    private readonly ObjectPool<List<TArguments>> _rows =
        new DefaultObjectPool<List<TArguments>>(new RowsPolicy<TArguments>());

    protected QueryHandler(
        ServedQuery<TArguments, TAnswer> query, JsonForm<TArguments, TWritten> form, QueryServices services)
        : base(query.Name)
    {
        (_query, Form, Services) = (query, form, services);
        _readOne = form.Read;
        _readMany = ReadMany;
    }

    protected override QueryServices Services { get; }

    protected override bool IsConcurrent => _query.IsConcurrent;

    protected JsonForm<TArguments, TWritten> Form { get; }

    protected sealed override ValueTask<int> AnswerAsync(
        ReadOnlySpan<byte> body, bool batch, ItemStream? stream, QueryBuffers buffers, CancellationToken cancellation)
    {
        if (_query.Call is not { } call)
        {
            return new(Problem.NotReady.Write(buffers));
        }

        if (batch)
        {
            var rows = JsonInput.Read(body, buffers.Errors, _readMany);
            return buffers.Errors.Count > 0
                ? new(Problem.InvalidBody(buffers.Errors).Write(buffers)) // the list is not kept: it holds what was wrong
                : AnswerManyAsync(rows!, call, buffers, cancellation);
        }

        var arguments = JsonInput.Read(body, buffers.Errors, _readOne);
        return buffers.Errors.Count > 0
            ? new(Problem.InvalidBody(buffers.Errors).Write(buffers))
            : AnswerOneAsync(arguments, call, stream, buffers, cancellation);
    }

    /// <summary>Writes the answer to one call, if that needs no waiting.</summary>
    /// <returns>Whether it does not: a stream does, of which nothing is written.</returns>
    protected abstract bool TryWrite(JsonOutput output, TAnswer answer);

    /// <summary>Writes the answer to one call, whole.</summary>
    protected abstract ValueTask WriteAsync(JsonOutput output, TAnswer answer);

    /// <summary>Calls the model for one object of arguments, and writes the answer whole.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected virtual async ValueTask<int> AnswerOneAsync(
        TArguments arguments, IQueryCall<TArguments, TAnswer> call, ItemStream? stream, QueryBuffers buffers,
        CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(buffers.Output, await call.InvokeAsync(arguments, cancellation));
            return StatusCodes.Status200OK;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            return Fail(failure, buffers);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AnswerManyAsync(
        List<TArguments> rows, IQueryCall<TArguments, TAnswer> call, QueryBuffers buffers,
        CancellationToken cancellation)
    {
        var row = 0;
        try
        {
            buffers.Output.WriteStartArray();
            while (AnswerReady(rows, ref row, call, buffers.Output, out var pending, cancellation))
            {
                await pending;
                row++;
            }

            buffers.Output.WriteEndArray();
            return StatusCodes.Status200OK;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            buffers.Errors.Enter(row); // so that a failure of the model names its row
            return Fail(failure, buffers);
        }
        finally
        {
            _rows.Return(rows);
        }
    }

    /// <summary>
    /// Answers rows as long as the model does at once, as most do: a state machine for each row would cost as much as
    /// a small model.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="row">The first; receives that for which it has to be waited.</param>
    /// <param name="call">The model.</param>
    /// <param name="output">Receives the answers.</param>
    /// <param name="pending">Ends when that row is answered.</param>
    /// <param name="cancellation">Is cancelled when the caller goes away.</param>
    /// <returns>Whether there is such a row.</returns>
    private bool AnswerReady(
        List<TArguments> rows, ref int row, IQueryCall<TArguments, TAnswer> call, JsonOutput output,
        out ValueTask pending, CancellationToken cancellation)
    {
        var all = CollectionsMarshal.AsSpan(rows);
        for (; row < all.Length; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            var answer = call.InvokeAsync(all[row], cancellation);
            if (!answer.IsCompletedSuccessfully)
            {
                pending = WriteAsync(output, answer);
                return true;
            }

            var ready = answer.Result;
            if (!TryWrite(output, ready))
            {
                pending = WriteAsync(output, ready);
                return true;
            }
        }

        pending = default;
        return false;
    }

    private async ValueTask WriteAsync(JsonOutput output, ValueTask<TAnswer> answer) =>
        await WriteAsync(output, await answer);

    /// <summary>
    /// Whatever a model throws is the model's fault, since what the caller sent has been checked; but it may refuse.
    /// </summary>
    protected int Fail(Exception failure, QueryBuffers buffers)
    {
        if (failure is PredictionRefusedException refused)
        {
            return Refuse(refused, buffers);
        }

        if (failure is StreamTooLongException)
        {
            buffers.Clear();
            return Problem.StreamTooLong.Write(buffers);
        }

        buffers.Errors.Add("an answer of the model", "a failure of it");
        if (failure is ModelAnswerException && buffers.Output.Place is { Length: > 0 } place)
        {
            LogUnwritable(Services.Logger, Name, buffers.Errors[0].Pointer, place, failure);
        }
        else
        {
            LogFailed(Services.Logger, Name, buffers.Errors[0].Pointer, failure);
        }

        buffers.Output.Clear();
        return Problem.Failed(failure, buffers.Errors).Write(buffers);
    }

    private int Refuse(PredictionRefusedException refused, QueryBuffers buffers)
    {
        Refusal.AddTo(buffers.Errors, refused);
        Services.Metrics.Refused(Name);
        LogRefused(Services.Logger, Name, buffers.Errors[0].Pointer, refused.Reason);
        buffers.Output.Clear();
        return Problem.Refused(refused, buffers.Errors).Write(buffers);
    }

    private List<TArguments> ReadMany(ref JsonInput input)
    {
        var rows = _rows.Get();
        if (input.BeginArray())
        {
            var index = -1;
            while (input.NextItem(ref index))
            {
                CollectionsMarshal.SetCount(rows, index + 1);
                Form.Read(ref input, ref CollectionsMarshal.AsSpan(rows)[index]);
            }
        }

        return rows;
    }

    [LoggerMessage(13, LogLevel.Debug, "The model refused to answer the query {Query}{Row}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string query, string row, string reason);

    [LoggerMessage(10, LogLevel.Error, "The model failed to answer the query {Query}{Row}.")]
    private static partial void LogFailed(ILogger logger, string query, string row, Exception failure);

    [LoggerMessage(
        10, LogLevel.Error,
        "The model failed to answer the query {Query}{Row}: what it answered at '{Place}' cannot be sent.")]
    private static partial void LogUnwritable(
        ILogger logger, string query, string row, string place, Exception failure);
}
