namespace EnvelopeSdk.Service.Tests;

/// <summary>The query that says how many calls of it run at once.</summary>
public sealed partial class Doubler
{
    private static int _running;

    /// <summary>Counts the calls that have begun.</summary>
    public static int Begun { get; private set; }

    /// <summary>Waits, and says how many calls ran at once at the most in the meantime.</summary>
    /// <param name="value">How long, in milliseconds; a negative time is refused.</param>
    [Predict]
    [NotConcurrent]
    public async Task<double> CountAsync(double value)
    {
        Begun++;
        var most = Interlocked.Increment(ref _running);
        try
        {
            for (var until = DateTime.UtcNow.AddMilliseconds(value < 0 ? throw new ArgumentOutOfRangeException(nameof(value)) : value); DateTime.UtcNow < until;)
            {
                await Task.Delay(1);
                most = Math.Max(most, Volatile.Read(ref _running));
            }

            return most * factor / 2;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>The same.</summary>
    /// <param name="value">How long, in milliseconds.</param>
    [Predict("count-in-turn")]
    [NotConcurrent]
    public Task<double> CountInTurnAsync(double value) => CountAsync(value);

    /// <summary>The same.</summary>
    /// <param name="value">How long, in milliseconds.</param>
    [Predict("count-in-turn-too")]
    [NotConcurrent]
    public Task<double> CountInTurnTooAsync(double value) => CountAsync(value);
}
