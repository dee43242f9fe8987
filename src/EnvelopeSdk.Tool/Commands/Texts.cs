using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Signing;
using EnvelopeSdk.Tool.Drawing;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>How values are written for people, the same in every culture.</summary>
internal static class Texts
{
    public static string Metric(KeyValuePair<string, double> metric) =>
        string.Create(CultureInfo.InvariantCulture, $"{Plain(metric.Key)} {metric.Value:G6}");

    /// <summary>
    /// Text from an envelope, whoever made it: what it would do to a terminal is shown and not done.
    /// </summary>
    public static string Plain(string text) => string.Concat(text.Select(
        character => char.IsControl(character) ? $"\\u{(int)character:x4}" : $"{character}"));

    /// <summary>Text of several lines, such as a message that names what is in an envelope.</summary>
    public static string PlainLines(string text) => string.Join('\n', text.Split('\n').Select(Plain));

    /// <summary>How many columns there are to draw in: what a program reads has 80.</summary>
    public static int Width => Console.IsOutputRedirected ? 80 : Math.Clamp(Console.WindowWidth, 40, 120);

    /// <summary>A text of at most as many columns; of a longer one the beginning.</summary>
    public static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 3)] + "...";

    /// <summary>What a record says that it is; null when it does not.</summary>
    public static string? TypeOf(JsonElement json) => json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString()
            : null;

    /// <summary>What an event changed, and what was there before.</summary>
    public static string Change(EnvelopeJournal journal, JournalEvent one)
    {
        if (one.Kind == JournalEventKind.Saved)
        {
            return "saved";
        }

        if (one.Kind == JournalEventKind.Newer)
        {
            return $"what a newer version wrote (event version {one.Version}); update the command to read it";
        }

        var before = journal.ValueBefore(one) is { } old ? $" (was {Value(old)})" : "";
        var step = one.Step is { } number ? $" at step {number.ToString(CultureInfo.InvariantCulture)}" : "";
        var name = $"{(one.Kind == JournalEventKind.Tag ? "tag" : "metric")} {one.Name}{step}";
        return Plain(one.Value is { } value ? $"{name} = {Value(value)}{before}" : $"{name} taken away{before}");
    }

    /// <summary>A value in a line; of what is more than a number, what it is.</summary>
    private static string Value(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? MetricDrawing.Summary(EnvelopeSdk.Metric.Read(value))
        : value.ToString();

    /// <summary>What a signer calls an envelope, and says besides.</summary>
    public static string Claim(SignedClaim claim) => Plain(string.Join(
        ", ", claim.Annotations.Select(one => $"{one.Key}={one.Value}").Prepend($"'{claim.Identity}'")));

    public static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
