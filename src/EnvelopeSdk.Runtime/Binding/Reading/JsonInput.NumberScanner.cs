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
        var text = _json[_position..];
        var isNumber = JsonNumber.TryScan(text, out number, out var length);
        _position += length;
        return isNumber && (length < text.Length || _depth == 0); // else it was cut off, perhaps within the number
    }
}
