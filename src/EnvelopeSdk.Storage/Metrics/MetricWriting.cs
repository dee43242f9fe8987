using System.Text.Json;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Metrics;

/// <summary>How the members of structures are written.</summary>
internal static class MetricWriting
{
    public static void WriteDouble(this Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        MetricValue.Write(value).WriteTo(writer);
    }

    public static void WriteDoubles(this Utf8JsonWriter writer, string name, IEnumerable<double> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteStringValue(MetricValue.Name(value));
            }
        }

        writer.WriteEndArray();
    }

    public static void WriteCounts(this Utf8JsonWriter writer, string name, IEnumerable<long> counts)
    {
        writer.WriteStartArray(name);
        WriteItems(writer, counts);
        writer.WriteEndArray();
    }

    public static void WriteItems(this Utf8JsonWriter writer, IEnumerable<long> counts)
    {
        foreach (var count in counts)
        {
            writer.WriteNumberValue(count);
        }
    }

    /// <summary>A count that is nearly always zero, and left out then.</summary>
    public static void WriteCount(this Utf8JsonWriter writer, string name, long count)
    {
        if (count != 0)
        {
            writer.WriteNumber(name, count);
        }
    }
}
