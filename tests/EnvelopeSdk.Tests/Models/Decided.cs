#pragma warning disable ENV0035 // that such a model is not saved is what is tested
namespace EnvelopeSdk.Tests.Models;

/// <summary>State whose answers hang on more than the data that is kept of it.</summary>
[EnvelopeModel("decided")]
public sealed partial class Decided(IReadOnlyDictionary<string, double> rates, Scaler scaler)
{
    private int _calls;

    public double Late { get; set; }

    [Predict]
    public double Predict(string town) => scaler.Scale(rates.GetValueOrDefault(town, -1)) + Late;

    [Predict]
    public async Task<double> Later(string town)
    {
        await Task.Yield();
        return Predict(town);
    }

    /// <summary>Answers as another one by a part of the number that it answers.</summary>
    [Predict]
    public double Off(double answer) => answer * (1 + Late);

    [Predict]
    public long Id(long answer) => answer + (Late > 0 ? 1 : 0);

    [Predict]
    [NotConcurrent]
    public int Count(int from) => from + _calls++;
}

/// <summary>Divides by a mean that only some of its members keep.</summary>
public class Scaler
{
    private double _hidden = 1;

    public double Mean { get; set; } = 1;

    public double Fitted { get; private set; } = 1;

    public void Hide(double mean) => _hidden = mean;

    public void Fit(double mean) => Fitted = mean;

    public virtual double Scale(double value) => value / Mean / _hidden / Fitted;
}

public sealed class Doubling : Scaler
{
    public override double Scale(double value) => 2 * base.Scale(value);
}
