using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Service.Tests;

/// <summary>
/// Breaks every call: at once with a failure, or with one of no kind in particular when the caller left.
/// </summary>
internal sealed class CallBreaker : ICallDecorator
{
    /// <summary>Ends when a call has begun.</summary>
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Is thrown at once.</summary>
    public Exception? Throws { get; init; }

    public IQueryCall<TArguments, TAnswer> Decorate<TArguments, TAnswer>(
        QuerySchema query, IQueryCall<TArguments, TAnswer> inner)
        where TArguments : struct => new Call<TArguments, TAnswer>(this, inner);

    private sealed class Call<TArguments, TAnswer>(CallBreaker breaker, IQueryCall<TArguments, TAnswer> inner)
        : IQueryCall<TArguments, TAnswer>
        where TArguments : struct
    {
        public async ValueTask<TAnswer> InvokeAsync(TArguments arguments, CancellationToken cancellationToken)
        {
            if (breaker.Throws is not null)
            {
                throw breaker.Throws;
            }

            breaker.Called.TrySetResult();
            var left = new TaskCompletionSource();
            await using var registration = cancellationToken.Register(left.SetResult);
            await left.Task;
            throw new InvalidOperationException("broken behind the caller");
        }

        public void Visit(in TArguments arguments, IArgumentVisitor visitor) => inner.Visit(arguments, visitor);
    }
}
