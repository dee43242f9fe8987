namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// Stops what an engine does once that is asked for, and all that it begins from then on: DuckDB forgets between two
/// queries that it was to stop.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Timer _timer;
    private readonly CancellationTokenRegistration _asked;

    public Interruption(DuckTables tables, CancellationToken cancellationToken)
    {
        _timer = new(_ => tables.Interrupt());
        _asked = cancellationToken.Register(() => _timer.Change(TimeSpan.Zero, Pause));
    }

    /// <summary>Interrupts no more, so that the engine may be disposed of.</summary>
    public void Dispose()
    {
        _asked.Dispose();
        using var ended = new ManualResetEvent(initialState: false);
        if (_timer.Dispose(ended))
        {
            ended.WaitOne();
        }
    }
}
