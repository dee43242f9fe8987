using EnvelopeSdk.Kubernetes;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>
/// A service on a cluster, as the cluster said last. It is asked in the background, and at most each few seconds; while
/// it does not answer, what it said before holds.
/// </summary>
internal sealed class WatchedService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ClusterClient _client;
    private readonly string _service;
    private readonly TimeProvider _clock;
    private readonly Func<Task> _apply;
    private readonly Lock _turn = new();
    private Task _asking;
    private long _asked;
    private volatile bool _isApplied;
    private volatile bool _isThere = true;
    private volatile bool _isReady;
    private volatile string? _trouble;

    /// <param name="client">Asks the cluster.</param>
    /// <param name="service">The service.</param>
    /// <param name="clock">The time.</param>
    /// <param name="apply">Makes its objects, before it is asked for the first time.</param>
    public WatchedService(ClusterClient client, string service, TimeProvider clock, Func<Task> apply)
    {
        (_client, _service, _clock, _apply) = (client, service, clock, apply);
        _asked = clock.GetTimestamp();
        _asking = Task.Run(ApplyAsync);
    }

    /// <summary>Why it is not ready; null: it is, or nobody knows yet.</summary>
    public string? Trouble => _trouble;

    /// <summary>Whether the cluster has it: not when it refused to make it, or somebody has removed it.</summary>
    public bool IsThere()
    {
        Refresh();
        return _isThere;
    }

    /// <summary>Whether all its replicas run.</summary>
    public bool IsReady()
    {
        Refresh();
        return _isReady;
    }

    /// <summary>Waits until nothing is asked.</summary>
    public Task SettleAsync()
    {
        lock (_turn)
        {
            return _asking;
        }
    }

    /// <summary>The last lines that one of its pods wrote.</summary>
    public async Task<string> LogEndAsync(int lines, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.LogEndAsync(_service, lines, cancellationToken);
        }
        catch (EnvelopeException failure)
        {
            return failure.Message;
        }
    }

    private void Refresh()
    {
        lock (_turn)
        {
            if (_asking.IsCompleted && _isThere && _clock.GetElapsedTime(_asked) > Interval)
            {
                _asked = _clock.GetTimestamp();
                _asking = Task.Run(_isApplied ? AskAsync : ApplyAsync);
            }
        }
    }

    private async Task ApplyAsync()
    {
        try
        {
            await _apply();
            _isApplied = true;
        }
        catch (EnvelopeException later) when (later.Error == EnvelopeError.Unavailable)
        {
            _trouble = later.Message; // it is no end, and tried again as long as a service may take to start
            return;
        }
        catch (EnvelopeException refusal)
        {
            _trouble = refusal.Message;
            _isThere = false; // and it is tried again, as what ended by itself is
            return;
        }

        await AskAsync();
    }

    private async Task AskAsync()
    {
        try
        {
            await _client.ReadyAsync(_service, TimeSpan.Zero);
            (_isReady, _trouble) = (true, null);
        }
        catch (EnvelopeException missing) when (missing.Error == EnvelopeError.NotFound)
        {
            (_isReady, _isThere, _trouble) = (false, false, missing.Message);
        }
        catch (EnvelopeException notReady)
        {
            _trouble = notReady.Message; // or the cluster does not answer: what is ready stays so
        }
    }
}
