using System.Text.Json;
using EnvelopeSdk.Plain;

namespace EnvelopeSdk;

/// <summary>
/// A metric that is more than a number. In JSON it is an object whose member <c>type</c> says which one; NaN and the
/// infinities are the strings <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> there.
/// </summary>
public abstract class MetricStructure
{
    private protected MetricStructure()
    {
    }

    /// <summary>Which one it is, as in JSON: <c>roc-curve</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Writes it as JSON.</summary>
    public JsonElement ToJson() => CanonicalJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        WriteMembers(writer);
        writer.WriteEndObject();
    });

    /// <summary>Its JSON text.</summary>
    public override string ToString() => ToJson().GetRawText();

    internal abstract void WriteMembers(Utf8JsonWriter writer);
}
