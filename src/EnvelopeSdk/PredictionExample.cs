using System.Text.Json;

namespace EnvelopeSdk;

/// <summary>
/// A call of a predict method with its answer. The generated <c>PredictExample</c> methods of a model class make it;
/// <see cref="EnvelopeInfo.Examples"/> keeps it in the envelope, and the service shows it in its API document.
/// </summary>
/// <param name="Query">The name of the query.</param>
/// <param name="Input">The object that a caller of the service sends.</param>
/// <param name="Output">What the service answers.</param>
public sealed record PredictionExample(string Query, JsonElement Input, JsonElement Output)
{
    /// <summary>Makes an example of what generated code wrote.</summary>
    /// <param name="query">The name of the query.</param>
    /// <param name="writeInput">Writes the arguments as an object.</param>
    /// <param name="writeOutput">Writes the answer.</param>
    public static PredictionExample Record(string query, Action<Utf8JsonWriter> writeInput, Action<Utf8JsonWriter> writeOutput) =>
        new(query, Write(writeInput), Write(writeOutput));

    private static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Binding.JsonOutput.Options))
        {
            write(writer);
        }

        return JsonElement.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
