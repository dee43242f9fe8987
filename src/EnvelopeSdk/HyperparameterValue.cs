using System.Text.Json;

namespace EnvelopeSdk;

/// <summary>
/// A hyperparameter: a finite number, a string or a boolean. Values of these types convert to it by themselves.
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
    /// <param name="value">A finite number.</param>
    /// <exception cref="EnvelopeException">The number is NaN or infinite.</exception>
    public static implicit operator HyperparameterValue(double value) =>
        double.IsFinite(value)
            ? new(JsonSerializer.SerializeToElement(value, HyperparameterJsonContext.Default.Double))
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                "A hyperparameter is not a finite number. Give it as a string if it is meant so.");

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
