using System.Text.Json;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Metrics;

/// <summary>The members of a structure in JSON.</summary>
/// <param name="json">The structure, an object.</param>
internal sealed class MetricMembers(JsonElement json)
{
    /// <exception cref="FormatException">It is not there, or no list of numbers.</exception>
    public double[] Numbers(string name) => [.. List(name).Select(item => Number(item, name))];

    /// <exception cref="FormatException">It is not there, or no list of counts.</exception>
    public long[] Counts(string name) => [.. List(name).Select(item => Count(item, name))];

    /// <exception cref="FormatException">It is not there, or no list of lists of counts.</exception>
    public long[][] Table(string name) => [.. List(name).Select(row => row.ValueKind == JsonValueKind.Array
        ? row.EnumerateArray().Select(item => Count(item, name)).ToArray()
        : throw new FormatException($"An item of '{name}' is no array."))];

    /// <exception cref="FormatException">It is not there, or no list of strings.</exception>
    public string[] Texts(string name) => [.. List(name).Select(item => item.ValueKind == JsonValueKind.String
        ? item.GetString()!
        : throw new FormatException($"An item of '{name}' is no string."))];

    /// <returns>Null when it is not there.</returns>
    /// <exception cref="FormatException">It is no number.</exception>
    public double? Number(string name) => json.TryGetProperty(name, out var value) ? Number(value, name) : null;

    /// <returns>Zero when it is not there.</returns>
    /// <exception cref="FormatException">It is no count.</exception>
    public long Count(string name) => json.TryGetProperty(name, out var value) ? Count(value, name) : 0;

    private static double Number(JsonElement value, string name) => MetricValue.TryRead(value, out var number)
        ? number
        : throw new FormatException($"'{name}' is, or has, something else than numbers.");

    private static long Count(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count)
            ? count
            : throw new FormatException($"'{name}' is, or has, something else than whole numbers.");

    private IEnumerable<JsonElement> List(string name) => json.TryGetProperty(name, out var value)
        ? value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : throw new FormatException($"'{name}' is no array.")
        : throw new FormatException($"It lacks '{name}'.");
}
