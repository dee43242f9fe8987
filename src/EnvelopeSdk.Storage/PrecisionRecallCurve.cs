using System.Text.Json;
using EnvelopeSdk.Metrics;

namespace EnvelopeSdk;

/// <summary>
/// How many of those that a classifier calls positive are (precision), and how many of the positives it finds (recall),
/// as its threshold falls.
/// </summary>
public sealed class PrecisionRecallCurve : MetricStructure
{
    internal const string TypeName = "precision-recall-curve";

    private readonly double[] _precisions;
    private readonly double[] _recalls;
    private readonly double[] _thresholds;

    /// <summary>Makes one of its points.</summary>
    /// <param name="precisions">The points' precisions, from 0 to 1.</param>
    /// <param name="recalls">The points' recalls, from 0 to 1; never falling.</param>
    /// <param name="thresholds">The least score that is called positive at each point; never rising.</param>
    /// <param name="averagePrecision">It, where it is known more exactly than from the points.</param>
    /// <param name="dropped">How many scores were NaN and left out.</param>
    /// <exception cref="ArgumentException">
    /// The lists differ in length, a value is out of its range or order, or some rates of a list are NaN and others
    /// not.
    /// </exception>
    public PrecisionRecallCurve(
        IReadOnlyList<double> precisions,
        IReadOnlyList<double> recalls,
        IReadOnlyList<double> thresholds,
        double? averagePrecision = null,
        long dropped = 0)
    {
        _precisions = MetricChecks.Copy(precisions);
        _recalls = MetricChecks.Copy(recalls);
        _thresholds = MetricChecks.Copy(thresholds);
        MetricChecks.SameLength(_precisions.Length, _recalls.Length, nameof(recalls));
        MetricChecks.SameLength(_precisions.Length, _thresholds.Length, nameof(thresholds));
        MetricChecks.Rates(_precisions, nameof(precisions));
        MetricChecks.Rates(_recalls, nameof(recalls));
        MetricChecks.Rising(_recalls, nameof(recalls));
        MetricChecks.Falling(_thresholds, nameof(thresholds));
        MetricChecks.Counts([dropped], nameof(dropped));
        AveragePrecision = averagePrecision ?? Sum();
        Dropped = dropped;
        MetricChecks.Rate(AveragePrecision, nameof(averagePrecision));
    }

    /// <inheritdoc/>
    public override string Type => TypeName;

    /// <summary>The part of those that are called positive at each point that is positive, from 0 to 1.</summary>
    public IReadOnlyList<double> Precisions => _precisions;

    /// <summary>
    /// The part of the positives that is called positive at each point, from 0 to 1; NaN without any.
    /// </summary>
    public IReadOnlyList<double> Recalls => _recalls;

    /// <summary>The least score that is called positive at each point.</summary>
    public IReadOnlyList<double> Thresholds => _thresholds;

    /// <summary>
    /// The sum over the points n of (R(n) - R(n-1)) P(n), from 0 to 1, as in scikit-learn's
    /// <c>average_precision_score</c>; NaN where there are no positives.
    /// </summary>
    public double AveragePrecision { get; }

    /// <summary>How many scores were NaN and left out.</summary>
    public long Dropped { get; }

    /// <summary>
    /// Makes one of scores. It has at most some 250 points; the average precision is that of all. Nothing that a model
    /// can answer is refused: scores that are NaN are left out and counted.
    /// </summary>
    /// <param name="scores">What the model answered: the higher, the more likely positive.</param>
    /// <param name="labels">Whether each is positive.</param>
    /// <exception cref="ArgumentException">There are more scores than labels, or fewer.</exception>
    public static PrecisionRecallCurve From(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        var ranked = new RankedScores(scores, labels);
        var all = OfSteps(ranked, ranked.Steps, null);
        return ranked.Steps.Count <= RankedScores.MaxPoints
            ? all
            : OfSteps(ranked, ranked.Reduce(), all.AveragePrecision);
    }

    internal static PrecisionRecallCurve Read(MetricMembers members) => new(
        members.Numbers("precisions"),
        members.Numbers("recalls"),
        members.Numbers("thresholds"),
        members.Number("averagePrecision"),
        members.Count("dropped"));

    internal override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteDouble("averagePrecision", AveragePrecision);
        writer.WriteCount("dropped", Dropped);
        writer.WriteDoubles("precisions", _precisions);
        writer.WriteDoubles("recalls", _recalls);
        writer.WriteDoubles("thresholds", _thresholds);
    }

    private static PrecisionRecallCurve OfSteps(
        RankedScores ranked, List<(double Score, long Positives, long Negatives)> steps, double? average) => new(
        [.. steps.Select(step => step.Positives / (double)(step.Positives + step.Negatives))],
        [.. steps.Select(step => step.Positives / (double)ranked.Positives)],
        [.. steps.Select(step => step.Score)],
        average,
        ranked.Dropped);

    private double Sum()
    {
        var sum = _recalls.Length == 0 ? double.NaN : _recalls[0] * _precisions[0];
        for (var i = 1; i < _recalls.Length; i++)
        {
            sum += (_recalls[i] - _recalls[i - 1]) * _precisions[i];
        }

        return Math.Min(1, sum); // the last bit of a sum may be above
    }
}
