using System.Text.Json;

namespace EnvelopeSdk.Registry.Batches.Jobs;

/// <summary>How far a job has come, as it says in a line of JSON.</summary>
/// <param name="Rows">How many rows it has answered or put aside.</param>
/// <param name="Of">How many there are; null: that is not known yet.</param>
/// <param name="Left">How long it may take yet; null: that is not known yet.</param>
internal sealed record JobProgress(long Rows, long? Of, TimeSpan? Left)
{
    /// <returns>Null: the line is another.</returns>
    public static JobProgress? Parse(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var said = JsonDocument.Parse(line);
            return Number(said.RootElement, "rows") is { } rows
                ? new(
                    (long)rows, (long?)Number(said.RootElement, "of"),
                    Number(said.RootElement, "secondsLeft") is { } left ? TimeSpan.FromSeconds(left) : null)
                : null;
        }
        catch (JsonException)
        {
            return null; // it is being written, or of the envelope
        }
    }

    private static double? Number(JsonElement all, string name) =>
        all.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.GetDouble() is >= 0 and < 1e11 and var number
            ? number
            : null;
}
