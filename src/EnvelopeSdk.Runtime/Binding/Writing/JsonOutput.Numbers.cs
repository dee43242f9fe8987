using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using EnvelopeSdk.Binding.Numbers;

namespace EnvelopeSdk.Binding.Writing;

/// <summary>Numbers: the shortest ones that read back as the same value.</summary>
public sealed partial class JsonOutput
{
    // A decimal has 31 characters at the most, an integer of 128 bits 40, a double 24.
    private const int LongestNumber = 40;

    /// <summary>Writes an integer.</summary>
    public void WriteSByte(sbyte value) => WriteFormatted(value);

    /// <inheritdoc cref="WriteSByte"/>
    public void WriteByte(byte value) => WriteFormatted(value);

    /// <inheritdoc cref="WriteSByte"/>
    public void WriteInt16(short value) => WriteFormatted(value);

    /// <inheritdoc cref="WriteSByte"/>
    public void WriteUInt16(ushort value) => WriteFormatted(value);

    /// <inheritdoc cref="WriteSByte"/>
    public void WriteInt32(int value) => WriteFormatted(value);

    /// <inheritdoc cref="WriteSByte"/>
    public void WriteUInt32(uint value) => WriteFormatted(value);

    /// <inheritdoc cref="WriteSByte"/>
    public void WriteInt64(long value) => WriteFormatted(value);

    /// <inheritdoc cref="WriteSByte"/>
    public void WriteUInt64(ulong value) => WriteFormatted(value);

    /// <inheritdoc cref="WriteSByte"/>
    public void WriteInt128(Int128 value) => WriteFormatted(value);

    /// <inheritdoc cref="WriteSByte"/>
    public void WriteUInt128(UInt128 value) => WriteFormatted(value);

    /// <summary>Writes a decimal number with the zeros that it has at its end.</summary>
    public void WriteDecimal(decimal value) => Wrote(DecimalText.Write(value, Value(DecimalText.MaxLength)));

    /// <summary>Writes a floating-point number.</summary>
    /// <param name="value">A finite number.</param>
    /// <exception cref="ModelAnswerException">The number is NaN or infinite, which JSON cannot carry.</exception>
    public void WriteHalf(Half value) => WriteFormatted(Half.IsFinite(value) ? value : throw NotFinite(value));

    /// <inheritdoc cref="WriteHalf"/>
    public void WriteSingle(float value)
    {
        CheckFinite(value);
        Wrote(FloatText.Write(value, Value(FloatText.MaxLength)));
    }

    /// <inheritdoc cref="WriteHalf"/>
    public void WriteDouble(double value)
    {
        CheckFinite(value);
        Wrote(FloatText.Write(value, Value(FloatText.MaxLength)));
    }

    /// <summary>Writes a number in one of the forms that it may have.</summary>
    /// <typeparam name="T">The type of the number.</typeparam>
    /// <param name="value">The number.</param>
    /// <param name="forms">The forms.</param>
    /// <exception cref="ModelAnswerException">
    /// The number is NaN or infinite, and <paramref name="forms"/> has no names for that.
    /// </exception>
    public void WriteNumber<T>(T value, NumberForms forms)
        where T : struct, INumber<T>
    {
        if (!T.IsFinite(value))
        {
            WriteString(!forms.HasFlag(NumberForms.AllowNamedFloatingPointLiterals) ? throw NotFinite(value)
                : T.IsNaN(value) ? "NaN" : T.IsNegativeInfinity(value) ? "-Infinity" : "Infinity");
        }
        else if (forms.HasFlag(NumberForms.WriteAsString))
        {
            WriteQuoted(value, default);
        }
        else
        {
            WriteFormatted(value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckFinite<T>(T value)
        where T : struct, INumber<T>
    {
        if (!T.IsFinite(value))
        {
            throw NotFinite(value);
        }
    }

    private void WriteFormatted<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(Value(LongestNumber), out var length, default, CultureInfo.InvariantCulture);
        Wrote(length);
    }

    private static ModelAnswerException NotFinite<T>(T value)
        where T : IFormattable =>
        new($"The model answered {value.ToString(null, CultureInfo.InvariantCulture)}, which JSON cannot carry.");
}
