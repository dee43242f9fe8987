namespace EnvelopeSdk.Schema;

/// <summary>Which kinds of values are values of another kind as well, exactly.</summary>
internal static class KindContainment
{
    /// <summary>The integers that a kind holds without loss: the bits of its magnitude, and whether it has a sign.</summary>
    private static readonly Dictionary<TypeKind, (int Bits, bool Signed)> Integers = new()
    {
        [TypeKind.Int8] = (7, true),
        [TypeKind.UInt8] = (8, false),
        [TypeKind.Int16] = (15, true),
        [TypeKind.UInt16] = (16, false),
        [TypeKind.Int32] = (31, true),
        [TypeKind.UInt32] = (32, false),
        [TypeKind.Int64] = (63, true),
        [TypeKind.UInt64] = (64, false),
        [TypeKind.Int128] = (127, true),
        [TypeKind.UInt128] = (128, false),
    };

    /// <summary>The significant bits of the numbers with fractions; of decimal, 96.</summary>
    private static readonly Dictionary<TypeKind, int> Fractions = new()
    {
        [TypeKind.Half] = 11,
        [TypeKind.Float] = 24,
        [TypeKind.Double] = 53,
        [TypeKind.Decimal] = 96,
    };

    public static bool IsIn(TypeKind narrow, TypeKind wide)
    {
        switch (wide)
        {
            case TypeKind.Any:
                return true;
            case TypeKind.Value:
                return narrow != TypeKind.Any;
            case TypeKind.Primitive:
                return narrow is not (TypeKind.Any or TypeKind.Value or TypeKind.Map or TypeKind.Array or TypeKind.Tensor or TypeKind.Ref);
        }

        if (Integers.TryGetValue(narrow, out var integer))
        {
            return Integers.TryGetValue(wide, out var other)
                ? integer.Bits <= other.Bits && (other.Signed || !integer.Signed)
                : Fractions.TryGetValue(wide, out var bits) && integer.Bits <= bits;
        }

        return (narrow, wide) switch
        {
            (TypeKind.Half, TypeKind.Float or TypeKind.Double) or (TypeKind.Float, TypeKind.Double) => true,
            (TypeKind.Char or TypeKind.Uuid or TypeKind.Uri or TypeKind.Version or TypeKind.DateTime or TypeKind.DateTimeOffset or TypeKind.Date or TypeKind.Time or TypeKind.Duration or TypeKind.Bytes, TypeKind.String) => true,
            (TypeKind.Date or TypeKind.DateTimeOffset, TypeKind.DateTime) => true,
            _ => false,
        };
    }
}
