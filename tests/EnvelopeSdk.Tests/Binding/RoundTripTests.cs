using System.Text;
using CsCheck;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Tests.Binding;

public class RoundTripTests
{
    private static readonly Gen<string> UnicodeText = Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Array[0, 20]
        .Select(runes => string.Concat(runes.Select(rune => new Rune(rune).ToString())));

    [Fact]
    public void Any_double_is_read_back_with_the_same_bits() =>
        Gen.ULong.Select(BitConverter.UInt64BitsToDouble).Where(double.IsFinite).Sample(
            value => BitConverter.DoubleToUInt64Bits(Back(value, (output, one) => output.WriteDouble(one), (ref JsonInput input) => input.ReadDouble()))
                == BitConverter.DoubleToUInt64Bits(value),
            iter: 20_000);

    [Fact]
    public void Any_float_is_read_back_with_the_same_bits() =>
        Gen.UInt.Select(BitConverter.UInt32BitsToSingle).Where(float.IsFinite).Sample(
            value => BitConverter.SingleToUInt32Bits(Back(value, (output, one) => output.WriteSingle(one), (ref JsonInput input) => input.ReadSingle()))
                == BitConverter.SingleToUInt32Bits(value),
            iter: 20_000);

    [Fact]
    public void Any_decimal_is_read_back_with_its_digits() =>
        Gen.Decimal.Sample(
            value => decimal.GetBits(Back(value, (output, one) => output.WriteDecimal(one), (ref JsonInput input) => input.ReadDecimal()))
                .SequenceEqual(decimal.GetBits(value)));

    [Fact]
    public void Any_long_is_read_back() =>
        Gen.Long.Sample(
            value => Back(value, (output, one) => output.WriteInt64(one), (ref JsonInput input) => input.ReadInt64()) == value);

    [Fact]
    public void Any_text_is_read_back() =>
        UnicodeText.Sample(
            value => Back(value, (output, one) => output.WriteString(one), (ref JsonInput input) => input.ReadString()) == value,
            iter: 5_000);

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void A_number_that_JSON_cannot_carry_is_the_fault_of_the_model(double value)
    {
        var output = new JsonOutput();

        Assert.Contains("JSON cannot carry", Assert.Throws<ModelAnswerException>(() => output.WriteDouble(value)).Message, StringComparison.Ordinal);
        Assert.Throws<ModelAnswerException>(() => output.WriteSingle((float)value));
    }

    private static T? Back<T>(T value, Action<JsonOutput, T> write, JsonRead<T> read)
    {
        var output = new JsonOutput();
        write(output, value);
        var (back, errors) = Reading.Read(output.Written.Span, read);
        Assert.Empty(errors.List());
        return back;
    }
}
