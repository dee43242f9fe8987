using System.Diagnostics;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>Tells a listener how far a job is, at times and at the end of parts.</summary>
internal sealed class JobClock : IDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private readonly IJobListener _listener;
    private readonly long _of;
    private readonly Func<(long Rows, long Bad)> _running;
    private readonly Timer _timer;
    private (long Rows, long Bad) _finished;
    private long _before;
    private bool _isEnded;

    /// <param name="listener">The listener.</param>
    /// <param name="of">How many rows there are.</param>
    /// <param name="finished">How many were done in earlier runs, and how many of them could not be answered.</param>
    /// <param name="running">The same of the part that is not finished yet.</param>
    public JobClock(IJobListener listener, long of, (long Rows, long Bad) finished, Func<(long Rows, long Bad)> running)
    {
        (_listener, _of, _finished, _running, _before) = (listener, of, finished, running, finished.Rows);
        _timer = new(_ => Tell(), null, Often, Often);
    }

    /// <summary>A part is finished.</summary>
    public void Finish(long rows, long bad)
    {
        lock (_lock)
        {
            _finished = (_finished.Rows + rows, _finished.Bad + bad);
            _listener.Finished(Progress(_finished.Rows, _finished.Bad));
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isEnded = true;
        }

        _timer.Dispose();
    }

    /// <summary>
    /// Says how far it is, unless something is being said: a listener may have to wait (for a terminal that was stopped),
    /// and what waited for it would take another thread of the pool each time, until the job had none.
    /// </summary>
    public void Tell()
    {
        if (!_lock.TryEnter())
        {
            return;
        }

        try
        {
            if (!_isEnded)
            {
                var (rows, bad) = _running();
                _listener.Advanced(Progress(Math.Min(_finished.Rows + rows, _of), _finished.Bad + bad));
            }
        }
        finally
        {
            _lock.Exit();
        }
    }

    private BatchProgress Progress(long rows, long bad) => new(rows, _of, bad, rows - _before, _watch.Elapsed);
}
