namespace EnvelopeSdk.Vocabulary;

/// <summary>All kinds of numbers.</summary>
internal static class NumberKinds
{
    // A new kind of numbers is a line in both lists here, a member of TypeKind (Schema/TypeKind.cs), and what reads and
    // writes it: Binding/Writing/JsonOutput.Numbers.cs, Binding/Reading/JsonInput.Numbers.cs (a reader, ReadNumber by its
    // kind, Named, IsInteger), JsonInput.NumberArrays.cs (ReadItem) and, of a short integer, PlainNumber (LargestOf,
    // IsSigned). Everything else is derived from this table.
    public const string Int8 = "int8";
    public const string UInt8 = "uint8";
    public const string Int16 = "int16";
    public const string UInt16 = "uint16";
    public const string Int32 = "int32";
    public const string UInt32 = "uint32";
    public const string Int64 = "int64";
    public const string UInt64 = "uint64";
    public const string Int128 = "int128";
    public const string UInt128 = "uint128";
    public const string Half = "half";
    public const string Float = "float";
    public const string Double = "double";
    public const string Decimal = "decimal";

    public static readonly NumberKind[] All =
    [
        Integer(Int8, "SByte", 7, "-128", "127"),
        Integer(UInt8, "Byte", 8, "0", "255"),
        Integer(Int16, "Int16", 15, "-32768", "32767"),
        Integer(UInt16, "UInt16", 16, "0", "65535"),
        Integer(Int32, "Int32", 31, "-2147483648", "2147483647", Int32),
        Integer(UInt32, "UInt32", 32, "0", "4294967295"),
        Integer(Int64, "Int64", 63, "-9223372036854775808", "9223372036854775807", Int64),
        Integer(UInt64, "UInt64", 64, "0", "18446744073709551615"),
        Integer(
            Int128, "Int128", 127,
            "-170141183460469231731687303715884105728", "170141183460469231731687303715884105727", Int128),
        Integer(UInt128, "UInt128", 128, "0", "340282366920938463463374607431768211455", UInt128),
        Fraction(Half, "Half", NumberFamily.Binary, 11, "65504"),
        Fraction(Float, "Single", NumberFamily.Binary, 24, "3.4028235E+38"),
        Fraction(Double, "Double", NumberFamily.Binary, 53, "1.7976931348623157E+308"),
        Fraction(Decimal, "Decimal", NumberFamily.Decimal, 96, "79228162514264337593543950335"),
    ];

    private static NumberKind Integer(
        string name, string method, int bits, string least, string greatest, string? format = null) =>
        new(name, method, NumberFamily.Integer, bits, least, greatest, format);

    private static NumberKind Fraction(string name, string method, NumberFamily family, int bits, string greatest) =>
        new(name, method, family, bits, "-" + greatest, greatest, name);
}
