using System.CommandLine;
using System.Globalization;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope metric</c>: records a metric of an envelope.</summary>
internal static class MetricCommand
{
    public static Command Create()
    {
        var reference = Arguments.Stored();
        var metric = new Argument<string>("metric")
        {
            Description = "r2=0.98: a name and a number, or NaN, Infinity or -Infinity.",
        };
        var step = new Option<long?>("--step")
        {
            Description = "The step of a metric that makes a series, such as the epoch of a training.",
        };
        var command = new Command(
            "metric", "Records a metric of an envelope, as in: envelope metric diamond-price r2=0.98 --step 7")
        {
            reference,
            metric,
            step,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (name, value) = Parse(parsed.GetRequiredValue(metric));
            var store = EnvelopeStore.Default;
            var found = await Arguments.FindAsync(parsed.GetRequiredValue(reference), store, cancellation);
            var journal = await store.RecordMetricAsync(
                found.Content.Reference, name, value, parsed.GetValue(step), cancellation);
            Texts.WriteChanges(found, journal);
            return 0;
        });
        return command;
    }

    private static (string Name, double Value) Parse(string metric)
    {
        var sign = metric.IndexOf('=', StringComparison.Ordinal);
        var text = metric[(sign + 1)..];
        return sign > 0
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && (double.IsFinite(value) || text is "NaN" or "Infinity" or "-Infinity")
                ? (metric[..sign], value)
                : throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"'{metric}' is no metric. Write NAME=NUMBER, the number as in 0.98 or 1e-3 and of at most "
                    + "1.8e308, or NaN, Infinity or -Infinity.");
    }
}
