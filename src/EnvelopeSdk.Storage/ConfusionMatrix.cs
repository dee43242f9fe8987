using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Metrics;

namespace EnvelopeSdk;

/// <summary>How many of each class a classifier called which class.</summary>
public sealed class ConfusionMatrix : MetricStructure
{
    internal const string TypeName = "confusion-matrix";

    private readonly string[] _labels;
    private readonly long[][] _counts;

    /// <summary>Makes one of its counts.</summary>
    /// <param name="labels">The classes' names, each once.</param>
    /// <param name="counts">
    /// For each actual class in the order of the labels: how many of it were called each class, in the same order.
    /// </param>
    /// <param name="dropped">How many cases were left out, as one of the two classes was null.</param>
    /// <exception cref="ArgumentException">
    /// The table has not as many rows and columns as there are labels, a label is there twice, or a count is negative.
    /// </exception>
    public ConfusionMatrix(
        IReadOnlyList<string> labels, IReadOnlyList<IReadOnlyList<long>> counts, long dropped = 0)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(counts);
        (_labels, _counts, Dropped) = ([.. labels], [.. counts.Select(row => row.ToArray())], dropped);
        if (_labels.Contains(null) || _labels.Distinct(StringComparer.Ordinal).Count() != _labels.Length)
        {
            throw new ArgumentException(
                "A label is null or there twice. Give each class a name of its own.", nameof(labels));
        }

        MetricChecks.SameLength(_labels.Length, _counts.Length, nameof(counts));
        foreach (var row in _counts)
        {
            MetricChecks.SameLength(_labels.Length, row.Length, nameof(counts));
            MetricChecks.Counts(row, nameof(counts));
        }

        MetricChecks.Counts([dropped], nameof(dropped));
    }

    /// <inheritdoc/>
    public override string Type => TypeName;

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>For each actual class, how many of it were called each class.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Counts => _counts;

    /// <summary>How many cases were left out.</summary>
    public long Dropped { get; }

    /// <summary>The part that was called what it is, from 0 to 1; NaN without cases.</summary>
    public double Accuracy =>
        _counts.Select((row, i) => (double)row[i]).Sum() / _counts.Sum(row => row.Sum(one => (double)one));

    /// <summary>Of those that were called each class, the part that is it, from 0 to 1; NaN where none was.</summary>
    public IReadOnlyList<double> Precisions =>
        [.. _labels.Select((_, i) => _counts[i][i] / _counts.Sum(row => (double)row[i]))];

    /// <summary>Of those that are of each class, the part that was called it, from 0 to 1; NaN where none is.</summary>
    public IReadOnlyList<double> Recalls =>
        [.. _labels.Select((_, i) => _counts[i][i] / _counts[i].Sum(one => (double)one))];

    /// <summary>
    /// Counts. The classes are all that are there, numbers by size and others by their texts. Nothing that a model can
    /// answer is refused: cases of which a class is null are left out and counted.
    /// </summary>
    /// <typeparam name="T">What a class is: a text, a number, an enumeration, a boolean.</typeparam>
    /// <param name="actual">What each case is.</param>
    /// <param name="predicted">What each was called.</param>
    /// <exception cref="ArgumentException">There are more of the ones than of the others.</exception>
    public static ConfusionMatrix From<T>(ReadOnlySpan<T> actual, ReadOnlySpan<T> predicted)
    {
        MetricChecks.SameLength(actual.Length, predicted.Length, nameof(predicted));
        var cases = new Dictionary<(string Actual, string Predicted), long>();
        var labels = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < actual.Length; i++)
        {
            if (LabelOf(actual[i], labels) is { } of && LabelOf(predicted[i], labels) is { } called)
            {
                cases[(of, called)] = cases.GetValueOrDefault((of, called)) + 1;
            }
        }

        // A class is one of a case that counts, so what stands beside a null alone is none.
        var names = labels.OrderBy(one => one.Value).Select(one => one.Key)
            .Where(name => cases.Keys.Any(pair => pair.Actual == name || pair.Predicted == name)).ToList();
        return new(
            names,
            [.. names.Select(row => names.Select(column => cases.GetValueOrDefault((row, column))).ToArray())],
            actual.Length - cases.Values.Sum());
    }

    internal static ConfusionMatrix Read(MetricMembers members) =>
        new(members.Texts("labels"), members.Table("counts"), members.Count("dropped"));

    internal override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteCount("dropped", Dropped);
        writer.WriteStartArray("labels");
        foreach (var label in _labels)
        {
            writer.WriteStringValue(label);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("counts");
        foreach (var row in _counts)
        {
            writer.WriteStartArray();
            writer.WriteItems(row);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    /// <summary>The text of a class, with what it is sorted by: numbers by size.</summary>
    private static string? LabelOf<T>(T value, SortedDictionary<string, double> labels)
    {
        var text = value is Enum ? value.ToString() : Convert.ToString(value, CultureInfo.InvariantCulture);
        if (value is null || text is null)
        {
            return null;
        }

        labels.TryAdd(text, value is IConvertible and not string and not char and not bool and not DateTime
            ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
            : 0);
        return text;
    }
}
