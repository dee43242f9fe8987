using System.Globalization;

namespace EnvelopeSdk.Tests.Models;

/// <summary>A model whose answers depend on the culture, on the kind of times, and on what its constructor allows.</summary>
[EnvelopeModel("spoken")]
public sealed partial class Spoken(int digits, float[][] rows, DateTime trained)
{
    private static int _calls;

    private readonly string _format = digits < 0
        ? throw new ArgumentOutOfRangeException(nameof(digits), "must not be negative")
        : "N" + digits.ToString(CultureInfo.InvariantCulture);

    public int Rows => rows.Length;

    public DateTime TrainedAt => trained;

    internal static Spoken Trained(int digits = 2) => new(digits, [], default);

    [Predict]
    public string Say(double value) => value.ToString(_format, CultureInfo.CurrentCulture);

    [Predict]
    public async Task<string> SayLaterAsync(double value)
    {
        await Task.Yield();
        return Say(value);
    }

    [Predict]
    public int Hour(DateTime at) => at.Hour + rows.Length;

    [Predict]
    public int FirstHour(DateTime[] times) => times[0].Hour + rows.Length;

    [Predict]
    public string Greatest(double[] values)
    {
        Array.Sort(values);
        return Say(values[^1]);
    }

    [Predict]
    public int Count() => Interlocked.Increment(ref _calls) + rows.Length;
}
