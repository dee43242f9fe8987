using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace EnvelopeSdk.Binding;

public ref partial struct JsonInput
{
    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public bool ReadBoolean() =>
        _reader.TokenType is JsonTokenType.True or JsonTokenType.False ? _reader.GetBoolean() : Refuse("true or false");

    /// <summary>Reads a string that is valid Unicode.</summary>
    public string ReadString()
    {
        if (_reader.TokenType != JsonTokenType.String)
        {
            Refuse("a string");
            return "";
        }

        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            _errors.Add("a string of valid Unicode", "a string with a lone surrogate or invalid UTF-8");
            return "";
        }
    }

    /// <summary>Reads an integer from 0 to 255.</summary>
    public byte ReadByte()
    {
        const string Expected = "an integer from 0 to 255";
        return !IsNumber(Expected) ? default : _reader.TryGetByte(out var value) ? value : Whole<byte>(Expected);
    }

    /// <summary>Reads an integer from -128 to 127.</summary>
    public sbyte ReadSByte()
    {
        const string Expected = "an integer from -128 to 127";
        return !IsNumber(Expected) ? default : _reader.TryGetSByte(out var value) ? value : Whole<sbyte>(Expected);
    }

    /// <summary>Reads a 16-bit signed integer.</summary>
    public short ReadInt16()
    {
        const string Expected = "an integer from -32768 to 32767";
        return !IsNumber(Expected) ? default : _reader.TryGetInt16(out var value) ? value : Whole<short>(Expected);
    }

    /// <summary>Reads a 16-bit unsigned integer.</summary>
    public ushort ReadUInt16()
    {
        const string Expected = "an integer from 0 to 65535";
        return !IsNumber(Expected) ? default : _reader.TryGetUInt16(out var value) ? value : Whole<ushort>(Expected);
    }

    /// <summary>Reads a 32-bit signed integer.</summary>
    public int ReadInt32()
    {
        const string Expected = "an integer from -2147483648 to 2147483647";
        return !IsNumber(Expected) ? default : _reader.TryGetInt32(out var value) ? value : Whole<int>(Expected);
    }

    /// <summary>Reads a 32-bit unsigned integer.</summary>
    public uint ReadUInt32()
    {
        const string Expected = "an integer from 0 to 4294967295";
        return !IsNumber(Expected) ? default : _reader.TryGetUInt32(out var value) ? value : Whole<uint>(Expected);
    }

    /// <summary>Reads a 64-bit signed integer.</summary>
    public long ReadInt64()
    {
        const string Expected = "an integer from -9223372036854775808 to 9223372036854775807";
        return !IsNumber(Expected) ? default : _reader.TryGetInt64(out var value) ? value : Whole<long>(Expected);
    }

    /// <summary>Reads a 64-bit unsigned integer.</summary>
    public ulong ReadUInt64()
    {
        const string Expected = "an integer from 0 to 18446744073709551615";
        return !IsNumber(Expected) ? default : _reader.TryGetUInt64(out var value) ? value : Whole<ulong>(Expected);
    }

    /// <summary>Reads the nearest 32-bit floating-point number; one too large for it is refused, not made infinite.</summary>
    public float ReadSingle()
    {
        return !IsNumber("a number") ? default
            : _reader.TryGetSingle(out var value) && float.IsFinite(value) ? value : Refuse<float>("a number within the range of a 32-bit float");
    }

    /// <summary>Reads the nearest 64-bit floating-point number; one too large for it is refused, not made infinite.</summary>
    public double ReadDouble()
    {
        return !IsNumber("a number") ? default
            : _reader.TryGetDouble(out var value) && double.IsFinite(value) ? value : Refuse<double>("a number within the range of a 64-bit float");
    }

    /// <summary>Reads a decimal number of up to 28 digits.</summary>
    public decimal ReadDecimal()
    {
        return !IsNumber("a number") ? default : _reader.TryGetDecimal(out var value) ? value : Refuse<decimal>("a number within the range of a decimal");
    }

    /// <summary>Starts an enum value that is written as a string; its names are compared with <see cref="Is"/>.</summary>
    /// <param name="expected">The names, in words.</param>
    public bool BeginName(string expected) => _reader.TokenType == JsonTokenType.String || Refuse(expected);

    /// <summary>Records an enum value that is none of the declared ones.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="expected">The declared values, in words.</param>
    public TEnum UnknownValue<TEnum>(string expected)
        where TEnum : struct, Enum
    {
        _errors.Add(expected, _reader.TokenType == JsonTokenType.String ? "another string" : "another number");
        return default;
    }

    /// <summary>JSON Schema counts 1.0 and 1e2 as integers (JSON Schema Core 2020-12, section 4.2.3).</summary>
    private readonly T Whole<T>(string expected)
        where T : struct, IBinaryInteger<T> =>
        T.TryParse(_reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : Refuse<T>(expected);

    private bool IsNumber(string expected) => _reader.TokenType == JsonTokenType.Number || Refuse(expected);

    private readonly T Refuse<T>(string expected)
        where T : struct
    {
        _errors.Add(expected, "a number that is out of range or has a fraction");
        return default;
    }
}
