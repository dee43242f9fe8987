using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EnvelopeSdk.Plain;

namespace EnvelopeSdk;

/// <summary>
/// A hyperparameter: a number, a string, a boolean, or a list or record of these. Numbers, strings, booleans,
/// enumerations and arrays convert to it by themselves.
/// </summary>
public readonly struct HyperparameterValue
{
    private readonly JsonElement _json;

    internal static HyperparameterValue OfJson(JsonElement json) => new(json);

    private HyperparameterValue(JsonElement json) => _json = json;

    internal JsonElement Json => _json.ValueKind != JsonValueKind.Undefined
        ? _json
        : throw new EnvelopeException(
            EnvelopeError.Invalid,
            "A hyperparameter has no value. Give it a number, a string, a boolean or a record, or leave it out.");

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator HyperparameterValue(long value) =>
        new(JsonSerializer.SerializeToElement(value, HyperparameterJsonContext.Default.Int64));

    /// <summary>A number.</summary>
    /// <param name="value">
    /// The number; NaN and the infinities are recorded as the strings <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.
    /// </param>
    public static implicit operator HyperparameterValue(double value) =>
        new(JsonSerializer.SerializeToElement(value, HyperparameterJsonContext.Default.Double));

    /// <summary>A string.</summary>
    /// <param name="value">The string.</param>
    public static implicit operator HyperparameterValue(string value) =>
        new(JsonSerializer.SerializeToElement(value, HyperparameterJsonContext.Default.String));

    /// <summary>A boolean.</summary>
    /// <param name="value">The boolean.</param>
    public static implicit operator HyperparameterValue(bool value) =>
        new(JsonSerializer.SerializeToElement(value, HyperparameterJsonContext.Default.Boolean));

    /// <summary>A constant of an enumeration, by its name.</summary>
    /// <param name="value">The constant.</param>
    public static implicit operator HyperparameterValue(Enum value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.ToString();
    }

    /// <summary>Whole numbers.</summary>
    /// <param name="values">The numbers.</param>
    public static implicit operator HyperparameterValue(int[] values) =>
        new(JsonSerializer.SerializeToElement(values, HyperparameterJsonContext.Default.Int32Array));

    /// <summary>Numbers.</summary>
    /// <param name="values">The numbers; NaN and the infinities are recorded as strings.</param>
    public static implicit operator HyperparameterValue(double[] values) =>
        new(JsonSerializer.SerializeToElement(values, HyperparameterJsonContext.Default.DoubleArray));

    /// <summary>Strings.</summary>
    /// <param name="values">The strings.</param>
    public static implicit operator HyperparameterValue(string[] values) =>
        new(JsonSerializer.SerializeToElement(values, HyperparameterJsonContext.Default.StringArray));

    /// <summary>Any plain data: a record with its public properties and fields, a list, a dictionary.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="value">The data.</param>
    /// <exception cref="EnvelopeException">Something in it is no data. It is named.</exception>
    [RequiresUnreferencedCode(PlainJson.Trimming)]
    public static HyperparameterValue Of<T>(T value) => new(PlainJson.Of(value, "hyperparameter"));

    /// <summary>Any plain data, as its JSON has it, without reflection.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="value">The data.</param>
    /// <param name="type">How it is written.</param>
    /// <exception cref="EnvelopeException">It cannot be written.</exception>
    public static HyperparameterValue Of<T>(T value, JsonTypeInfo<T> type) => new(TypedJson.Of(value, type));

    /// <summary>The value as JSON.</summary>
    public override string ToString() => Json.GetRawText();
}
