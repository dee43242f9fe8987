using System.Numerics;
using System.Runtime.CompilerServices;
using EnvelopeSdk.Binding.Numbers;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>
/// Members as most callers send them: all of them, in order, compact or with one space behind commas and colons. What
/// is otherwise, or wrong, is left to the ways that look at everything.
/// </summary>
public ref partial struct JsonInput
{
    /// <summary>Reads the member that is expected next, if it is it, and a number.</summary>
    /// <typeparam name="T">The type of the number.</typeparam>
    /// <param name="quoted">Its name with its quotes and a colon.</param>
    /// <param name="value">Receives the number.</param>
    /// <param name="member">The index of the member before; receives that of this one.</param>
    /// <returns>Whether it was read; if not, all of it is still to be read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMember<T>(ReadOnlySpan<byte> quoted, ref T value, ref int member)
        where T : struct, INumber<T> =>
        ValueOf(quoted) is var at and > 0 && TakeNumber(at, ref value, ref member);

    /// <summary>Reads the member that is expected next, if it is it, and a string.</summary>
    /// <inheritdoc cref="TryMember{T}(ReadOnlySpan{byte}, ref T, ref int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMember(ReadOnlySpan<byte> quoted, ref string value, ref int member) =>
        ValueOf(quoted) is var at and > 0 && TakeText(at, ref value, ref member);

    /// <summary>
    /// Goes to the value of the member that is expected next, if it is it; then call <see cref="EndMember"/>.
    /// </summary>
    /// <param name="quoted">Its name with its quotes and a colon.</param>
    /// <param name="name">Its name.</param>
    /// <param name="member">The index of the member before; receives that of this one.</param>
    /// <returns>Whether it is; if not, all of it is still to be read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryBeginMember(ReadOnlySpan<byte> quoted, string name, ref int member)
    {
        var at = ValueOf(quoted);
        if (at <= 0 || _json[at] <= ' ')
        {
            return false;
        }

        Took(at, ref member);
        _errors.Enter(name);
        return true;
    }

    /// <summary>Goes back to the member that was read last, which is to be read once more.</summary>
    /// <param name="member">Its index; receives that of the member before.</param>
    public void Undo(ref int member)
    {
        _position = _memberStart;
        _isAtStart = _wasAtStart;
        member--;
    }

    /// <summary>Where the value of a member begins; 0 when the member is not next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int ValueOf(ReadOnlySpan<byte> quoted)
    {
        var rest = _json[_position..];
        var at = 0;
        if (!_isAtStart)
        {
            if (rest.Length < 2 || rest[0] != ',')
            {
                return 0;
            }

            at = rest[1] == ' ' ? 2 : 1;
        }

        if (!rest[at..].StartsWith(quoted))
        {
            return 0;
        }

        at += quoted.Length;
        at += at < rest.Length && rest[at] == ' ' ? 1 : 0;
        return at < rest.Length ? _position + at : 0;
    }

    private bool TakeNumber<T>(int at, ref T value, ref int member)
        where T : struct, INumber<T>
    {
        var length = PlainNumber.Read(_json[at..], out T read);
        if (length == 0)
        {
            return TakeAnyNumber(at, ref value, ref member);
        }

        value = read;
        Took(at + length, ref member);
        return true;
    }

    private bool TakeText(int at, ref string value, ref int member)
    {
        var rest = _json[at..];
        if (rest[0] != '"')
        {
            return false;
        }

        if (PlainText.Read(rest[1..]) is not { } plain)
        {
            return TakeAnyText(at, ref value, ref member);
        }

        value = plain;
        Took(at + plain.Length + 2, ref member);
        return true;
    }

    /// <summary>A number of many digits, or with an exponent.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakeAnyNumber<T>(int at, ref T value, ref int member)
        where T : struct, INumber<T>
    {
        var text = _json[at..];
        if ((typeof(T) != typeof(float) && typeof(T) != typeof(double))
            || !JsonNumber.TryScan(text, out var number, out var length) || length == text.Length
            || !number.TryGet(out T nearest))
        {
            return false;
        }

        value = nearest;
        Took(at + length, ref member);
        return true;
    }

    /// <summary>A string with escapes, or of other characters than those of ASCII, or a long one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakeAnyText(int at, ref string value, ref int member)
    {
        var start = _position;
        _position = at;
        var isText = ScanString(out var raw, out var isEscaped);
        var end = _position;
        _position = start;
        if (!isText || !new JsonText(raw, isEscaped).TryDecode(out var decoded))
        {
            return false;
        }

        value = decoded;
        Took(end, ref member);
        return true;
    }

    /// <summary>Goes behind a member.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Took(int end, ref int member)
    {
        (_memberStart, _wasAtStart) = (_position, _isAtStart);
        (_position, _isAtStart) = (end, false);
        member++;
    }
}
