using System.Text.Json;

namespace EnvelopeSdk;

/// <summary>
/// A hyperparameter: a number, a string or a boolean. Values of these types convert to it by themselves.
/// </summary>
public readonly struct HyperparameterValue
{
    private readonly JsonElement _json;

    private HyperparameterValue(JsonElement json) => _json = json;

    internal JsonElement Json => _json.ValueKind != JsonValueKind.Undefined
        ? _json
        : throw new EnvelopeException(
            EnvelopeError.Invalid,
            "A hyperparameter has no value. Give it a number, a string or a boolean, or leave it out.");

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

    /// <summary>The value as JSON.</summary>
    public override string ToString() => Json.GetRawText();
}
