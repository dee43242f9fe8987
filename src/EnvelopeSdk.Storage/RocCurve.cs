using System.Text.Json;
using EnvelopeSdk.Metrics;

namespace EnvelopeSdk;

/// <summary>
/// A receiver operating characteristic: how many of the positives, and how many of the negatives, a classifier calls
/// positive as its threshold falls (T. Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27, 2006).
/// </summary>
public sealed class RocCurve : MetricStructure
{
    internal const string TypeName = "roc-curve";

    private readonly double[] _falsePositiveRates;
    private readonly double[] _truePositiveRates;
    private readonly double[] _thresholds;

    /// <summary>Makes one of its points.</summary>
    /// <param name="falsePositiveRates">The points' parts of the negatives, from 0 to 1; never falling.</param>
    /// <param name="truePositiveRates">The points' parts of the positives, from 0 to 1; never falling.</param>
    /// <param name="thresholds">The least score that is called positive at each point; never rising.</param>
    /// <param name="area">The area where it is known more exactly than from the points; theirs if absent.</param>
    /// <param name="dropped">How many scores were NaN and left out.</param>
    /// <exception cref="ArgumentException">
    /// The lists differ in length or are empty, a value is out of its range or order, or some rates of a list are NaN
    /// and others not.
    /// </exception>
    public RocCurve(
        IReadOnlyList<double> falsePositiveRates,
        IReadOnlyList<double> truePositiveRates,
        IReadOnlyList<double> thresholds,
        double? area = null,
        long dropped = 0)
    {
        _falsePositiveRates = MetricChecks.Copy(falsePositiveRates);
        _truePositiveRates = MetricChecks.Copy(truePositiveRates);
        _thresholds = MetricChecks.Copy(thresholds);
        MetricChecks.SameLength(_falsePositiveRates.Length, _truePositiveRates.Length, nameof(truePositiveRates));
        MetricChecks.SameLength(_falsePositiveRates.Length, _thresholds.Length, nameof(thresholds));
        MetricChecks.NotEmpty(_falsePositiveRates.Length, nameof(falsePositiveRates));
        MetricChecks.Rates(_falsePositiveRates, nameof(falsePositiveRates));
        MetricChecks.Rates(_truePositiveRates, nameof(truePositiveRates));
        MetricChecks.Rising(_falsePositiveRates, nameof(falsePositiveRates));
        MetricChecks.Rising(_truePositiveRates, nameof(truePositiveRates));
        MetricChecks.Falling(_thresholds, nameof(thresholds));
        MetricChecks.Counts([dropped], nameof(dropped));
        Area = area ?? Trapezoids();
        Dropped = dropped;
        MetricChecks.Rate(Area, nameof(area));
    }

    /// <inheritdoc/>
    public override string Type => TypeName;

    /// <summary>
    /// The part of the negatives that is called positive at each point, from 0 to 1; NaN without any.
    /// </summary>
    public IReadOnlyList<double> FalsePositiveRates => _falsePositiveRates;

    /// <summary>
    /// The part of the positives that is called positive at each point, from 0 to 1; NaN without any.
    /// </summary>
    public IReadOnlyList<double> TruePositiveRates => _truePositiveRates;

    /// <summary>The least score that is called positive at each point; of the first, none: infinity.</summary>
    public IReadOnlyList<double> Thresholds => _thresholds;

    /// <summary>
    /// The area under the curve by the trapezoidal rule, from 0 to 1: how likely a positive has a higher score than a
    /// negative. 0.5 is what guessing has. NaN where there are no positives or no negatives.
    /// </summary>
    public double Area { get; }

    /// <summary>How many scores were NaN and left out.</summary>
    public long Dropped { get; }

    /// <summary>
    /// Makes one of scores, by the rules of scikit-learn's <c>roc_curve</c>. It has at most some 250 points; the area
    /// is that of all. Nothing that a model can answer is refused: scores that are NaN are left out and counted.
    /// </summary>
    /// <param name="scores">What the model answered: the higher, the more likely positive.</param>
    /// <param name="labels">Whether each is positive.</param>
    /// <exception cref="ArgumentException">There are more scores than labels, or fewer.</exception>
    public static RocCurve From(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        var ranked = new RankedScores(scores, labels);
        var all = OfSteps(ranked, ranked.Steps, null);
        return OfSteps(ranked, ranked.Reduce(), all.Area);
    }

    internal static RocCurve Read(MetricMembers members) => new(
        members.Numbers("falsePositiveRates"),
        members.Numbers("truePositiveRates"),
        members.Numbers("thresholds"),
        members.Number("area"),
        members.Count("dropped"));

    internal override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteDouble("area", Area);
        writer.WriteCount("dropped", Dropped);
        writer.WriteDoubles("falsePositiveRates", _falsePositiveRates);
        writer.WriteDoubles("truePositiveRates", _truePositiveRates);
        writer.WriteDoubles("thresholds", _thresholds);
    }

    private static RocCurve OfSteps(
        RankedScores ranked, List<(double Score, long Positives, long Negatives)> steps, double? area) => new(
        [.. steps.Select(step => step.Negatives).Prepend(0).Select(count => count / (double)ranked.Negatives)],
        [.. steps.Select(step => step.Positives).Prepend(0).Select(count => count / (double)ranked.Positives)],
        [.. steps.Select(step => step.Score).Prepend(double.PositiveInfinity)],
        area,
        ranked.Dropped);

    private double Trapezoids()
    {
        var area = 0.0;
        for (var i = 1; i < _thresholds.Length; i++)
        {
            area += (_falsePositiveRates[i] - _falsePositiveRates[i - 1])
                * (_truePositiveRates[i] + _truePositiveRates[i - 1]) / 2;
        }

        return _thresholds.Length == 1 ? double.NaN : Math.Min(1, area); // the last bit of a sum may be above
    }
}
