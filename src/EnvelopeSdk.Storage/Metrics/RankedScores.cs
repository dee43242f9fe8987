namespace EnvelopeSdk.Metrics;

/// <summary>
/// Scores from the highest to the lowest, with how many positives and negatives each reaches. Equal scores are one
/// step, as no threshold tells them apart.
/// </summary>
internal sealed class RankedScores
{
    /// <summary>The most points of a curve: more are not seen in a drawing, and each makes a journal longer.</summary>
    public const int MaxPoints = 256;

    /// <summary>Ranks scores; those that are NaN are left out and counted.</summary>
    /// <exception cref="ArgumentException">There are more of the ones than of the others.</exception>
    public RankedScores(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        MetricChecks.SameLength(scores.Length, labels.Length, nameof(labels));
        var (ranked, positive) = (scores.ToArray(), labels.ToArray());
        Array.Sort(ranked, positive); // NaN comes first
        for (var i = ranked.Length - 1; i >= 0 && !double.IsNaN(ranked[i]); i--)
        {
            Positives += positive[i] ? 1 : 0;
            Negatives += positive[i] ? 0 : 1;
            if (i == 0 || ranked[i - 1] != ranked[i])
            {
                Steps.Add((ranked[i], Positives, Negatives));
            }
        }

        Dropped = ranked.Length - Positives - Negatives;
    }

    /// <summary>Each score, and how many positives and negatives have it or a higher one.</summary>
    public List<(double Score, long Positives, long Negatives)> Steps { get; } = [];

    public long Positives { get; }

    public long Negatives { get; }

    /// <summary>How many scores were NaN.</summary>
    public long Dropped { get; }

    /// <summary>
    /// Which steps to keep: the corners, and of too many the first of each stretch in which both rates together rise
    /// by as much, so that no dropped point is far from its neighbours.
    /// </summary>
    public List<(double Score, long Positives, long Negatives)> Reduce()
    {
        var corners = Steps.Where((_, i) => i == Steps.Count - 1 || IsCorner(i)).ToList();
        if (corners.Count <= MaxPoints)
        {
            return corners;
        }

        var kept = corners[..1];
        var stretch = StretchOf(corners[0]);
        foreach (var corner in corners)
        {
            if (StretchOf(corner) != stretch)
            {
                stretch = StretchOf(corner);
                kept.Add(corner);
            }
        }

        if (kept[^1] != corners[^1])
        {
            kept[^1] = corners[^1];
        }

        return kept;
    }

    private int StretchOf((double Score, long Positives, long Negatives) step) => (int)(
        (step.Positives / Math.Max(1.0, Positives) + step.Negatives / Math.Max(1.0, Negatives)) / 2 * (MaxPoints - 1));

    /// <summary>Whether the curve of the counts turns there; the first step counts as one.</summary>
    private bool IsCorner(int i)
    {
        if (i == 0)
        {
            return true;
        }

        var (before, here, after) = (Steps[i - 1], Steps[i], Steps[i + 1]);
        return (Int128)(here.Positives - before.Positives) * (after.Negatives - here.Negatives)
            != (Int128)(after.Positives - here.Positives) * (here.Negatives - before.Negatives);
    }
}
