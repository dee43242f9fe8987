using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace EnvelopeSdk.Binding;

public ref partial struct JsonInput
{
    /// <summary>Reads a 128-bit signed integer.</summary>
    public Int128 ReadInt128()
    {
        const string Expected = "an integer from -2^127 to 2^127-1";
        return IsNumber(Expected) ? Whole<Int128>(Expected) : default;
    }

    /// <summary>Reads a 128-bit unsigned integer.</summary>
    public UInt128 ReadUInt128()
    {
        const string Expected = "an integer from 0 to 2^128-1";
        return IsNumber(Expected) ? Whole<UInt128>(Expected) : default;
    }

    /// <summary>Reads the nearest 16-bit floating-point number; one too large for it is refused, not made infinite.</summary>
    public Half ReadHalf() =>
        !IsNumber("a number") ? default
        : Half.TryParse(_reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Half.IsFinite(value) ? value
        : Refuse<Half>("a number within the range of a 16-bit float");

    /// <summary>Reads a number that may have other forms than a number of JSON.</summary>
    /// <typeparam name="T">The type of the number.</typeparam>
    /// <param name="forms">Which forms.</param>
    public T ReadNumber<T>(NumberForms forms)
        where T : struct, INumber<T>
    {
        var expected = forms.HasFlag(NumberForms.AllowReadingFromString) ? "a number, or a string that holds one"
            : forms.HasFlag(NumberForms.AllowNamedFloatingPointLiterals) ? "a number, \"NaN\", \"Infinity\" or \"-Infinity\"" : "a number";
        if (_reader.TokenType != JsonTokenType.String)
        {
            return !IsNumber(expected) ? default
                : T.TryParse(_reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && T.IsFinite(number) ? number
                : Refuse<T>("a number within the range of " + typeof(T).Name);
        }

        if (forms.HasFlag(NumberForms.AllowNamedFloatingPointLiterals) && Named<T>() is { } named)
        {
            return named;
        }

        // A string holds what could stand without its quotes: no white space, no plus sign.
        var text = _reader.ValueSpan;
        if (forms.HasFlag(NumberForms.AllowReadingFromString) && !_reader.ValueIsEscaped && text.Length > 0 && text[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9') && text[^1] is >= (byte)'0' and <= (byte)'9'
            && T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value))
        {
            return value;
        }

        _errors.Add(expected, "another string");
        return default;
    }

    private readonly T? Named<T>()
        where T : struct, INumber<T>
    {
        // Integers and decimals have no such values.
        return typeof(T) != typeof(float) && typeof(T) != typeof(double) && typeof(T) != typeof(Half) ? null
            : _reader.ValueTextEquals("NaN"u8) ? T.CreateTruncating(double.NaN)
            : _reader.ValueTextEquals("Infinity"u8) ? T.CreateTruncating(double.PositiveInfinity)
            : _reader.ValueTextEquals("-Infinity"u8) ? T.CreateTruncating(double.NegativeInfinity)
            : null;
    }
}
