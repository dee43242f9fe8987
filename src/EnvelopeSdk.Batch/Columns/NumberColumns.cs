using System.Globalization;
using System.Numerics;
using System.Text;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>
/// Columns of numbers. A whole number may become any number that has it, which is seen value by value; where nearly
/// every value would be rounded, the column is refused.
/// </summary>
internal static class NumberColumns
{
    /// <summary>Why a decimal number is refused of which System.Decimal does not have all digits.</summary>
    public const string MoreDigits = "it is a decimal number of more digits than .NET has, and would be rounded";

    /// <summary>The largest scale of System.Decimal.</summary>
    public const int MostScale = 28;

    /// <summary>Its largest number without a scale, of 96 bits.</summary>
    public static readonly Int128 MostUnscaled = (Int128.One << 96) - 1;

    /// <param name="type">The type of the column.</param>
    /// <param name="kind">What its values are to be.</param>
    /// <param name="isAny">Whether they may have any digits: the parameter takes JSON of any kind.</param>
    /// <returns>Null when the values of the column are not numbers of the kind.</returns>
    public static ColumnJson? Of(ColumnType type, TypeKind kind, bool isAny = false) => type.Kind switch
    {
        ColumnKind.Int8 => Whole<sbyte>(kind),
        ColumnKind.Int16 => Whole<short>(kind),
        ColumnKind.Int32 => Whole<int>(kind),
        ColumnKind.Int64 => Whole<long>(kind),
        ColumnKind.Int128 => Whole<Int128>(kind),
        ColumnKind.UInt8 => Whole<byte>(kind),
        ColumnKind.UInt16 => Whole<ushort>(kind),
        ColumnKind.UInt32 => Whole<uint>(kind),
        ColumnKind.UInt64 => Whole<ulong>(kind),
        ColumnKind.UInt128 => Whole<UInt128>(kind),
        ColumnKind.Decimal when type.Scale == 0 => Whole(kind, (values, row) => values.Unscaled(row)),
        ColumnKind.Decimal when kind == TypeKind.Decimal => new ScalarJson(
            (output, values, row) => WriteDecimal(
                output, isAny ? values.Unscaled(row) : Kept(values.Unscaled(row), type.Scale), type.Scale)),
        ColumnKind.Float when kind == TypeKind.Float => new ScalarJson(
            (output, values, row) => output.WriteSingle(Finite(values.Read<float>(row)))),
        ColumnKind.Float when kind == TypeKind.Double => new ScalarJson(
            (output, values, row) => output.WriteDouble(Finite(values.Read<float>(row)))),
        ColumnKind.Float when kind == TypeKind.Half => new ScalarJson( // no column has 16 bits
            (output, values, row) => output.WriteSingle(OfHalf(Finite(values.Read<float>(row))))),
        ColumnKind.Double when kind == TypeKind.Float && type.IsSingle => new ScalarJson(
            (output, values, row) => output.WriteSingle(Finite((float)values.Read<double>(row)))),
        ColumnKind.Double when kind == TypeKind.Double => new ScalarJson(
            (output, values, row) => output.WriteDouble(Finite(values.Read<double>(row)))),
        _ => null,
    };

    private static T Finite<T>(T value)
        where T : INumberBase<T> =>
        T.IsFinite(value) ? value : throw new CellException("it is NaN or infinite, which no caller can send either");

    private static float OfHalf(float value) => (float)(Half)value == value
        ? value : throw new CellException("it is a number that 16 bits do not have, and would be rounded");

    private static ScalarJson? Whole<T>(TypeKind kind)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (Kinds.IsFloating(kind))
        {
            return new((output, values, row) => WriteExact(output, values.Read<T>(row), kind));
        }

        if (kind == TypeKind.Boolean)
        {
            return new((output, values, row) => output.WriteBoolean(IsOne(values.Read<T>(row))));
        }

        return Kinds.IsInteger(kind) || kind == TypeKind.Decimal
            ? new((output, values, row) => WriteWhole(output, values.Read<T>(row)))
            : null;
    }

    /// <summary>As tables have it that lack booleans, and CSV files.</summary>
    private static bool IsOne<T>(T value)
        where T : IBinaryInteger<T> =>
        value == T.One || (value == T.Zero ? false : throw new CellException("it is none of 0 and 1"));

    private static ScalarJson? Whole(TypeKind kind, Func<Vector, int, Int128> valueOf) =>
        Kinds.IsFloating(kind) ? new((output, values, row) => WriteExact(output, valueOf(values, row), kind))
        : kind == TypeKind.Boolean ? new((output, values, row) => output.WriteBoolean(IsOne(valueOf(values, row))))
        : Kinds.IsInteger(kind) || kind == TypeKind.Decimal
        ? new((output, values, row) => WriteWhole(output, valueOf(values, row)))
        : null;

    private static void WriteWhole<T>(JsonOutput output, T value)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[40];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        output.WriteRaw(text[..length]);
    }

    /// <summary>Writes a whole number that a floating-point kind has as it is.</summary>
    private static void WriteExact<T>(JsonOutput output, T value, TypeKind kind)
        where T : IBinaryInteger<T>
    {
        var isExact = kind switch
        {
            TypeKind.Half => IsExact<T, Half>(value),
            TypeKind.Float => IsExact<T, float>(value),
            _ => IsExact<T, double>(value),
        };
        if (!isExact)
        {
            throw new CellException("it is a whole number that would be rounded");
        }

        WriteWhole(output, value);
    }

    private static bool IsExact<T, TFloat>(T value)
        where T : IBinaryInteger<T>
        where TFloat : IFloatingPointIeee754<TFloat> =>
        TFloat.CreateSaturating(value) is var near && TFloat.IsFinite(near)
        && BigInteger.CreateChecked(near) == BigInteger.CreateChecked(value);

    /// <summary>A number without its point, if its digits but for zeros at the end are those of one of .NET.</summary>
    private static Int128 Kept(Int128 unscaled, int scale)
    {
        var (digits, behind) = (unscaled, scale);
        while ((behind > MostScale || Int128.Abs(digits) > MostUnscaled) && behind > 0 && digits % 10 == 0)
        {
            (digits, behind) = (digits / 10, behind - 1);
        }

        return behind <= MostScale && Int128.Abs(digits) <= MostUnscaled ? unscaled
            : throw new CellException(MoreDigits);
    }

    private static void WriteDecimal(JsonOutput output, Int128 unscaled, int scale)
    {
        var digits = Int128.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        output.WriteRaw(Encoding.UTF8.GetBytes(
            $"{(Int128.IsNegative(unscaled) ? "-" : "")}{digits[..^scale]}.{digits[^scale..]}"));
    }
}
