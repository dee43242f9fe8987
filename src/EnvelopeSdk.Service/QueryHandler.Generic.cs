using EnvelopeSdk.Binding;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Service;

/// <summary>Binds, checks and answers one query. All arguments of a body are checked before the model is called for any.</summary>
internal sealed partial class QueryHandler<TModel, TArguments> : QueryHandler
    where TModel : class
    where TArguments : struct
{
    private readonly QueryBinding<TModel, TArguments> _binding;
    private readonly ModelHolder<TModel> _holder;
    private readonly JsonRead<TArguments> _readOne;
    private readonly JsonRead<List<TArguments>> _readMany;

    public QueryHandler(QueryBinding<TModel, TArguments> binding, ModelHolder<TModel> holder, QueryServices services)
        : base(binding.Name)
    {
        (_binding, _holder, Services) = (binding, holder, services);
        _readOne = binding.Read;
        _readMany = ReadMany;
    }

    protected override QueryServices Services { get; }

    protected override int Answer(ReadOnlySpan<byte> body, bool batch, QueryBuffers buffers, CancellationToken cancellation)
    {
        if (_holder.Model is not { } model)
        {
            return Problem.NotReady.Write(buffers);
        }

        try
        {
            return batch ? AnswerMany(body, model, buffers, cancellation) : AnswerOne(body, model, buffers);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // Whatever a model throws is the model's fault: what the caller sent has been checked.
            buffers.Errors.Add("an answer of the model", "a failure of it");
            LogFailed(Services.Logger, Name, buffers.Errors[0].Pointer, failure);
            buffers.Output.ResetWrittenCount();
            buffers.Writer.Reset();
            return Problem.Failed(failure, buffers.Errors).Write(buffers);
        }
    }

    private int AnswerOne(ReadOnlySpan<byte> body, TModel model, QueryBuffers buffers)
    {
        var arguments = JsonInput.Read(body, buffers.Errors, _readOne);
        if (buffers.Errors.Count > 0)
        {
            return Problem.InvalidBody(buffers.Errors).Write(buffers);
        }

        _binding.Invoke(model, arguments, buffers.Writer);
        buffers.Writer.Flush();
        return 200;
    }

    private int AnswerMany(ReadOnlySpan<byte> body, TModel model, QueryBuffers buffers, CancellationToken cancellation)
    {
        var rows = JsonInput.Read(body, buffers.Errors, _readMany);
        if (buffers.Errors.Count > 0)
        {
            return Problem.InvalidBody(buffers.Errors).Write(buffers);
        }

        buffers.Writer.WriteStartArray();
        for (var i = 0; i < rows!.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            buffers.Errors.Enter(i); // so that a failure of the model names its row
            _binding.Invoke(model, rows[i], buffers.Writer);
            buffers.Errors.Leave();
        }

        buffers.Writer.WriteEndArray();
        buffers.Writer.Flush();
        return 200;
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
}
