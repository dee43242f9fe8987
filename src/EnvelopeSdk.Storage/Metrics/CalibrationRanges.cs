namespace EnvelopeSdk.Metrics;

/// <summary>Cases in ranges of their probabilities.</summary>
/// <param name="bins">How many ranges.</param>
internal sealed class CalibrationRanges(int bins)
{
    private readonly double[] _sums = new double[bins];
    private readonly long[] _positives = new long[bins];
    private readonly long[] _counts = new long[bins];
    private double _squares;
    private long _dropped;

    public void Add(double probability, bool isPositive)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            _dropped++;
            return;
        }

        var range = RangeOf(probability);
        _sums[range] += probability;
        _positives[range] += isPositive ? 1 : 0;
        _counts[range]++;
        _squares += Math.Pow(probability - (isPositive ? 1 : 0), 2);
    }

    public CalibrationCurve ToCurve()
    {
        var ranges = Enumerable.Range(0, bins).Where(range => _counts[range] > 0).ToList();
        return new(
            [.. ranges.Select(range => Math.Min(1, _sums[range] / _counts[range]))],
            [.. ranges.Select(range => _positives[range] / (double)_counts[range])],
            [.. ranges.Select(range => _counts[range])],
            _squares / _counts.Sum(),
            _dropped);
    }

    /// <summary>Each range has its upper edge, the first its lower one as well.</summary>
    private int RangeOf(double probability)
    {
        var range = Math.Clamp((int)(probability * bins), 0, bins - 1);
        return range > 0 && probability <= range / (double)bins ? range - 1 : range;
    }
}
