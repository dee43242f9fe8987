namespace EnvelopeSdk.Distribution;

/// <summary>Waits after each failure of one undertaking, and gives up when it gets no further.</summary>
/// <param name="registry">The registry that fails.</param>
/// <param name="options">How often, and how long.</param>
/// <param name="asked">What it was asked for.</param>
internal sealed class Patience(OciReference registry, RegistryOptions options, string asked)
{
    private int _failures;

    /// <summary>Says that it got further: what failed before does not count any more.</summary>
    public void Progress() => _failures = 0;

    /// <summary>Waits before the next try.</summary>
    /// <exception cref="EnvelopeException">The failure does not pass by waiting, or there were too many.</exception>
    public async Task WaitAsync(Exception failure, CancellationToken cancellationToken)
    {
        var busy = failure as RegistryBusyException;
        if (++_failures >= options.Attempts || (busy is null && !RegistryChannel.MayPass(failure)))
        {
            throw busy?.Failure ?? RegistryFailure.Of(registry, asked, failure);
        }

        await Task.Delay(options.DelayAfter(_failures, busy?.RetryAfter), options.Clock, cancellationToken);
    }
}
