namespace EnvelopeSdk.Metrics;

/// <summary>The ranges of a histogram.</summary>
internal static class HistogramEdges
{
    /// <summary>
    /// Edges of ranges of one width. One value alone lies in the middle of a range of width 1, and without any it is
    /// that from 0 to 1, as in numpy. There are fewer ranges where doubles are too coarse for as many.
    /// </summary>
    public static double[] Between(double low, double high, int bins)
    {
        if (low > high)
        {
            (low, high) = (0, 1);
        }
        else if (low == high)
        {
            (low, high) = (low - 0.5, high + 0.5);
        }

        // Each edge of both ends: their difference may be beyond the greatest double.
        double[] edges =
        [
            .. Enumerable.Range(0, bins).Select(i => low * (1 - i / (double)bins) + high * (i / (double)bins))
                .Append(high).Distinct(),
        ];
        Array.Sort(edges);
        return edges.Length > 1 ? edges : [Math.BitDecrement(low), high];
    }

    /// <summary>The range that a value lies in; the last has its upper edge too.</summary>
    public static int RangeOf(double value, double[] edges)
    {
        var found = Array.BinarySearch(edges, value);
        return Math.Clamp(found >= 0 ? found : ~found - 1, 0, edges.Length - 2);
    }
}
