namespace EnvelopeSdk.Layouts;

/// <summary>Lets one after the other in, in the order in which they came.</summary>
internal sealed class Turns
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Waits until all who came before have gone.</summary>
    /// <returns>Lets the next one in when disposed.</returns>
    public async Task<IDisposable> WaitAsync(CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_lock)
        {
            (before, _last) = (_last, mine.Task);
        }

        try
        {
            await before.WaitAsync(cancellationToken);
        }
        catch
        {
            _ = before.ContinueWith(_ => mine.SetResult(), TaskScheduler.Default); // who came later still waits for it
            throw;
        }

        return new End(mine);
    }

    private sealed class End(TaskCompletionSource mine) : IDisposable
    {
        public void Dispose() => mine.TrySetResult();
    }
}

/// <summary>A turn, and what was taken in it, which is given back first.</summary>
internal sealed class Turn(IDisposable turn, IDisposable taken) : IDisposable
{
    public void Dispose()
    {
        taken.Dispose();
        turn.Dispose();
    }
}
