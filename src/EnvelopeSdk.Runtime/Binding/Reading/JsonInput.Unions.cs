using System.Globalization;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>Objects of one of several types, which a member tells apart.</summary>
public ref partial struct JsonInput
{
    /// <summary>
    /// Looks for the discriminator of an object without reading the object. It may stand anywhere: the members of a
    /// JSON object have no order (RFC 8259, section 4).
    /// </summary>
    /// <param name="utf8Name">The member's name.</param>
    /// <param name="text">Its value, if that is a string.</param>
    /// <param name="number">Its value, if that is a 32-bit integer.</param>
    /// <returns>Whether the value is an object that has the member.</returns>
    public bool ReadDiscriminator(ReadOnlySpan<byte> utf8Name, out string? text, out int? number)
    {
        (text, number) = (null, null);
        if (Next != '{')
        {
            return false;
        }

        var ahead = this;
        var found = false;
        for (var more = ahead.Descend(); more && !found && ahead.NextMember();)
        {
            found = ahead.Is(utf8Name);
            if (found)
            {
                (text, number) = ahead.Discriminator();
            }
            else
            {
                ahead.SkipValue();
            }
        }

        if (ahead._hasFailed)
        {
            End(); // the text is not JSON, which is recorded
        }

        return found && !ahead._hasFailed;
    }

    /// <summary>
    /// Records an object without a discriminator, or another value than an object, and steps over it.
    /// </summary>
    /// <typeparam name="T">The type of the union.</typeparam>
    /// <param name="name">The name of the discriminator.</param>
    /// <param name="expected">Its values, in words.</param>
    public T MissingDiscriminator<T>(string name, string expected)
    {
        if (Next == '{')
        {
            RefuseMember(name, expected, "nothing: the member is missing");
        }
        else
        {
            Refuse("an object");
        }

        return default!;
    }

    /// <summary>Records an object whose discriminator is none of the declared ones, and steps over it.</summary>
    /// <typeparam name="T">The type of the union.</typeparam>
    /// <param name="name">The name of the discriminator.</param>
    /// <param name="expected">Its values, in words.</param>
    public T UnknownDiscriminator<T>(string name, string expected)
    {
        RefuseMember(name, expected, "another value");
        return default!;
    }

    private (string? Text, int? Number) Discriminator()
    {
        if (Next == '"')
        {
            return TryReadText("", out var text, LongestForm) && text is { IsValid: true, Utf8.Length: <= LongestForm }
                ? (text.ToString(), null)
                : (null, null);
        }

        var start = _position;
        return Next is (byte)'-' or (>= (byte)'0' and <= (byte)'9') && (ScanNumber(out _) || Fail())
            && int.TryParse(_json[start.._position], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (null, value)
            : (null, null);
    }
}
