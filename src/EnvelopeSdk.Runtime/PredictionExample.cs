using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Tables;

namespace EnvelopeSdk;

/// <summary>
/// A call of a predict method with its answer. The generated <c>PredictExample</c> methods of a model class make it;
/// <c>EnvelopeInfo.Examples</c> keeps it in the envelope, and the service shows it in its API document.
/// </summary>
/// <param name="Query">The name of the query.</param>
/// <param name="Input">The object that a caller of the service sends.</param>
/// <param name="Output">What the service answers.</param>
public sealed record PredictionExample(string Query, JsonElement Input, JsonElement Output)
{
    /// <summary>The columns of the tables among its arguments and of its answer; null when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ExampleTable>? Tables { get; init; }

    /// <summary>Makes an example of what generated code wrote.</summary>
    /// <param name="query">The name of the query.</param>
    /// <param name="writeInput">Writes the arguments as an object.</param>
    /// <param name="writeOutput">Writes the answer.</param>
    public static PredictionExample Record(
        string query, Action<JsonOutput> writeInput, Action<JsonOutput> writeOutput) =>
        new(query, Write(writeInput), Write(writeOutput));

    /// <summary>Adds the columns of a table.</summary>
    /// <param name="parameter">The name of the parameter; null for the answer.</param>
    /// <param name="table">The table; one that is null has no columns to add.</param>
    public PredictionExample WithTable(string? parameter, TableData? table) =>
        table is null ? this : this with { Tables = [.. Tables ?? [], new ExampleTable(parameter, table.Describe())] };

    /// <summary>The call and its answer, as JSON.</summary>
    public override string ToString() =>
        $"{nameof(PredictionExample)} {{ {nameof(Query)} = {Query}, {nameof(Input)} = {Input}, "
        + $"{nameof(Output)} = {Output} }}";

    internal static JsonElement Write(Action<JsonOutput> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var output = new JsonOutput();
        try
        {
            write(output);
        }
        catch (ModelAnswerException failure) when (output.Place is { Length: > 0 } place)
        {
            throw new ModelAnswerException($"{failure.Message} It is at '{place}'.", failure);
        }

        return JsonElement.Parse(output.Written.Span);
    }
}

/// <summary>The columns of one table of an example.</summary>
/// <param name="Parameter">The name of the parameter; null for the answer.</param>
/// <param name="Columns">The columns; one is nullable when it has a missing value.</param>
public sealed record ExampleTable(string? Parameter, IReadOnlyList<MemberSchema> Columns);
