using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EnvelopeSdk.Metrics;
using EnvelopeSdk.Plain;

namespace EnvelopeSdk;

/// <summary>
/// The value of a metric: a number, a structure such as a <see cref="RocCurve"/>, or a record of the user's own.
/// Numbers and structures convert to it by themselves.
/// </summary>
public readonly struct Metric
{
    private readonly object? _value;

    private Metric(object value) => _value = value;

    /// <summary>
    /// A <see cref="double"/>, a <see cref="MetricStructure"/>, or a <see cref="JsonElement"/> for a record and for
    /// structures that this version does not know.
    /// </summary>
    /// <exception cref="EnvelopeException">It has no value that can be written.</exception>
    public object Value => Fault is { } fault ? throw new EnvelopeException(EnvelopeError.Invalid, fault) : _value!;

    /// <summary>The number; null for what is more than a number.</summary>
    public double? Number => _value as double?;

    /// <summary>What keeps it from being recorded; null when nothing does.</summary>
    internal string? Fault => _value switch
    {
        null => "A metric has no value. Give it a number or a structure, or leave it out.",
        MetricFault fault => fault.Message,
        _ => null,
    };

    /// <summary>A number; NaN and the infinities are recorded as such.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Metric(double value) => new(value);

    /// <summary>A structure.</summary>
    /// <param name="value">The structure.</param>
    public static implicit operator Metric(MetricStructure? value) => value is null ? default : new(Bounded(value));

    /// <summary>
    /// A record of the user's own. What cannot be written refuses no save: a warning says why it was left out.
    /// </summary>
    /// <typeparam name="T">The record's type.</typeparam>
    /// <param name="record">The record, which is an object in JSON, of at most 1 MB and 32 levels.</param>
    /// <param name="type">How it is written.</param>
    public static Metric Of<T>(T record, JsonTypeInfo<T> type) => Caught(() => TypedJson.Of(record, type));

    /// <summary>
    /// A record of the user's own: its public properties and fields, by their names. What cannot be written refuses no
    /// save: a warning says why it was left out.
    /// </summary>
    /// <typeparam name="T">The record's type.</typeparam>
    /// <param name="record">The record, which is an object in JSON, of at most 1 MB and 32 levels.</param>
    [RequiresUnreferencedCode(PlainJson.Trimming)]
    public static Metric Of<T>(T record) => Caught(() => PlainJson.Of(record, "member of the metric"));

    /// <summary>Reads the JSON form: a number, NaN or an infinity as a string, or an object.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="EnvelopeException">
    /// It is something else, too large, or says the type of a structure and is none.
    /// </exception>
    public static Metric Parse(JsonElement json) => MetricJson.WhyUnsound(json) is { } reason
        ? throw new EnvelopeException(EnvelopeError.Invalid, reason)
        : new(MetricJson.ReadStrictly(json));

    /// <summary>Writes it as JSON.</summary>
    /// <exception cref="EnvelopeException">It has no value that can be written.</exception>
    public JsonElement ToJson() => MetricJson.Write(Value);

    /// <summary>Its JSON text.</summary>
    public override string ToString() => Fault ?? ToJson().GetRawText();

    /// <summary>
    /// Reads the value of an event in a journal, whoever wrote it: what is unknown, or says that it is a structure and
    /// is none, stays JSON.
    /// </summary>
    /// <param name="json">The value.</param>
    public static Metric Read(JsonElement json) => new(MetricJson.Read(json));

    private static object Bounded(MetricStructure structure) =>
        MetricJson.WhyUnsound(structure.ToJson()) is { } reason ? new MetricFault(reason) : structure;

    private static Metric Caught(Func<JsonElement> write)
    {
        try
        {
            var json = write();
            return json.ValueKind == JsonValueKind.Object
                ? Parse(json)
                : new(new MetricFault(
                    "A record of a metric is no object in JSON. Give it a class or record with members, or a number."));
        }
        catch (EnvelopeException failure)
        {
            return new(new MetricFault(failure.Message));
        }
    }

    private sealed record MetricFault(string Message);
}
