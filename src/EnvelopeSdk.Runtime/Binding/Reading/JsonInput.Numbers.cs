using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using EnvelopeSdk.Binding.Numbers;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Binding.Reading;

public ref partial struct JsonInput
{
    /// <summary>Reads an integer from 0 to 255.</summary>
    public byte ReadByte() => (byte)ReadInteger<byte>(0, byte.MaxValue, "an integer from 0 to 255");

    /// <summary>Reads an integer from -128 to 127.</summary>
    public sbyte ReadSByte() =>
        (sbyte)ReadInteger<sbyte>(sbyte.MinValue, (ulong)sbyte.MaxValue, "an integer from -128 to 127");

    /// <summary>Reads a 16-bit signed integer.</summary>
    public short ReadInt16() =>
        (short)ReadInteger<short>(short.MinValue, (ulong)short.MaxValue, "an integer from -32768 to 32767");

    /// <summary>Reads a 16-bit unsigned integer.</summary>
    public ushort ReadUInt16() => (ushort)ReadInteger<ushort>(0, ushort.MaxValue, "an integer from 0 to 65535");

    /// <summary>Reads a 32-bit signed integer.</summary>
    public int ReadInt32() =>
        (int)ReadInteger<int>(int.MinValue, int.MaxValue, "an integer from -2147483648 to 2147483647");

    /// <summary>Reads a 32-bit unsigned integer.</summary>
    public uint ReadUInt32() => (uint)ReadInteger<uint>(0, uint.MaxValue, "an integer from 0 to 4294967295");

    /// <summary>Reads a 64-bit signed integer.</summary>
    public long ReadInt64() =>
        ReadInteger<long>(long.MinValue, long.MaxValue, "an integer from -9223372036854775808 to 9223372036854775807");

    /// <summary>Reads a 64-bit unsigned integer.</summary>
    public ulong ReadUInt64() =>
        (ulong)ReadInteger<ulong>(0, ulong.MaxValue, "an integer from 0 to 18446744073709551615");

    /// <summary>Reads a 128-bit signed integer.</summary>
    public Int128 ReadInt128()
    {
        const string Expected = "an integer from -2^127 to 2^127-1";
        return ReadText<Int128>(Expected, Expected);
    }

    /// <summary>Reads a 128-bit unsigned integer.</summary>
    public UInt128 ReadUInt128()
    {
        const string Expected = "an integer from 0 to 2^128-1";
        return ReadText<UInt128>(Expected, Expected);
    }

    /// <summary>
    /// Reads the nearest 16-bit floating-point number; one too large for it is refused, not made infinite, nor the
    /// largest one.
    /// </summary>
    public Half ReadHalf() => ReadText<Half>("a number", "a number within the range of a 16-bit float");

    /// <summary>
    /// Reads the nearest 32-bit floating-point number; one too large for it is refused, not made infinite.
    /// </summary>
    public float ReadSingle() => TryReadPlain(out float value) ? value : ReadAnySingle();

    private float ReadAnySingle()
    {
        var start = _position;
        return !TryReadNumber("a number", out var number) ? default
            : number.TryGet(out float value)
                ? value
                : Parse<float>(start, "a number within the range of a 32-bit float");
    }

    /// <summary>
    /// Reads the nearest 64-bit floating-point number; one too large for it is refused, not made infinite.
    /// </summary>
    public double ReadDouble() => TryReadPlain(out double value) ? value : ReadAnyDouble();

    private double ReadAnyDouble()
    {
        var start = _position;
        return !TryReadNumber("a number", out var number) ? default
            : number.TryGet(out double value)
                ? value
                : Parse<double>(start, "a number within the range of a 64-bit float");
    }

    /// <summary>Reads the nearest decimal number: digits for which it has no room are rounded.</summary>
    public decimal ReadDecimal() =>
        TryReadPlain(out decimal value)
            ? value : ReadText<decimal>("a number", "a number within the range of a decimal");

    /// <summary>Reads a number that may have other forms than a number of JSON.</summary>
    /// <typeparam name="T">The type of the number.</typeparam>
    /// <param name="forms">Which forms.</param>
    public T ReadNumber<T>(NumberForms forms)
        where T : struct, INumber<T>
    {
        var expected = forms.HasFlag(NumberForms.AllowReadingFromString) ? "a number, or a string that holds one"
            : forms.HasFlag(NumberForms.AllowNamedFloatingPointLiterals)
                ? "a number, \"NaN\", \"Infinity\" or \"-Infinity\""
                : "a number";
        if (Next != '"')
        {
            return ReadText<T>(expected, "a number within the range of " + typeof(T).Name);
        }

        if (!ScanString(out var text, out var isEscaped))
        {
            Fail();
            return default;
        }

        if (isEscaped)
        {
            text = new JsonText(text, isEscaped).TryDecode(out var decoded) ? Encoding.UTF8.GetBytes(decoded) : default;
        }

        if (forms.HasFlag(NumberForms.AllowNamedFloatingPointLiterals) && Named<T>(text) is { } named)
        {
            return named;
        }

        // A string holds what could stand without its quotes: no white space, no plus sign, no zero in front.
        var inner = new JsonInput(text, _errors, _isTrusted);
        if (forms.HasFlag(NumberForms.AllowReadingFromString) && inner.ScanNumber(out _)
            && inner._position == text.Length && TryParseNumber<T>(text, out var value))
        {
            return value;
        }

        _errors.Add(expected, "another string");
        return default;
    }

    /// <summary>Reads a number of a kind that is known when the program runs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is none of numbers.</exception>
    internal object ReadNumber(TypeKind kind, NumberForms forms) => kind switch
    {
        TypeKind.Int8 => ReadNumber<sbyte>(forms),
        TypeKind.UInt8 => ReadNumber<byte>(forms),
        TypeKind.Int16 => ReadNumber<short>(forms),
        TypeKind.UInt16 => ReadNumber<ushort>(forms),
        TypeKind.Int32 => ReadNumber<int>(forms),
        TypeKind.UInt32 => ReadNumber<uint>(forms),
        TypeKind.Int64 => ReadNumber<long>(forms),
        TypeKind.UInt64 => ReadNumber<ulong>(forms),
        TypeKind.Int128 => ReadNumber<Int128>(forms),
        TypeKind.UInt128 => ReadNumber<UInt128>(forms),
        TypeKind.Half => ReadNumber<Half>(forms),
        TypeKind.Float => ReadNumber<float>(forms),
        TypeKind.Double => ReadNumber<double>(forms),
        TypeKind.Decimal => ReadNumber<decimal>(forms),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a number."),
    };

    private static T? Named<T>(ReadOnlySpan<byte> text)
        where T : struct, INumber<T>
    {
        // Integers and decimals have no such values.
        return typeof(T) != typeof(float) && typeof(T) != typeof(double) && typeof(T) != typeof(Half) ? null
            : text.SequenceEqual("NaN"u8) ? T.CreateTruncating(double.NaN)
            : text.SequenceEqual("Infinity"u8) ? T.CreateTruncating(double.PositiveInfinity)
            : text.SequenceEqual("-Infinity"u8) ? T.CreateTruncating(double.NegativeInfinity)
            : null;
    }

    private long ReadInteger<T>(long minimum, ulong maximum, string expected)
        where T : struct, IBinaryInteger<T>
    {
        if (TryReadPlain(out T plain))
        {
            return long.CreateTruncating(plain);
        }

        var start = _position;
        return !TryReadNumber(expected, out var number) ? 0
            : number.TryGetInteger(minimum, maximum, out var value)
                ? value
                : long.CreateTruncating(Parse<T>(start, expected));
    }

    private T ReadText<T>(string expected, string inRange)
        where T : struct, INumber<T>
    {
        var start = _position;
        return TryReadNumber(expected, out _) ? Parse<T>(start, inRange) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadPlain<T>(out T value)
        where T : struct, INumber<T>
    {
        var length = PlainNumber.Read(_json[_position..], out value);
        _position += length;
        return length > 0;
    }

    /// <summary>The number that was just stepped over, of its text.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly T Parse<T>(int start, string expected)
        where T : struct, INumber<T>
    {
        var text = _json[start.._position];
        return TryParseNumber<T>(text, out var value) ? value : RefuseNumber<T>(text, expected);
    }

    /// <summary>
    /// Reads a number of any type. JSON Schema counts 1.0 and 1e2 as integers (JSON Schema Core 2020-12, section
    /// 4.2.3).
    /// </summary>
    private static bool TryParseNumber<T>(ReadOnlySpan<byte> text, out T value)
        where T : struct, INumber<T> =>
        T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            ? T.IsFinite(value) && !(value is Half half && IsBeyond(half, text))
        : IsZero(text); // which .NET does not read as -0.0 where there are no negative numbers

    /// <summary>Whether a number is nearest to the largest finite one, or its opposite, from beyond it.</summary>
    private static bool IsBeyond(Half value, ReadOnlySpan<byte> text) =>
        Half.Abs(value) == Half.MaxValue
            && Math.Abs(double.Parse(text, CultureInfo.InvariantCulture)) > (double)Half.MaxValue;

    private static bool IsZero(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'e', (byte)'E');
        return !(end < 0 ? text : text[..end]).ContainsAnyInRange((byte)'1', (byte)'9');
    }

    private readonly T RefuseNumber<T>(ReadOnlySpan<byte> text, string expected)
        where T : struct
    {
        _errors.Add(
            expected, IsInteger<T>() && HasFraction(text) ? "a number with a fraction" : "a number that is out of range");
        return default;
    }

    private static bool IsInteger<T>() =>
        typeof(T) != typeof(float) && typeof(T) != typeof(double) && typeof(T) != typeof(Half)
        && typeof(T) != typeof(decimal);

    /// <summary>Whether a number, which is not zero, is none of the integers.</summary>
    private static bool HasFraction(ReadOnlySpan<byte> text)
    {
        var exponentAt = text.IndexOfAny((byte)'e', (byte)'E');
        var digits = exponentAt < 0 ? text : text[..exponentAt];
        var point = digits.IndexOf((byte)'.');
        var last = digits.LastIndexOfAnyInRange((byte)'1', (byte)'9');
        var end = point < 0 ? digits.Length : point;

        // Of the last digit that is not zero: how many places it stands behind the point, or before it.
        var places = last < end ? last + 1 - end : last - end;
        return places > (exponentAt < 0 ? 0 : Exponent(text[(exponentAt + 1)..]));
    }

    /// <summary>An exponent; of one with more digits than texts have places, one that is larger than these.</summary>
    private static int Exponent(ReadOnlySpan<byte> text)
    {
        const int MostDigits = 9;
        var isNegative = text[0] == '-';
        var digits = text.TrimStart("+-"u8).TrimStart((byte)'0');
        var exponent = digits.Length > MostDigits ? int.MaxValue
            : digits.IsEmpty ? 0 : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return isNegative ? -exponent : exponent;
    }
}
