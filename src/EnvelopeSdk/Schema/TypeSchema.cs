using System.Text.Json.Serialization;

namespace EnvelopeSdk.Schema;

/// <summary>What kind of JSON value a C# type is.</summary>
public enum TypeKind
{
    /// <summary><c>true</c> or <c>false</c>.</summary>
    [JsonStringEnumMemberName("boolean")] Boolean,

    /// <summary>An 8-bit signed integer.</summary>
    [JsonStringEnumMemberName("int8")] Int8,

    /// <summary>An 8-bit unsigned integer.</summary>
    [JsonStringEnumMemberName("uint8")] UInt8,

    /// <summary>A 16-bit signed integer.</summary>
    [JsonStringEnumMemberName("int16")] Int16,

    /// <summary>A 16-bit unsigned integer.</summary>
    [JsonStringEnumMemberName("uint16")] UInt16,

    /// <summary>A 32-bit signed integer.</summary>
    [JsonStringEnumMemberName("int32")] Int32,

    /// <summary>A 32-bit unsigned integer.</summary>
    [JsonStringEnumMemberName("uint32")] UInt32,

    /// <summary>A 64-bit signed integer.</summary>
    [JsonStringEnumMemberName("int64")] Int64,

    /// <summary>A 64-bit unsigned integer.</summary>
    [JsonStringEnumMemberName("uint64")] UInt64,

    /// <summary>An IEEE 754 single-precision number, finite.</summary>
    [JsonStringEnumMemberName("float")] Float,

    /// <summary>An IEEE 754 double-precision number, finite.</summary>
    [JsonStringEnumMemberName("double")] Double,

    /// <summary>A decimal number of up to 28 digits.</summary>
    [JsonStringEnumMemberName("decimal")] Decimal,

    /// <summary>A string of valid Unicode.</summary>
    [JsonStringEnumMemberName("string")] String,

    /// <summary>An array; <see cref="TypeSchema.Items"/> says of what.</summary>
    [JsonStringEnumMemberName("array")] Array,

    /// <summary>A named type; <see cref="TypeSchema.Ref"/> says which.</summary>
    [JsonStringEnumMemberName("ref")] Ref,
}

/// <summary>What the values of a parameter, member, item or answer are.</summary>
public sealed record TypeSchema
{
    /// <summary>The kind of JSON value.</summary>
    public required TypeKind Kind { get; init; }

    /// <summary>Whether <c>null</c> is a value too.</summary>
    public bool Nullable { get; init; }

    /// <summary>What an array holds.</summary>
    public TypeSchema? Items { get; init; }

    /// <summary>The name of a type in <see cref="ModelSchema.Types"/>.</summary>
    public string? Ref { get; init; }
}
