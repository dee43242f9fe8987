using System.Text.Json;
using EnvelopeSdk.Metrics;

namespace EnvelopeSdk;

/// <summary>How many values lie in each of adjoining ranges.</summary>
public sealed class Histogram : MetricStructure
{
    internal const string TypeName = "histogram";

    private readonly double[] _edges;
    private readonly long[] _counts;

    /// <summary>Makes one of its counts.</summary>
    /// <param name="edges">
    /// The edges of the ranges: one more than there are ranges, finite, each above the one before.
    /// </param>
    /// <param name="counts">
    /// How many values lie in each range; of two adjoining ones the edge belongs to the upper.
    /// </param>
    /// <param name="notANumber">How many values were NaN, apart from these.</param>
    /// <param name="infinite">How many were infinite, apart from these.</param>
    /// <exception cref="ArgumentException">
    /// There are no ranges, the lists do not fit, edges are not finite and rising, or a count is negative.
    /// </exception>
    public Histogram(
        IReadOnlyList<double> edges, IReadOnlyList<long> counts, long notANumber = 0, long infinite = 0)
    {
        ArgumentNullException.ThrowIfNull(counts);
        (_edges, _counts, NotANumber, Infinite) = (MetricChecks.Copy(edges), [.. counts], notANumber, infinite);
        MetricChecks.NotEmpty(_counts.Length, nameof(counts));
        MetricChecks.SameLength(_edges.Length - 1, _counts.Length, nameof(counts));
        MetricChecks.Rising(_edges, nameof(edges));
        if (_edges.Any(edge => !double.IsFinite(edge)) || _edges.Distinct().Count() != _edges.Length)
        {
            throw new ArgumentException("An edge is not finite, or there twice. Give edges that rise.", nameof(edges));
        }

        MetricChecks.Counts(_counts, nameof(counts));
        MetricChecks.Counts([notANumber], nameof(notANumber));
        MetricChecks.Counts([infinite], nameof(infinite));
    }

    /// <inheritdoc/>
    public override string Type => TypeName;

    /// <summary>The edges of the ranges, in the values' unit.</summary>
    public IReadOnlyList<double> Edges => _edges;

    /// <summary>
    /// How many values lie in each range: from its lower edge on, and below its upper one; the last has both.
    /// </summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>How many values were NaN.</summary>
    public long NotANumber { get; }

    /// <summary>How many values were infinite.</summary>
    public long Infinite { get; }

    /// <summary>
    /// Counts values in ranges of one width, from the least to the greatest, as <c>numpy.histogram</c> does. Nothing
    /// that a model can answer is refused: NaN and the infinities are counted apart.
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="bins">How many ranges, from 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">There cannot be as many ranges.</exception>
    public static Histogram From(ReadOnlySpan<double> values, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, 10_000);
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        var (notANumber, infinite) = (0L, 0L);
        foreach (var value in values)
        {
            notANumber += double.IsNaN(value) ? 1 : 0;
            infinite += double.IsInfinity(value) ? 1 : 0;
            if (double.IsFinite(value))
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }

        var edges = HistogramEdges.Between(low, high, bins);
        var counts = new long[edges.Length - 1];
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                counts[HistogramEdges.RangeOf(value, edges)]++;
            }
        }

        return new(edges, counts, notANumber, infinite);
    }

    internal static Histogram Read(MetricMembers members) => new(
        members.Numbers("edges"), members.Counts("counts"), members.Count("notANumber"), members.Count("infinite"));

    internal override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteCount("notANumber", NotANumber);
        writer.WriteCount("infinite", Infinite);
        writer.WriteDoubles("edges", _edges);
        writer.WriteCounts("counts", _counts);
    }
}
