using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Schema;

/// <summary>Which kinds of values are values of another kind as well, exactly.</summary>
internal static class KindContainment
{
    public static bool IsIn(TypeKind narrow, TypeKind wide) => wide switch
    {
        TypeKind.Any => true,
        TypeKind.Value => narrow != TypeKind.Any,
        TypeKind.Primitive => narrow is not (TypeKind.Any or TypeKind.Value or TypeKind.Map or TypeKind.Array
            or TypeKind.Tensor or TypeKind.Table or TypeKind.Ref),
        _ when NumberSchema.Of(narrow) is { } number => NumberSchema.Of(wide) is { } other && IsIn(number, other),
        TypeKind.String => narrow is TypeKind.Char or TypeKind.Uuid or TypeKind.Uri or TypeKind.Version
            or TypeKind.DateTime or TypeKind.DateTimeOffset or TypeKind.Date or TypeKind.Time or TypeKind.Duration
            or TypeKind.Bytes,
        TypeKind.DateTime => narrow is TypeKind.Date or TypeKind.DateTimeOffset,
        _ => false,
    };

    private static bool IsIn(NumberKind narrow, NumberKind wide) => (narrow.Family, wide.Family) switch
    {
        (NumberFamily.Integer, NumberFamily.Integer) =>
            narrow.Bits <= wide.Bits && (wide.IsSigned || !narrow.IsSigned),
        (NumberFamily.Integer, _) => narrow.Bits <= wide.Bits,
        (NumberFamily.Binary, NumberFamily.Binary) =>
            narrow.Bits < wide.Bits && NumberOrder.Compare(narrow.Greatest, wide.Greatest) <= 0,
        _ => false,
    };
}
