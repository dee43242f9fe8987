namespace EnvelopeSdk;

/// <summary>
/// Metrics by their names: <c>{ ["r2"] = 0.98, ["roc"] = RocCurve.From(scores, labels) }</c>.
/// </summary>
public sealed class MetricCollection : SortedDictionary<string, Metric>
{
    /// <summary>Makes an empty one.</summary>
    public MetricCollection()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>Takes numbers over.</summary>
    /// <param name="numbers">The numbers by the metrics' names.</param>
    public static implicit operator MetricCollection(Dictionary<string, double> numbers) =>
        Of(numbers.Select(one => new KeyValuePair<string, Metric>(one.Key, one.Value)));

    /// <summary>Takes metrics over.</summary>
    /// <param name="metrics">The metrics by their names.</param>
    public static implicit operator MetricCollection(Dictionary<string, Metric> metrics) => Of(metrics);

    /// <summary>Takes metrics over.</summary>
    /// <param name="metrics">The metrics by their names.</param>
    public static MetricCollection Of(IEnumerable<KeyValuePair<string, Metric>> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var collection = new MetricCollection();
        foreach (var (name, metric) in metrics)
        {
            collection.Add(name, metric);
        }

        return collection;
    }
}
