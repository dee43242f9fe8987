using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>
/// Which values a column of another type takes without a change. What is too large for it fails loudly, and may be
/// tried; what would be rounded, cut or moved to another zone in silence may not.
/// </summary>
internal static class KeptTypes
{
    private static readonly Dictionary<ColumnKind, int> Bits = new()
    {
        [ColumnKind.Int8] = 8,
        [ColumnKind.UInt8] = 8,
        [ColumnKind.Int16] = 16,
        [ColumnKind.UInt16] = 16,
        [ColumnKind.Int32] = 32,
        [ColumnKind.UInt32] = 32,
        [ColumnKind.Int64] = 64,
        [ColumnKind.UInt64] = 64,
        [ColumnKind.Int128] = 128,
        [ColumnKind.UInt128] = 128,
    };

    /// <summary>Whether a whole number of the type is one of 64 bits' real numbers, too.</summary>
    public static bool IsDouble(ColumnType type) =>
        type.Kind == ColumnKind.Boolean || (Bits.TryGetValue(type.Kind, out var bits) && bits <= 32);

    /// <param name="from">The type of the values.</param>
    /// <param name="into">The type of the column.</param>
    public static bool Takes(ColumnType from, ColumnType into) => from.Kind switch
    {
        ColumnKind.Null => true,
        ColumnKind.Json => into.Kind == ColumnKind.Text,
        ColumnKind.Float => into.Kind is ColumnKind.Float or ColumnKind.Double,
        ColumnKind.Decimal => into.Kind == ColumnKind.Decimal && into.Scale >= from.Scale,
        ColumnKind.Time or ColumnKind.Timestamp => into.Kind == from.Kind && into.IsUtc == from.IsUtc
            && into.PerSecond >= from.PerSecond,
        ColumnKind.List or ColumnKind.Array => into.Kind is ColumnKind.List or ColumnKind.Array
            && Takes(from.Parts[0].Type, into.Parts[0].Type),
        ColumnKind.Struct or ColumnKind.Map => into.Kind == from.Kind && from.Parts.Count == into.Parts.Count
            && from.Parts.Zip(into.Parts).All(one => one.First.Name == one.Second.Name
                && Takes(one.First.Type, one.Second.Type)),
        var whole when Bits.TryGetValue(whole, out var bits) => TakesWhole(bits, into.Kind),
        var kind => into.Kind == kind,
    };

    private static bool TakesWhole(int bits, ColumnKind into) => into switch
    {
        ColumnKind.Float => bits <= 16,
        ColumnKind.Double => bits <= 32,
        ColumnKind.Decimal => true,
        _ => Bits.ContainsKey(into),
    };
}
