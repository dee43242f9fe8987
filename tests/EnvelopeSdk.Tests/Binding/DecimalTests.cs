using System.Globalization;
using System.Text;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>Decimal numbers are written as .NET writes them.</summary>
public class DecimalTests
{
    [Fact]
    public void A_decimal_of_any_digits_and_places_is_written_with_all_of_them()
    {
        var random = new Random(5);
        for (var i = 0; i < 200_000; i++)
        {
            // Of each number of bits, so that some have one digit and some 29.
            var (low, middle, high) = Parts(random.Next(97), random);
            var value = new decimal(low, middle, high, random.Next(2) == 0, (byte)random.Next(29));

            Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Written(value));
        }
    }

    [Theory]
    [InlineData("0"), InlineData("0.0"), InlineData("-0.00"), InlineData("1.50"), InlineData("-0.0000000000000000000000000001")]
    [InlineData("18446744073709551615"), InlineData("18446744073709551616"), InlineData("79228162514264337593543950335"), InlineData("0.10")]
    public void A_decimal_keeps_the_zeros_at_its_end(string text) =>
        Assert.Equal(decimal.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), Written(decimal.Parse(text, CultureInfo.InvariantCulture)));

    private static (int Low, int Middle, int High) Parts(int bits, Random random)
    {
        var all = ((UInt128)(ulong)random.NextInt64(long.MinValue, long.MaxValue) << 64) | (ulong)random.NextInt64(long.MinValue, long.MaxValue);
        all &= (UInt128.One << bits) - 1;
        return ((int)(uint)all, (int)(uint)(all >> 32), (int)(uint)(all >> 64));
    }

    private static string Written(decimal value)
    {
        var output = new JsonOutput();
        output.WriteStartArray();
        output.WriteDecimal(value);
        output.WriteDecimal(value);
        output.WriteEndArray();
        var items = Encoding.UTF8.GetString(output.Written.Span)[1..^1].Split(',');
        Assert.Equal(items[0], items[1]);
        return items[0];
    }
}
