using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>
/// The numbers that <see cref="JsonInput"/> reads and <see cref="JsonOutput"/> writes with code of their own are those of .NET.
/// <c>ENVELOPE_TEST_NUMBERS</c> says how many of each are tried; 200,000 if it says nothing.
/// </summary>
public class FloatTests
{
    private static readonly int Tries = int.Parse(Environment.GetEnvironmentVariable("ENVELOPE_TEST_NUMBERS") ?? "200000", CultureInfo.InvariantCulture);

    private static readonly Gen<double> Doubles = Gen.OneOf(
        Gen.ULong.Select(BitConverter.UInt64BitsToDouble),
        Gen.Double,
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Int[0, 12], (digits, places) => digits / Math.Pow(10, places)), // few digits
        Gen.Select(Gen.Int[-1074, 1023], Gen.Int[-2, 2], (power, steps) => Step(Math.ScaleB(1, power), steps)), // powers of two, which have unequal neighbours
        Gen.Select(Gen.Int[-323, 308], Gen.Int[-2, 2], (power, steps) => Step(double.Parse($"1E{power}", CultureInfo.InvariantCulture), steps)));

    private static readonly Gen<float> Floats = Gen.OneOf(
        Gen.UInt.Select(BitConverter.UInt32BitsToSingle),
        Gen.Float,
        Gen.Select(Gen.Int[-10_000_000, 10_000_000], Gen.Int[0, 8], (digits, places) => (float)(digits / Math.Pow(10, places))),
        Gen.Select(Gen.Int[-149, 127], Gen.Int[-2, 2], (power, steps) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(MathF.ScaleB(1, power)) + steps)));

    /// <summary>Of up to 20 digits, with a point anywhere or nowhere.</summary>
    private static readonly Gen<string> Plain = Gen.Select(Gen.Bool, Gen.ULong, Gen.Int[0, 63], Gen.Int[0, 22], (isNegative, bits, shift, places) =>
    {
        var digits = (bits >> shift).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return $"{(isNegative ? "-" : "")}{digits[..^places]}{(places > 0 ? "." : "")}{digits[^places..]}";
    });

    /// <summary>Decimal texts of every length, and those that lie next to the midpoint of two numbers.</summary>
    private static readonly Gen<string> Decimals = Gen.OneOf(
        Plain,
        Gen.Select(Gen.Long, Gen.Int[-30, 30], (digits, power) => $"{digits}E{power}"),
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[-340, 310], (whole, fraction, power) => $"{whole}.{fraction}e{power}"),
        Gen.Select(Gen.Int[0, 999], Gen.Int[0, 6], Gen.ULong[0, 999_999_999_999_999], (whole, zeros, fraction) => $"{whole}.{new string('0', zeros)}{fraction}"),
        Gen.Select(Floats, Gen.Int[-2, 2], Gen.Int[10, 40], (value, steps, digits) => NearMidpoint(value, steps, digits)),
        Gen.Select(Doubles, Gen.Int[15, 19], Gen.Int[-2, 2], (value, digits, steps) => NearMidpoint(value, digits, steps)));

    [Fact]
    public void A_double_is_written_with_the_digits_of_NET() => Doubles.Where(double.IsFinite).Sample(
        value =>
        {
            var (text, digits) = (Written(output => output.WriteDouble(value)), value.ToString("R", CultureInfo.InvariantCulture));
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));

            // .NET writes 2^-25 and 2^-958 with one digit too few, which read back as other numbers.
            Assert.True(Digits(digits) == Digits(text) || double.Parse(digits, CultureInfo.InvariantCulture) != value, $"{digits} is written as {text}");
        },
        iter: Tries);

    [Fact]
    public void A_float_is_written_with_the_digits_of_NET() => Floats.Where(float.IsFinite).Sample(
        value => Assert.Equal(Digits(value.ToString("R", CultureInfo.InvariantCulture)), Digits(Written(output => output.WriteSingle(value)))), iter: Tries);

    [Fact]
    public void A_decimal_text_is_read_as_NET_reads_it() => Decimals.Sample(
        AssertReadAsNet, iter: Tries);

    [Fact]
    public void A_decimal_has_the_digits_the_places_and_the_sign_that_are_written() => Gen.Select(
        Gen.Bool, Gen.ULong, Gen.Int[0, 64], Gen.Int[0, 28]).Sample(
        (isNegative, bits, shift, places) =>
        {
            var digits = (shift == 64 ? 0 : bits >> shift).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
            var text = $"{(isNegative ? "-" : "")}{digits[..^places]}{(places > 0 ? "." : "")}{digits[^places..]}";
            var (value, errors) = Reading.Read(text + " ", (ref JsonInput input) => input.ReadDecimal());
            Assert.Empty(errors.List());
            Assert.Equal(decimal.GetBits(decimal.Parse(text, CultureInfo.InvariantCulture)), decimal.GetBits(value));
        },
        iter: Tries);

    [Theory]
    [InlineData("9007199254740993")] // 2^53 + 1: no double
    [InlineData("1.000000059604644775390625")] // the midpoint of two floats
    [InlineData("1.0000000596046448")]
    [InlineData("1.000000059604645")]
    [InlineData("16777217.0000000")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("1.7976931348623158e308")]
    [InlineData("3.4028235677973366e38")]
    [InlineData("0.000000000000000000000000000000000000000000001401298464324817")]
    [InlineData("123456789012345678901234567890e-30")]
    [InlineData("1e22"), InlineData("1e23"), InlineData("8.5e22"), InlineData("-0.0"), InlineData("0e999999999999"), InlineData("1e-99999999999")]
    public void A_number_at_the_edge_of_what_is_computed_exactly_is_read_as_NET_reads_it(string text) => AssertReadAsNet(text);

    [Theory]
    [InlineData(0, "0"), InlineData(-0.0, "-0"), InlineData(1, "1"), InlineData(-12.5, "-12.5"), InlineData(0.001, "0.001"), InlineData(0.00012, "0.00012"), InlineData(0.000012, "1.2E-05")]
    [InlineData(100, "100"), InlineData(123456789012345, "123456789012345"), InlineData(1e14, "100000000000000"), InlineData(1e15, "1E+15"), InlineData(1.5e300, "1.5E+300"), InlineData(5e-324, "5E-324")]
    [InlineData(1234567890123456.5, "1234567890123456.5"), InlineData(0.1, "0.1"), InlineData(double.MaxValue, "1.7976931348623157E+308"), InlineData(2.2250738585072014E-308, "2.2250738585072014E-308")]
    public void A_number_has_a_point_where_that_is_short_and_an_exponent_elsewhere(double value, string text) =>
        Assert.Equal(text, Written(output => output.WriteDouble(value)));

    /// <summary>The significant digits of a text, and the power of ten of the last one.</summary>
    private static string Digits(string text)
    {
        var parts = text.Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var places = point < 0 ? 0 : parts[0].Length - point - 1;
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimStart('0');
        var trimmed = digits.TrimEnd('0');
        var power = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - places + digits.Length - trimmed.Length;
        return $"{(text[0] == '-' ? "-" : "")}{trimmed}E{(trimmed.Length == 0 ? 0 : power)}";
    }

    /// <summary>
    /// The same bits, or refused where .NET makes it infinite: alone, and among others of an array, which are read in
    /// other ways.
    /// </summary>
    private static void AssertReadAsNet(string text)
    {
        AssertReadAloneAsNet(text);
        var array = $"[{string.Concat(Enumerable.Repeat($"{text},", 5))}{string.Concat(Enumerable.Repeat($" {text},", 5))}{string.Join(',', Enumerable.Repeat("0", 99))}]";
        var numbers = Reading.Read(array, (ref JsonInput input) => input.ReadArray<double>());
        var singles = Reading.Read(array, (ref JsonInput input) => input.ReadArray<float>());
        var (expected, near) = (double.Parse(text, CultureInfo.InvariantCulture), float.Parse(text, CultureInfo.InvariantCulture));
        Assert.Equal(double.IsFinite(expected), numbers.Errors.Count == 0);
        Assert.Equal(float.IsFinite(near), singles.Errors.Count == 0);
        for (var i = 0; i < 10; i++)
        {
            Assert.True(!double.IsFinite(expected) || BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(numbers.Value![i]), text);
            Assert.True(!float.IsFinite(near) || BitConverter.SingleToInt32Bits(near) == BitConverter.SingleToInt32Bits(singles.Value![i]), text);
        }
    }

    private static void AssertReadAloneAsNet(string text)
    {
        var (number, expected) = (Reading.Read(text, (ref JsonInput input) => input.ReadDouble()), double.Parse(text, CultureInfo.InvariantCulture));
        Assert.Equal(double.IsFinite(expected) ? BitConverter.DoubleToInt64Bits(expected) : null, number.Errors.Count == 0 ? BitConverter.DoubleToInt64Bits(number.Value) : (long?)null);

        var (single, near) = (Reading.Read(text, (ref JsonInput input) => input.ReadSingle()), float.Parse(text, CultureInfo.InvariantCulture));
        Assert.Equal(float.IsFinite(near) ? BitConverter.SingleToInt32Bits(near) : null, single.Errors.Count == 0 ? BitConverter.SingleToInt32Bits(single.Value) : (int?)null);
    }

    private static double Step(double value, int steps) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) + steps);

    private static string NearMidpoint(float value, int steps, int digits)
    {
        var next = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) + 1);
        var middle = Step(((double)value + next) / 2, steps);
        return double.IsFinite(middle) ? middle.ToString($"E{digits}", CultureInfo.InvariantCulture) : "0";
    }

    /// <summary>A decimal of so many digits, next to the midpoint of a double and the one above.</summary>
    private static string NearMidpoint(double value, int digits, int steps)
    {
        var (below, above) = (Math.Abs(value), Math.BitIncrement(Math.Abs(value)));
        if (!double.IsFinite(above) || below == 0)
        {
            return "0";
        }

        // .NET writes as many digits as it is asked for.
        var (lower, upper) = (below.ToString("E40", CultureInfo.InvariantCulture).Split('E'), above.ToString("E40", CultureInfo.InvariantCulture).Split('E'));
        if (lower[1] != upper[1])
        {
            return "0";
        }

        var middle = (BigInteger.Parse(lower[0].Remove(1, 1), CultureInfo.InvariantCulture) + BigInteger.Parse(upper[0].Remove(1, 1), CultureInfo.InvariantCulture)) / 2;
        var leading = (middle / BigInteger.Pow(10, 41 - digits)) + steps;
        return $"{leading}E{int.Parse(lower[1], CultureInfo.InvariantCulture) - digits + 1}";
    }

    private static string Written(Action<JsonOutput> write)
    {
        var output = new JsonOutput();
        write(output);
        return Encoding.UTF8.GetString(output.Written.Span);
    }
}
