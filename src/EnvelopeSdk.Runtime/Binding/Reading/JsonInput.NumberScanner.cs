using EnvelopeSdk.Binding.Numbers;
namespace EnvelopeSdk.Binding.Reading;

/// <summary>Finds the digits of numbers.</summary>
public ref partial struct JsonInput
{
    private bool TryReadNumber(string expected, out JsonNumber number)
    {
        if (Next is (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
        {
            return ScanNumber(out number) || Fail();
        }

        number = default;
        return Refuse(expected);
    }

    /// <summary>Steps over a number.</summary>
    /// <returns>Whether it is one; if not, the position is that of the byte that does not fit.</returns>
    private bool ScanNumber(out JsonNumber number)
    {
        number = default;
        var start = _position;
        number.IsNegative = Next == '-';
        _position += number.IsNegative ? 1 : 0;
        var isZero = Next == '0';
        var count = isZero ? 1 : ScanDigits(ref number.Digits);
        _position += isZero ? 1 : 0;
        if (count == 0)
        {
            return false;
        }

        if (Next == '.')
        {
            _position++;
            var fraction = ScanDigits(ref number.Digits);
            number.Exponent = -fraction;
            count += fraction;
            if (fraction == 0)
            {
                return false;
            }
        }

        if (Next is (byte)'e' or (byte)'E' && !ScanExponent(ref number.Exponent))
        {
            return false;
        }

        if (_position == _json.Length && _depth > 0)
        {
            return false; // the text was cut off, perhaps within the number
        }

        number.IsWhole = count <= 19; // 10^19 - 1 is the largest run of nines below 2^64
        number.Text = _json[start.._position];
        return true;
    }

    private int ScanDigits(ref ulong digits)
    {
        var rest = _json[_position..];
        var value = digits;
        var count = 0;
        while (DigitRun.TryReadEight(rest[count..], out var eight))
        {
            value = (value * 100_000_000) + eight;
            count += 8;
        }

        while (count < rest.Length && (uint)(rest[count] - '0') <= 9)
        {
            value = (value * 10) + (uint)(rest[count] - '0');
            count++;
        }

        digits = value;
        _position += count;
        return count;
    }

    private bool ScanExponent(ref int exponent)
    {
        _position++;
        var sign = Next == '-' ? -1 : 1;
        _position += Next is (byte)'+' or (byte)'-' ? 1 : 0;
        ulong digits = 0;
        var count = ScanDigits(ref digits);

        // Far beyond what is computed with: such a number is parsed from its text.
        exponent = count > 6 ? short.MaxValue : exponent + (sign * (int)digits);
        return count > 0;
    }
}
