using System.Text.Json.Serialization;
using EnvelopeSdk.Binding.Numbers;

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

    /// <summary>A 128-bit signed integer.</summary>
    [JsonStringEnumMemberName("int128")] Int128,

    /// <summary>A 128-bit unsigned integer.</summary>
    [JsonStringEnumMemberName("uint128")] UInt128,

    /// <summary>An IEEE 754 half-precision number, finite.</summary>
    [JsonStringEnumMemberName("half")] Half,

    /// <summary>An IEEE 754 single-precision number, finite.</summary>
    [JsonStringEnumMemberName("float")] Float,

    /// <summary>An IEEE 754 double-precision number, finite.</summary>
    [JsonStringEnumMemberName("double")] Double,

    /// <summary>A decimal number of up to 28 digits.</summary>
    [JsonStringEnumMemberName("decimal")] Decimal,

    /// <summary>A string of valid Unicode.</summary>
    [JsonStringEnumMemberName("string")] String,

    /// <summary>A string of one character up to U+FFFF.</summary>
    [JsonStringEnumMemberName("char")] Char,

    /// <summary>A string that is a UUID with four hyphens.</summary>
    [JsonStringEnumMemberName("uuid")] Uuid,

    /// <summary>A string that is an absolute or relative URI.</summary>
    [JsonStringEnumMemberName("uri")] Uri,

    /// <summary>A string of two to four numbers with dots between them.</summary>
    [JsonStringEnumMemberName("version")] Version,

    /// <summary>A string that is a date, with or without a time and an offset from UTC.</summary>
    [JsonStringEnumMemberName("date-time")] DateTime,

    /// <summary>A string that is a date and time with its offset from UTC (RFC 3339).</summary>
    [JsonStringEnumMemberName("date-time-offset")] DateTimeOffset,

    /// <summary>A string that is a date, <c>yyyy-MM-dd</c>.</summary>
    [JsonStringEnumMemberName("date")] Date,

    /// <summary>A string that is a time of day, <c>HH:mm:ss</c> with up to seven digits of a second.</summary>
    [JsonStringEnumMemberName("time")] Time,

    /// <summary>A string that is a span of time, <c>[-][d.]hh:mm:ss</c> with none or seven digits of a second.</summary>
    [JsonStringEnumMemberName("duration")] Duration,

    /// <summary>A string that is bytes in base64 with padding.</summary>
    [JsonStringEnumMemberName("bytes")] Bytes,

    /// <summary>Any value, null among them.</summary>
    [JsonStringEnumMemberName("any")] Any,

    /// <summary>Any value but null.</summary>
    [JsonStringEnumMemberName("value")] Value,

    /// <summary>A string, number or boolean.</summary>
    [JsonStringEnumMemberName("primitive")] Primitive,

    /// <summary>An object whose member names are <see cref="TypeSchema.Keys"/> and whose values are <see cref="TypeSchema.Items"/>.</summary>
    [JsonStringEnumMemberName("map")] Map,

    /// <summary>Arrays nested <see cref="TypeSchema.Rank"/> deep, those of one depth equally long; <see cref="TypeSchema.Items"/> says of what.</summary>
    [JsonStringEnumMemberName("tensor")] Tensor,

    /// <summary>An array; <see cref="TypeSchema.Items"/> says of what.</summary>
    [JsonStringEnumMemberName("array")] Array,

    /// <summary>A named type; <see cref="TypeSchema.Ref"/> says which.</summary>
    [JsonStringEnumMemberName("ref")] Ref,

    /// <summary>An array of objects, the rows of a table; <see cref="TypeSchema.Columns"/> says of what members.</summary>
    [JsonStringEnumMemberName("table")] Table,
}

/// <summary>What the values of a parameter, member, item or answer are.</summary>
public sealed record TypeSchema
{
    /// <summary>The kind of JSON value.</summary>
    public required TypeKind Kind { get; init; }

    /// <summary>Whether <c>null</c> is a value too.</summary>
    public bool Nullable { get; init; }

    /// <summary>The number of dimensions of a tensor, at least 2; 0 for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Rank { get; init; }

    /// <summary>What an array or tensor holds, or what the members of a map are.</summary>
    public TypeSchema? Items { get; init; }

    /// <summary>What the member names of a map stand for.</summary>
    public TypeSchema? Keys { get; init; }

    /// <summary>
    /// The columns of a table, which the examples tell that the envelope was saved with; absent until then. A column of
    /// vectors is an array whose <see cref="ConstraintsSchema.MinItems"/> and <see cref="ConstraintsSchema.MaxItems"/> are its width.
    /// </summary>
    public IReadOnlyList<MemberSchema>? Columns { get; init; }

    /// <summary>In which other forms a number may stand.</summary>
    [JsonConverter(typeof(JsonNumberEnumConverter<NumberForms>))]
    public NumberForms NumberHandling { get; init; }

    /// <summary>The name of a type in <see cref="ModelSchema.Types"/>.</summary>
    public string? Ref { get; init; }
}
