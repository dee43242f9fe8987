using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Registry.Pages;

/// <summary>How values are written on pages.</summary>
internal static class Shown
{
    /// <summary>JSON as people read it.</summary>
    public static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Razor encodes it
    };

    /// <summary>RFC 3339 in UTC, to the second, with a space.</summary>
    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "not known";

    /// <summary>Six digits, as tables of the command have it.</summary>
    public static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>A whole number, with its thousands apart.</summary>
    public static string Count(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A large number in few characters: <c>1.2M</c>.</summary>
    public static string Magnitude(double value) => Math.Abs(value) switch
    {
        < 10_000 => Number(value),
        < 1e6 => Number(value / 1e3) + "k",
        < 1e9 => Number(value / 1e6) + "M",
        _ => Number(value / 1e9) + "G",
    };

    public static string Digest(string digest) => digest[..Math.Min(digest.Length, 19)];

    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };

    public static string Json(JsonElement? value) => value switch
    {
        null => "–",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };

    /// <summary>What an event did.</summary>
    public static string Change(EnvelopeJournal journal, JournalEvent one) => one.Kind switch
    {
        JournalEventKind.Saved => "saved",
        JournalEventKind.Newer => "something that only a newer version knows",
        _ => $"{(one.Kind == JournalEventKind.Tag ? "tag" : "metric")} {one.Name}"
            + (one.Step is { } step ? $" at step {step}" : "")
            + (one.Value is null ? " taken away" : $" = {Short(Json(one.Value))}")
            + (journal.ValueBefore(one) is { } before ? $" (was {Short(Json(before))})" : ""),
    };

    /// <summary>What a text says first.</summary>
    public static string FirstLine(string? text) => Short((text ?? "").Split('\n')[0].Trim());

    /// <summary>What a text of several lines says, in one.</summary>
    public static string OneLine(string? text) =>
        Short(string.Join(' ', (text ?? "").Split('\n').Select(one => one.Trim())));

    private static string Short(string text) => text.Length <= 80 ? text : text[..79] + "…";
}
