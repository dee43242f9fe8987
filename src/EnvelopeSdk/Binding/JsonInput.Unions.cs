using System.Text.Json;

namespace EnvelopeSdk.Binding;

/// <summary>Objects of one of several types, which a member tells apart.</summary>
public ref partial struct JsonInput
{
    /// <summary>
    /// Looks for the discriminator of an object without reading the object. It may stand anywhere: the members of a JSON
    /// object have no order (RFC 8259, section 4).
    /// </summary>
    /// <param name="utf8Name">The member's name.</param>
    /// <param name="text">Its value, if that is a string.</param>
    /// <param name="number">Its value, if that is a 32-bit integer.</param>
    /// <returns>Whether the value is an object that has the member.</returns>
    public readonly bool ReadDiscriminator(ReadOnlySpan<byte> utf8Name, out string? text, out int? number)
    {
        (text, number) = (null, null);
        var ahead = this;
        if (ahead._reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (ahead._reader.Read() && ahead._reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = ahead.Is(utf8Name);
            ahead._reader.Read();
            if (found)
            {
                (text, number) = ahead.Discriminator();
                return true;
            }

            ahead._reader.Skip();
        }

        return false;
    }

    /// <summary>Records an object without a discriminator, or another value than an object, and steps over it.</summary>
    /// <typeparam name="T">The type of the union.</typeparam>
    /// <param name="name">The name of the discriminator.</param>
    /// <param name="expected">Its values, in words.</param>
    public T MissingDiscriminator<T>(string name, string expected)
    {
        if (_reader.TokenType == JsonTokenType.StartObject)
        {
            _errors.Enter(name);
            _errors.Add(expected, "nothing: the member is missing");
            _errors.Leave();
            _reader.Skip();
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
        _errors.Enter(name);
        _errors.Add(expected, "another value");
        _errors.Leave();
        _reader.Skip();
        return default!;
    }

    private readonly (string? Text, int? Number) Discriminator()
    {
        try
        {
            return _reader.TokenType switch
            {
                JsonTokenType.String => (_reader.GetString(), null),
                JsonTokenType.Number when _reader.TryGetInt32(out var number) => (null, number),
                _ => (null, null),
            };
        }
        catch (InvalidOperationException)
        {
            return (null, null); // a lone surrogate is the value of no discriminator
        }
    }
}
