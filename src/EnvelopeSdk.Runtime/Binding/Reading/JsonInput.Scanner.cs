using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>The grammar of JSON (RFC 8259), strictly: no comments, no trailing commas, no byte order mark.</summary>
public ref partial struct JsonInput
{
    /// <summary>
    /// The byte at the position; 0, which begins nothing, at the end and when the reading has failed.
    /// </summary>
    private readonly byte Next
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)_position < (uint)_json.Length ? _json[_position] : (byte)0;
    }

    /// <summary>A byte behind the position; 0 where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte Peek(int offset) =>
        (uint)(_position + offset) < (uint)_json.Length ? _json[_position + offset] : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipWhiteSpace()
    {
        // Most texts are compact.
        if (Next <= ' ')
        {
            SkipMoreWhiteSpace();
        }
    }

    private void SkipMoreWhiteSpace()
    {
        while (Next is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _position++;
        }
    }

    /// <summary>Goes into an array or object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Descend()
    {
        if (_depth == MaxDepth || (++_containers > MaxContainers && !_isTrusted))
        {
            return Exceed();
        }

        _depth++;
        _position++;
        _isAtStart = true;
        return true;
    }

    private bool NextItem()
    {
        if (!NextPart(']'))
        {
            return false;
        }

        return Next != 0 || Fail();
    }

    /// <summary>Goes to the value of the next member.</summary>
    /// <param name="name">The text of its name, escapes not resolved.</param>
    /// <param name="isEscaped">Whether it has escapes.</param>
    private bool NextName(out ReadOnlySpan<byte> name, out bool isEscaped)
    {
        name = default;
        isEscaped = false;
        if (!NextPart('}'))
        {
            return false;
        }

        if (Next != '"' || !ScanString(out name, out isEscaped))
        {
            return Fail();
        }

        SkipWhiteSpace();
        if (Next != ':')
        {
            return Fail();
        }

        _position++;
        SkipWhiteSpace();
        return Next != 0 || Fail();
    }

    /// <summary>Goes to the next item or name, over the comma before it; or behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool NextPart(char end)
    {
        if (IsStopped)
        {
            return false;
        }

        SkipWhiteSpace();
        var next = Next;
        if (next == ',' && !_isAtStart)
        {
            _position++;
            SkipWhiteSpace();
            return true;
        }

        if (next == end)
        {
            EndPart();
            return false;
        }

        var isFirst = _isAtStart;
        _isAtStart = false;
        return isFirst || Fail();
    }

    /// <summary>Goes behind the end of an array or object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndPart()
    {
        _position++;
        _depth--;
        _isAtStart = false;
    }

    /// <summary>Steps over a string, number, boolean or null.</summary>
    private void SkipScalar()
    {
        var isSound = Next switch
        {
            (byte)'"' => ScanString(out _, out _),
            (byte)'t' => SkipLiteral("true"u8),
            (byte)'f' => SkipLiteral("false"u8),
            (byte)'n' => SkipLiteral("null"u8),
            _ => ScanNumber(out _),
        };
        if (!isSound)
        {
            Fail();
        }
    }

    private bool SkipLiteral(ReadOnlySpan<byte> literal)
    {
        if (!_json[_position..].StartsWith(literal))
        {
            return Fail();
        }

        _position += literal.Length;
        return true;
    }

    /// <summary>Steps over a string.</summary>
    /// <param name="text">What stands between its quotes, escapes not resolved.</param>
    /// <param name="isEscaped">Whether it has escapes.</param>
    /// <returns>Whether it is one.</returns>
    private bool ScanString(out ReadOnlySpan<byte> text, out bool isEscaped)
    {
        isEscaped = false;
        var start = ++_position;
        while (true)
        {
            var length = Next == '\\' ? 0 : PlainText.IndexOfEnd(_json[_position..]); // escapes come in rows
            if (length < 0)
            {
                _position = _json.Length;
                text = default;
                return false;
            }

            _position += length;
            if (Next == '"')
            {
                text = _json[start.._position++];
                return true;
            }

            isEscaped = true;
            if (Next != '\\' || !SkipEscape())
            {
                text = default;
                return false;
            }
        }
    }

    /// <summary>Steps over an escape, and the second one of a surrogate pair.</summary>
    private bool SkipEscape()
    {
        var rest = _json[_position..];
        if (rest.Length > 1 && rest[1] != 'u')
        {
            _position++;
            var isKnown = Next is (byte)'"' or (byte)'\\' or (byte)'/'
                or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t';
            _position += isKnown ? 1 : 0;
            return isKnown;
        }

        if (!JsonEscape.TryReadUnit(rest, out var unit))
        {
            return false;
        }

        _position += JsonEscape.UnitLength;
        if (char.IsHighSurrogate(unit) && JsonEscape.TryReadUnit(_json[_position..], out var low)
            && char.IsLowSurrogate(low))
        {
            _position += JsonEscape.UnitLength;
        }
        else if (char.IsSurrogate(unit))
        {
            _hasLoneSurrogate = true;
        }

        return true;
    }

    /// <summary>Ends the reading: what follows is not JSON.</summary>
    /// <returns>False.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Fail()
    {
        if (!_hasFailed)
        {
            var before = _json[..Math.Min(_position, _json.Length)];
            _errors.Add(
                "valid JSON",
                $"a syntax error at line {before.Count((byte)'\n') + 1}, byte "
                + $"{before.Length - before.LastIndexOf((byte)'\n')}");
            End();
        }

        return false;
    }

    /// <summary>Ends the reading of a text that is beyond a limit.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Exceed()
    {
        if (_depth == MaxDepth)
        {
            _errors.Add($"arrays and objects nested at most {MaxDepth} deep", "deeper ones");
        }
        else
        {
            _errors.Add($"at most {MaxContainers} arrays and objects in all", "more of them");
        }

        End();
        return false;
    }

    private void End()
    {
        _hasFailed = true;
        _position = _json.Length;
    }
}
