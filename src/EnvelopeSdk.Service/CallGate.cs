using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace EnvelopeSdk.Service;

/// <summary>
/// Lets in as many calls of the model as the limits say, so that there are threads left for what else a service
/// answers. A place is the semaphore that was entered. A call that computes runs where its request is, without another
/// thread in between.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "A semaphore of which nobody asks the wait handle holds nothing; and calls "
        + "that outlive the service still give their places back.")]
internal sealed class CallGate
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);

    private readonly CallLimits _limits;
    private readonly SemaphoreSlim _computing;
    private readonly SemaphoreSlim _inTurn;
    private readonly SemaphoreSlim _waiting;
    private readonly WaitingRoom _room;
    private readonly QueueLength _length;
    private int _queued;
    private bool _hasWaited;

    public CallGate(CallLimits limits)
    {
        _limits = limits;
        _computing = new(limits.Concurrent);
        _inTurn = new(limits.Concurrent);
        _room = new(limits);
        _waiting = new(_room.Largest);
        _length = new(limits);
        LeaveThreads(limits.Concurrent + 1); // 1: of those that take turns, one computes
    }

    /// <summary>How many calls are under way.</summary>
    public int Running => Held(_computing, _limits.Concurrent) + Held(_inTurn, _limits.Concurrent) + Waiting;

    private int Waiting => Held(_waiting, _room.Largest);

    /// <summary>How many calls wait to begin.</summary>
    public int Queued => Volatile.Read(ref _queued);

    /// <summary>
    /// The places of a query. Queries that take turns have places of their own, lest those that wait for their turn
    /// hold up the others; the queue is the same.
    /// </summary>
    public SemaphoreSlim PlacesOf(bool isConcurrent) => isConcurrent ? _computing : _inTurn;

    /// <summary>Whether a call would be refused now.</summary>
    public bool IsFull(SemaphoreSlim places) => places.CurrentCount == 0 && Queued >= _length.Most;

    /// <summary>Takes a place, or waits for one.</summary>
    /// <returns>Whether there is one; if not, the queue is full.</returns>
    public ValueTask<bool> EnterAsync(SemaphoreSlim places, CancellationToken cancellation) =>
        places.Wait(0, CancellationToken.None) ? new(true) : QueueAsync(places, cancellation);

    /// <summary>
    /// Says that a call no longer computes but waits, and so lets another one begin, if it may. What takes turns keeps
    /// its place.
    /// </summary>
    /// <param name="place">The place that it has.</param>
    /// <param name="since">When it got it.</param>
    /// <returns>The place that the call has now.</returns>
    public SemaphoreSlim Wait(SemaphoreSlim place, long since)
    {
        if (place != _computing || Waiting >= _room.Most || !_waiting.Wait(0, CancellationToken.None))
        {
            return place;
        }

        if (!_hasWaited)
        {
            _hasWaited = true;
            LeaveThreads(_limits.Concurrent + 1 + _room.Largest);
        }

        Leave(place, since);
        return _waiting;
    }

    /// <summary>Whether a call that waits at a place is counted as one that computes.</summary>
    public bool HoldsUpOthers(SemaphoreSlim place) => place == _computing;

    /// <summary>Does as <see cref="Wait"/> does until there is room for the call, or it is answered.</summary>
    /// <param name="place">The place that it has.</param>
    /// <param name="since">When it got it.</param>
    /// <param name="answer">Ends when it is answered.</param>
    /// <returns>The place that the call has now.</returns>
    public async ValueTask<SemaphoreSlim> WaitAsync(SemaphoreSlim place, long since, Task answer)
    {
        while (HoldsUpOthers(place) && !answer.IsCompleted)
        {
            using var answered = new CancellationTokenSource();
            var (worked, began) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            await Task.WhenAny(answer, Task.Delay(AskAgain, answered.Token));
            await answered.CancelAsync();
            if (!answer.IsCompleted)
            {
                _room.NoteFull((Environment.CpuUsage.TotalTime - worked) / Stopwatch.GetElapsedTime(began));
                place = Wait(place, since);
            }
        }

        return place;
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="place">The place.</param>
    /// <param name="since">When the call got its first place, as a time stamp of <see cref="Stopwatch"/>.</param>
    public void Leave(SemaphoreSlim place, long since)
    {
        if (place == _waiting)
        {
            _room.Note();
        }
        else
        {
            _length.Note(Stopwatch.GetElapsedTime(since));
        }

        place.Release();
    }

    private static int Held(SemaphoreSlim places, int limit) => limit - places.CurrentCount;

    private async ValueTask<bool> QueueAsync(SemaphoreSlim places, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _queued) > _length.Most)
        {
            Interlocked.Decrement(ref _queued);
            return false;
        }

        try
        {
            await places.WaitAsync(cancellation);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _queued);
        }
    }

    /// <summary>
    /// Has the pool make threads at once, where it else makes one or two in a second, while as many calls hold one. A
    /// call that waited may go on computing, so each has one from the first wait on; before it, more threads than
    /// compute would only take turns with each other.
    /// </summary>
    private static void LeaveThreads(int held)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.SetMinThreads(Math.Min(Math.Max(workers, held + Environment.ProcessorCount), most), ports);
    }
}
