using System.Text.Json;
using EnvelopeSdk.Binding;

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
    public static PredictionExample Record(string query, Action<JsonOutput> writeInput, Action<JsonOutput> writeOutput) =>
        new(query, Write(writeInput), Write(writeOutput));

    private static JsonElement Write(Action<JsonOutput> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var output = new JsonOutput();
        write(output);
        return JsonElement.Parse(output.Written.Span);
    }
}
