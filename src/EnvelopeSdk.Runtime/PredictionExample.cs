using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Authoring;
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

    /// <summary>
    /// Answers the call once more, with another model of the class or, for null, with the one that answered it; null
    /// for an example that was read.
    /// </summary>
    [JsonIgnore]
    internal Func<object?, ValueTask<PredictionExample>>? Again { get; init; }

    /// <summary>
    /// Answers a call in the invariant culture, and keeps it: to be answered in the culture of the envelope as well,
    /// and by the model that is loaded from it.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="record">Calls a model and records the arguments and the answer.</param>
    public static PredictionExample Answer<TModel>(TModel model, Func<TModel, PredictionExample> record)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(record);
        return ModelCulture.Run(CultureInfo.InvariantCulture, () => record(model)) with
        {
            Again = other => new(record(other as TModel ?? model)),
        };
    }

    /// <summary>The same of a call that is awaited.</summary>
    /// <inheritdoc cref="Answer{TModel}(TModel, Func{TModel, PredictionExample})"/>
    public static async Task<PredictionExample> AnswerAsync<TModel>(
        TModel model, Func<TModel, Task<PredictionExample>> record)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(record);
        ValueTask<PredictionExample> Again(object? other) => new(record(other as TModel ?? model));
        return await ModelCulture.RunAsync(CultureInfo.InvariantCulture, () => Again(null)) with { Again = Again };
    }

    /// <summary>The example, answered in a culture.</summary>
    /// <param name="culture">The culture.</param>
    /// <param name="model">The model that answers; the one that answered it before if absent.</param>
    /// <returns>
    /// Null when it cannot be: it was read, or the method changed its arguments and is given others now, or fails.
    /// </returns>
    internal async Task<PredictionExample?> AgainAsync(CultureInfo culture, object? model = null)
    {
        try
        {
            var again = Again is null ? null : await ModelCulture.RunAsync(culture, () => Again(model));
            return again is not null && JsonElement.DeepEquals(again.Input, Input)
                ? again with { Again = Again }
                : null;
        }
        catch (Exception) // of the model, which answered these arguments before
        {
            return null;
        }
    }

    /// <summary>Keeps the arguments of a call, before the method can change them.</summary>
    /// <param name="write">Writes them as an object.</param>
    public static JsonElement Arguments(Action<JsonOutput> write) => Write(write, refusesLocalTimes: true);

    /// <summary>Makes an example of what generated code wrote.</summary>
    /// <param name="query">The name of the query.</param>
    /// <param name="arguments">What <see cref="Arguments"/> kept.</param>
    /// <param name="writeOutput">Writes the answer.</param>
    public static PredictionExample Record(
        string query, JsonElement arguments, Action<JsonOutput> writeOutput) =>
        new(query, arguments, Write(writeOutput));

    /// <summary>A time as a service gives it to its model: an instant is in UTC.</summary>
    /// <param name="argument">The argument of an example.</param>
    public static DateTime Instant(DateTime argument) =>
        argument.Kind == DateTimeKind.Local ? argument.ToUniversalTime() : argument;

    /// <inheritdoc cref="Instant(DateTime)"/>
    public static DateTime? Instant(DateTime? argument) => argument is { } value ? Instant(value) : null;

    /// <summary>Adds the columns of a table.</summary>
    /// <param name="parameter">The name of the parameter; null for the answer.</param>
    /// <param name="table">The table; one that is null has no columns to add.</param>
    public PredictionExample WithTable(string? parameter, TableData? table) =>
        table is null ? this : this with { Tables = [.. Tables ?? [], new ExampleTable(parameter, table.Describe())] };

    /// <summary>The call and its answer, as JSON.</summary>
    public override string ToString() =>
        $"{nameof(PredictionExample)} {{ {nameof(Query)} = {Query}, {nameof(Input)} = {Input}, "
        + $"{nameof(Output)} = {Output} }}";

    internal static JsonElement Write(Action<JsonOutput> write, bool refusesLocalTimes = false)
    {
        ArgumentNullException.ThrowIfNull(write);
        var output = new JsonOutput { RefusesLocalTimes = refusesLocalTimes };
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
