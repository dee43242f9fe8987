using System.Text.Json;
using EnvelopeSdk.Metrics;

namespace EnvelopeSdk;

/// <summary>
/// Whether what a classifier calls as likely as 0.8 happens eight times of ten: cases in ranges of their probabilities.
/// </summary>
public sealed class CalibrationCurve : MetricStructure
{
    internal const string TypeName = "calibration-curve";

    private readonly double[] _means;
    private readonly double[] _fractions;
    private readonly long[] _counts;

    /// <summary>Makes one of its ranges.</summary>
    /// <param name="meanPredictions">The mean probability of each range's cases, from 0 to 1; never falling.</param>
    /// <param name="fractionsOfPositives">The part of each range's cases that is positive, from 0 to 1.</param>
    /// <param name="counts">How many cases each range has.</param>
    /// <param name="brierScore">The Brier score of all cases, from 0 to 1; NaN if absent.</param>
    /// <param name="dropped">How many cases were left out, as their probability was none.</param>
    /// <exception cref="ArgumentException">
    /// The lists differ in length, a value is out of its range or order, or a count is negative.
    /// </exception>
    public CalibrationCurve(
        IReadOnlyList<double> meanPredictions,
        IReadOnlyList<double> fractionsOfPositives,
        IReadOnlyList<long> counts,
        double brierScore = double.NaN,
        long dropped = 0)
    {
        ArgumentNullException.ThrowIfNull(counts);
        _means = MetricChecks.Copy(meanPredictions);
        _fractions = MetricChecks.Copy(fractionsOfPositives);
        _counts = [.. counts];
        MetricChecks.SameLength(_means.Length, _fractions.Length, nameof(fractionsOfPositives));
        MetricChecks.SameLength(_means.Length, _counts.Length, nameof(counts));
        MetricChecks.Rates(_means, nameof(meanPredictions));
        MetricChecks.Rates(_fractions, nameof(fractionsOfPositives));
        MetricChecks.Rising(_means, nameof(meanPredictions));
        MetricChecks.Counts(_counts, nameof(counts));
        MetricChecks.Counts([dropped], nameof(dropped));
        MetricChecks.Rate(brierScore, nameof(brierScore));
        (BrierScore, Dropped) = (brierScore, dropped);
    }

    /// <inheritdoc/>
    public override string Type => TypeName;

    /// <summary>The mean probability of the cases of each range that has any, from 0 to 1.</summary>
    public IReadOnlyList<double> MeanPredictions => _means;

    /// <summary>The part of the cases of each range that is positive, from 0 to 1.</summary>
    public IReadOnlyList<double> FractionsOfPositives => _fractions;

    /// <summary>How many cases each range has.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>
    /// The mean of the squares of probability less outcome, from 0 (best) to 1 (G. W. Brier, Verification of forecasts
    /// expressed in terms of probability, Monthly Weather Review 78, 1950, for two classes halved, as is usual today).
    /// </summary>
    public double BrierScore { get; }

    /// <summary>
    /// The expected calibration error, from 0 (best) to 1: the mean distance of both values of a range, each range by
    /// its cases (C. Guo et al., On Calibration of Modern Neural Networks, ICML 2017, equation 3). NaN without cases.
    /// </summary>
    public double ExpectedCalibrationError =>
        _counts.Select((count, i) => count == 0 ? 0 : count * Math.Abs(_fractions[i] - _means[i])).Sum()
        / _counts.Sum(count => (double)count);

    /// <summary>How many cases were left out.</summary>
    public long Dropped { get; }

    /// <summary>
    /// Makes one of probabilities, in ranges of one width, each with its upper edge, as scikit-learn's
    /// <c>calibration_curve</c>. Nothing that a model can answer is refused: what is NaN, or not within 0 and 1, is
    /// left out and counted.
    /// </summary>
    /// <param name="probabilities">How likely the model called each case positive, from 0 to 1.</param>
    /// <param name="labels">Whether each is positive.</param>
    /// <param name="bins">How many ranges, from 1 to 1,000; those without cases are left out.</param>
    /// <exception cref="ArgumentException">
    /// There are more probabilities than labels, or fewer, or there cannot be as many ranges.
    /// </exception>
    public static CalibrationCurve From(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, int bins = 10)
    {
        MetricChecks.SameLength(probabilities.Length, labels.Length, nameof(labels));
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, 1000);
        var ranges = new CalibrationRanges(bins);
        for (var i = 0; i < probabilities.Length; i++)
        {
            ranges.Add(probabilities[i], labels[i]);
        }

        return ranges.ToCurve();
    }

    internal static CalibrationCurve Read(MetricMembers members) => new(
        members.Numbers("meanPredictions"),
        members.Numbers("fractionsOfPositives"),
        members.Counts("counts"),
        members.Number("brierScore") ?? double.NaN,
        members.Count("dropped"));

    internal override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteDouble("brierScore", BrierScore);
        writer.WriteDouble("expectedCalibrationError", ExpectedCalibrationError);
        writer.WriteCount("dropped", Dropped);
        writer.WriteDoubles("meanPredictions", _means);
        writer.WriteDoubles("fractionsOfPositives", _fractions);
        writer.WriteCounts("counts", _counts);
    }
}
