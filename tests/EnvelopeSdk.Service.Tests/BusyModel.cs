using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Service.Tests;

/// <summary>Holds each call, and its thread, until it is disposed.</summary>
internal sealed class BusyModel : ICallDecorator, IDisposable
{
    private readonly ManualResetEvent _free = new(initialState: false);
    private readonly Lock _lock = new();
    private int _running;

    /// <summary>How many calls have begun.</summary>
    public int Begun { get; private set; }

    /// <summary>How many ran at once.</summary>
    public int Most { get; private set; }

    public IQueryCall<TArguments, TAnswer> Decorate<TArguments, TAnswer>(
        QuerySchema query, IQueryCall<TArguments, TAnswer> inner)
        where TArguments : struct => new Call<TArguments, TAnswer>(this, inner);

    public async Task WaitForAsync(int calls)
    {
        while (Begun < calls)
        {
            await Task.Delay(1);
        }
    }

    public void Dispose() => _free.Set();

    private void Hold()
    {
        lock (_lock)
        {
            Begun++;
            Most = Math.Max(Most, ++_running);
        }

        _free.WaitOne(TimeSpan.FromSeconds(30));
        lock (_lock)
        {
            _running--;
        }
    }

    private sealed class Call<TArguments, TAnswer>(BusyModel busy, IQueryCall<TArguments, TAnswer> inner)
        : IQueryCall<TArguments, TAnswer>
        where TArguments : struct
    {
        public ValueTask<TAnswer> InvokeAsync(TArguments arguments, CancellationToken cancellationToken)
        {
            busy.Hold();
            return inner.InvokeAsync(arguments, cancellationToken);
        }

        public void Visit(in TArguments arguments, IArgumentVisitor visitor) => inner.Visit(arguments, visitor);
    }
}
