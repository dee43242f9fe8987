using System.Runtime.CompilerServices;
using EnvelopeSdk.Binding;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Service;

/// <summary>Binds, checks and answers one query. All arguments of a body are checked before the model is called for any.</summary>
internal partial class QueryHandler<TModel, TArguments> : QueryHandler
    where TModel : class
    where TArguments : struct
{
    private readonly QueryBinding<TModel, TArguments> _binding;
    private readonly ModelHolder<TModel> _holder;
    private readonly SemaphoreSlim? _turn;
    private readonly JsonRead<TArguments> _readOne;
    private readonly JsonRead<List<TArguments>> _readMany;

    public QueryHandler(QueryBinding<TModel, TArguments> binding, ModelHolder<TModel> holder, QueryServices services)
        : base(binding.Name)
    {
        (_binding, _holder, Services) = (binding, holder, services);
        _turn = binding.IsConcurrent ? null : holder.Turn;
        _readOne = binding.Read;
        _readMany = ReadMany;
    }

    protected override QueryServices Services { get; }

    /// <summary>What a call waits for when calls of the model take turns; null when they do not.</summary>
    protected SemaphoreSlim? Turn => _turn;

    protected sealed override ValueTask<int> AnswerAsync(ReadOnlySpan<byte> body, bool batch, ItemStream? stream, QueryBuffers buffers, CancellationToken cancellation)
    {
        if (_holder.Model is not { } model)
        {
            return new(Problem.NotReady.Write(buffers));
        }

        if (batch)
        {
            var rows = JsonInput.Read(body, buffers.Errors, _readMany);
            return buffers.Errors.Count > 0 ? new(Problem.InvalidBody(buffers.Errors).Write(buffers)) : AnswerManyAsync(rows!, model, buffers, cancellation);
        }

        var arguments = JsonInput.Read(body, buffers.Errors, _readOne);
        return buffers.Errors.Count > 0 ? new(Problem.InvalidBody(buffers.Errors).Write(buffers)) : AnswerOneAsync(arguments, model, stream, buffers, cancellation);
    }

    /// <summary>Calls the model for one object of arguments, and writes the answer whole.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected virtual async ValueTask<int> AnswerOneAsync(TArguments arguments, TModel model, ItemStream? stream, QueryBuffers buffers, CancellationToken cancellation)
    {
        try
        {
            await InvokeAsync(model, arguments, buffers.Output, cancellation);
            return StatusCodes.Status200OK;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            return Fail(failure, buffers);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AnswerManyAsync(List<TArguments> rows, TModel model, QueryBuffers buffers, CancellationToken cancellation)
    {
        try
        {
            buffers.Output.WriteStartArray();
            for (var i = 0; i < rows.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                buffers.Errors.Enter(i); // so that a failure of the model names its row
                await InvokeAsync(model, rows[i], buffers.Output, cancellation);
                buffers.Errors.Leave();
            }

            buffers.Output.WriteEndArray();
            return StatusCodes.Status200OK;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            return Fail(failure, buffers);
        }
    }

    private ValueTask InvokeAsync(TModel model, TArguments arguments, JsonOutput output, CancellationToken cancellation) =>
        _turn is null ? _binding.InvokeAsync(model, arguments, output, cancellation) : InvokeInTurnAsync(_turn, model, arguments, output, cancellation);

    /// <summary>Each row of a batch takes its own turn, so that other callers wait for a row and not for the batch.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask InvokeInTurnAsync(SemaphoreSlim turn, TModel model, TArguments arguments, JsonOutput output, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await _binding.InvokeAsync(model, arguments, output, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Whatever a model throws is the model's fault: what the caller sent has been checked.</summary>
    protected int Fail(Exception failure, QueryBuffers buffers)
    {
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

    private List<TArguments> ReadMany(ref JsonInput input)
    {
        var rows = new List<TArguments>();
        if (input.BeginArray())
        {
            var index = -1;
            while (input.NextItem(ref index))
            {
                rows.Add(_binding.Read(ref input));
            }
        }

        return rows;
    }

    [LoggerMessage(10, LogLevel.Error, "The model failed to answer the query {Query}{Row}.")]
    private static partial void LogFailed(ILogger logger, string query, string row, Exception failure);

    [LoggerMessage(10, LogLevel.Error, "The model failed to answer the query {Query}{Row}: what it answered at '{Place}' cannot be sent.")]
    private static partial void LogUnwritable(ILogger logger, string query, string row, string place, Exception failure);
}
