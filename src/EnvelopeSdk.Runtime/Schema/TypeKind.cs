using System.Text.Json.Serialization;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Schema;

/// <summary>What kind of JSON value a C# type is.</summary>
public enum TypeKind
{
    /// <summary><c>true</c> or <c>false</c>.</summary>
    [JsonStringEnumMemberName(KindNames.Boolean)] Boolean,

    /// <summary>An 8-bit signed integer.</summary>
    [JsonStringEnumMemberName(NumberKinds.Int8)] Int8,

    /// <summary>An 8-bit unsigned integer.</summary>
    [JsonStringEnumMemberName(NumberKinds.UInt8)] UInt8,

    /// <summary>A 16-bit signed integer.</summary>
    [JsonStringEnumMemberName(NumberKinds.Int16)] Int16,

    /// <summary>A 16-bit unsigned integer.</summary>
    [JsonStringEnumMemberName(NumberKinds.UInt16)] UInt16,

    /// <summary>A 32-bit signed integer.</summary>
    [JsonStringEnumMemberName(NumberKinds.Int32)] Int32,

    /// <summary>A 32-bit unsigned integer.</summary>
    [JsonStringEnumMemberName(NumberKinds.UInt32)] UInt32,

    /// <summary>A 64-bit signed integer.</summary>
    [JsonStringEnumMemberName(NumberKinds.Int64)] Int64,

    /// <summary>A 64-bit unsigned integer.</summary>
    [JsonStringEnumMemberName(NumberKinds.UInt64)] UInt64,

    /// <summary>A 128-bit signed integer.</summary>
    [JsonStringEnumMemberName(NumberKinds.Int128)] Int128,

    /// <summary>A 128-bit unsigned integer.</summary>
    [JsonStringEnumMemberName(NumberKinds.UInt128)] UInt128,

    /// <summary>An IEEE 754 half-precision number, finite.</summary>
    [JsonStringEnumMemberName(NumberKinds.Half)] Half,

    /// <summary>An IEEE 754 single-precision number, finite.</summary>
    [JsonStringEnumMemberName(NumberKinds.Float)] Float,

    /// <summary>An IEEE 754 double-precision number, finite.</summary>
    [JsonStringEnumMemberName(NumberKinds.Double)] Double,

    /// <summary>A decimal number of up to 28 digits.</summary>
    [JsonStringEnumMemberName(NumberKinds.Decimal)] Decimal,

    /// <summary>A string of valid Unicode.</summary>
    [JsonStringEnumMemberName(KindNames.String)] String,

    /// <summary>A string of one character up to U+FFFF.</summary>
    [JsonStringEnumMemberName(KindNames.Char)] Char,

    /// <summary>A string that is a UUID with four hyphens.</summary>
    [JsonStringEnumMemberName(KindNames.Uuid)] Uuid,

    /// <summary>A string that is an absolute or relative URI.</summary>
    [JsonStringEnumMemberName(KindNames.Uri)] Uri,

    /// <summary>A string of two to four numbers with dots between them.</summary>
    [JsonStringEnumMemberName(KindNames.Version)] Version,

    /// <summary>A string that is a date, with or without a time and an offset from UTC.</summary>
    [JsonStringEnumMemberName(KindNames.DateTime)] DateTime,

    /// <summary>A string that is a date and time with its offset from UTC (RFC 3339).</summary>
    [JsonStringEnumMemberName(KindNames.DateTimeOffset)] DateTimeOffset,

    /// <summary>A string that is a date, <c>yyyy-MM-dd</c>.</summary>
    [JsonStringEnumMemberName(KindNames.Date)] Date,

    /// <summary>A string that is a time of day, <c>HH:mm:ss</c> with up to seven digits of a second.</summary>
    [JsonStringEnumMemberName(KindNames.Time)] Time,

    /// <summary>
    /// A string that is a span of time, <c>[-][d.]hh:mm:ss</c> with none or seven digits of a second.
    /// </summary>
    [JsonStringEnumMemberName(KindNames.Duration)] Duration,

    /// <summary>A string that is bytes in base64 with padding.</summary>
    [JsonStringEnumMemberName(KindNames.Bytes)] Bytes,

    /// <summary>Any value, null among them.</summary>
    [JsonStringEnumMemberName(KindNames.Any)] Any,

    /// <summary>Any value but null.</summary>
    [JsonStringEnumMemberName(KindNames.Value)] Value,

    /// <summary>A string, number or boolean.</summary>
    [JsonStringEnumMemberName(KindNames.Primitive)] Primitive,

    /// <summary>
    /// An object whose member names are <see cref="TypeSchema.Keys"/> and whose values are
    /// <see cref="TypeSchema.Items"/>.
    /// </summary>
    [JsonStringEnumMemberName(KindNames.Map)] Map,

    /// <summary>
    /// Arrays nested <see cref="TypeSchema.Rank"/> deep, those of one depth equally long;
    /// <see cref="TypeSchema.Items"/> says
    /// of what.
    /// </summary>
    [JsonStringEnumMemberName(KindNames.Tensor)] Tensor,

    /// <summary>An array; <see cref="TypeSchema.Items"/> says of what.</summary>
    [JsonStringEnumMemberName(KindNames.Array)] Array,

    /// <summary>A named type; <see cref="TypeSchema.Ref"/> says which.</summary>
    [JsonStringEnumMemberName(KindNames.Ref)] Ref,

    /// <summary>
    /// An array of objects, the rows of a table; <see cref="TypeSchema.Columns"/> says of what members.
    /// </summary>
    [JsonStringEnumMemberName(KindNames.Table)] Table,
}
