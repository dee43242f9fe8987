using System.Text.Json;

namespace EnvelopeSdk.Capture;

/// <summary>A JSON value as a message shows it.</summary>
internal static class ShownJson
{
    private const int Length = 100;

    /// <summary>Its text; of a long one the beginning.</summary>
    public static string Of(JsonElement value) =>
        value.GetRawText() is { Length: > Length } text ? text[..Length] + "..." : value.GetRawText();
}
