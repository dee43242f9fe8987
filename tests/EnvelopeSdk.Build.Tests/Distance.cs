namespace EnvelopeSdk.Build.Tests;

/// <summary>The model whose envelopes the tests resolve. Its lock is PackageLock.json.</summary>
[EnvelopeModel("distance")]
public sealed partial class Distance(double scale)
{
    [Predict]
    public double Predict(double x) => scale * x;
}
