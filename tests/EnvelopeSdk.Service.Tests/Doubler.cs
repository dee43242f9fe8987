namespace EnvelopeSdk.Service.Tests;

/// <summary>Doubles a number, once its gate is open.</summary>
[EnvelopeModel("doubler")]
public sealed partial class Doubler(double factor)
{
    /// <summary>Loading waits for it, since loading makes an instance.</summary>
    public static ManualResetEventSlim Gate { get; } = new(initialState: true);

    private readonly bool _open = Gate.Wait(TimeSpan.FromSeconds(30));

    /// <summary>Doubles a number.</summary>
    /// <param name="value">The number.</param>
    [Predict]
    public double Predict(double value) => _open ? value * factor : throw new InvalidOperationException("closed");

    /// <summary>Doubles what is less than a hundred, and refuses the rest.</summary>
    /// <param name="value">The number.</param>
    [Predict("refuse")]
    public double Refuse(double value) => value < 100 ? value * factor
        : throw new PredictionRefusedException("too large by far", value < 200 ? "/value" : "");

    /// <summary>Is bound by a form that fails.</summary>
    /// <param name="value">A number.</param>
    [Predict("broken")]
    public double Broken(double value) => value * factor;

    /// <summary>Waits until the caller goes away.</summary>
    /// <param name="value">Is answered when it is not negative.</param>
    /// <param name="cancellationToken">Is cancelled then.</param>
    [Predict]
    public async Task<double> WaitAsync(double value, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (value < 0)
        {
            Waiting.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => CancelledCalls.TrySetResult(), TaskScheduler.Default);
        }

        return value == 0 ? throw new InvalidOperationException("zero") : value * factor;
    }

    /// <summary>Ends when a call waits.</summary>
    public static TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a waiting call is cancelled.</summary>
    public static TaskCompletionSource CancelledCalls { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
