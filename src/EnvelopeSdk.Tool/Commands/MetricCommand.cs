using System.CommandLine;
using System.Globalization;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope metric</c>: records a metric of an envelope.</summary>
internal static class MetricCommand
{
    public static Command Create()
    {
        var reference = Arguments.Stored();
        var metric = new Argument<string?>("metric")
        {
            Description = "r2=0.98: a name and a number, or NaN, Infinity or -Infinity. With --file, the name alone, "
                + "or nothing where the file is called like it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var file = new Option<FileInfo?>("--file")
        {
            Description = "A JSON file with the value: a number, or an object such as "
                + "{\"type\":\"confusion-matrix\",\"labels\":[\"a\",\"b\"],\"counts\":[[3,1],[0,4]]}.",
        };
        var step = WholeNumber.Option<long>(
            "--step", "The step of a metric that makes a series, such as the epoch of a training.");
        var command = new ToolCommand(
            "metric",
            "Records a metric of an envelope.",
            "envelope metric diamond-price r2=0.98",
            "envelope metric diamond-price loss=0.03 --step 7",
            "envelope metric diamond-price --file roc.json")
        {
            reference,
            metric,
            step,
            file,
            Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (name, value) = parsed.GetValue(file) is { } path
                ? await MetricFile.ReadAsync(parsed.GetValue(metric), path, cancellation)
                : Parse(parsed.GetValue(metric) ?? "");
            var store = EnvelopeStore.Default;
            var found = await Arguments.FindAsync(parsed.GetRequiredValue(reference), store, cancellation);
            var journal = await store.RecordMetricAsync(
                found.Content.Reference, name, value, parsed.GetValue(step), cancellation);
            Changes.Write(parsed, found, journal);
            return ExitCodes.Done;
        });
        return command;
    }

    private static (string Name, Metric Value) Parse(string metric)
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
                    + "1.8e308, or NaN, Infinity or -Infinity, or give the value with --file FILE.");
    }
}
