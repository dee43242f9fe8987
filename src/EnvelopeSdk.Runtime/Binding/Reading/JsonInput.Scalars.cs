using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Binding.Reading;

public ref partial struct JsonInput
{
    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public bool ReadBoolean() => Next switch
    {
        (byte)'t' => SkipLiteral("true"u8),
        (byte)'f' => !SkipLiteral("false"u8),
        _ => Refuse("true or false"),
    };

    /// <summary>Reads a string that is valid Unicode.</summary>
    public string ReadString()
    {
        if (Next == '"' && PlainText.Read(Rest[1..]) is { } plain)
        {
            _position += plain.Length + 2;
            return plain;
        }

        return ReadAnyString();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private string ReadAnyString()
    {
        if (!TryReadText("a string", out var text))
        {
            return "";
        }

        if (text.TryDecode(out var decoded))
        {
            return decoded;
        }

        _errors.Add("a string of valid Unicode", "a string with a lone surrogate or invalid UTF-8");
        return "";
    }

    /// <summary>
    /// Reads an enum value that is written as a string; its names are compared with <see cref="Is"/>.
    /// </summary>
    /// <param name="expected">The names, in words.</param>
    public bool ReadName(string expected)
    {
        if (!TryReadText(expected, out var text, LongestForm))
        {
            return false;
        }

        _name = text.Utf8;
        return true;
    }

    /// <summary>The name of the member or enum value, in UTF-8.</summary>
    internal readonly ReadOnlySpan<byte> Name => _name;

    /// <summary>Compares the name of a member or an enum value, escapes resolved.</summary>
    /// <param name="utf8Name">A name in UTF-8.</param>
    public readonly bool Is(ReadOnlySpan<byte> utf8Name) => _name.SequenceEqual(utf8Name);

    /// <summary>Records an enum value whose name or number is none of the declared ones.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="expected">The declared values, in words.</param>
    /// <param name="actual">What came: another string, or another number.</param>
    public readonly TEnum UnknownValue<TEnum>(string expected, string actual)
        where TEnum : struct, Enum
    {
        _errors.Add(expected, actual);
        return default;
    }

    /// <summary>Reads the text of a string, or records another value.</summary>
    /// <param name="expected">What is asked for, in words.</param>
    /// <param name="text">The text; one that is too long whatever its escapes stand for keeps them.</param>
    /// <param name="longest">The most bytes that it can have.</param>
    private bool TryReadText(string expected, out JsonText text, int longest = int.MaxValue)
    {
        text = default;
        if (Next != '"')
        {
            return Refuse(expected);
        }

        if (!ScanString(out var raw, out var isEscaped))
        {
            return Fail();
        }

        text = new JsonText(raw, isEscaped && raw.Length / JsonEscape.UnitLength <= longest);
        return true;
    }
}
