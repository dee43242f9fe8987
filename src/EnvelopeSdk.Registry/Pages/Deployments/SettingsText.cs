using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Api;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>Settings as forms have them.</summary>
internal static class SettingsText
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Razor encodes it
    };

    public static string Write(DeploymentSettings settings) => JsonSerializer.Serialize(settings, Indented);

    /// <param name="text">JSON, as <see cref="Write"/> writes it.</param>
    /// <param name="options">How the API reads JSON.</param>
    /// <exception cref="EnvelopeException">It cannot be read.</exception>
    public static DeploymentSettings Read(string text, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize<DeploymentSettings>(text, options) ?? throw Unreadable("", null);
        }
        catch (JsonException failure)
        {
            throw Unreadable(failure.Path is null ? "" : BadRequests.PointerOf(failure.Path), failure);
        }
    }

    /// <summary>Reads the steps of a canary.</summary>
    /// <param name="text">Shares with seconds: <c>10:60, 50:60</c>; null: no steps.</param>
    /// <exception cref="EnvelopeException">It has not that form.</exception>
    public static IReadOnlyList<CanaryStep> Steps(string? text) =>
    [
        .. (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Step),
    ];

    /// <param name="text">The number; null: there is none.</param>
    /// <param name="of">What it is the number of.</param>
    /// <exception cref="EnvelopeException">It is no number.</exception>
    public static int? Number(string? text, string of) => text switch
    {
        null => null,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new EnvelopeException(
            EnvelopeError.Invalid, $"'{text}' is no number of {of}. Write a whole number, or nothing."),
    };

    private static CanaryStep Step(string text) =>
        text.Split(':', StringSplitOptions.TrimEntries) is [var percent, var seconds]
        && int.TryParse(percent.TrimEnd('%', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out var share)
        && int.TryParse(seconds.TrimEnd('s', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            ? new(share, time)
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{text}' is no step of a canary. Write shares with the seconds that each lasts: 10:60, 50:60.");

    private static EnvelopeException Unreadable(string pointer, Exception? cause) => new(
        EnvelopeError.Invalid,
        $"The settings cannot be read{(pointer.Length == 0 ? "" : $" at '{pointer}'")}. Write them as JSON, as the "
        + "page shows them.",
        cause);
}
