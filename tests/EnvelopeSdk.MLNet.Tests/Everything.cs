using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.Data;

namespace EnvelopeSdk.MLNet.Tests;

/// <summary>A row with a column of every type that a data view can have and JSON can carry.</summary>
public sealed class Everything
{
    internal static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public bool Flag { get; set; }

    public sbyte Int8 { get; set; }

    public byte UInt8 { get; set; }

    public short Int16 { get; set; }

    public ushort UInt16 { get; set; }

    public int Int32 { get; set; }

    public uint UInt32 { get; set; }

    public long Int64 { get; set; }

    public ulong UInt64 { get; set; }

    public float Single { get; set; }

    public double Double { get; set; }

    public string Text { get; set; } = "";

    public DateTime Time { get; set; }

    public DateTimeOffset Moment { get; set; }

    public TimeSpan Span { get; set; }

    [VectorType(2)]
    public float[] Vector { get; set; } = [0, 0];

    [VectorType(2)]
    public string[] Words { get; set; } = ["", ""];

    [KeyType(5)]
    public uint Key { get; set; }
}
