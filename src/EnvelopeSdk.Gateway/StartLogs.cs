using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Gateway;

/// <summary>
/// A start that fails is told by its exception, to who started; the host is not to tell it a second time.
/// </summary>
internal sealed class StartLogs
{
    private volatile bool _isStarted;

    public bool IsStarted
    {
        get => _isStarted;
        set => _isStarted = value;
    }

    /// <summary>Whether what the host logs is written.</summary>
    public bool Take(LogLevel level) => IsStarted && level >= LogLevel.Warning;
}
