using System.ComponentModel;
using System.Runtime.CompilerServices;
using EnvelopeSdk.Binding.Arrays;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>
/// What generated code reads JSON with: a single pass over UTF-8 that allocates nothing but the values, where they are in
/// their plainest form. A value of the wrong form is recorded in <see cref="BindingErrors"/> and stepped over, so that
/// one pass finds all errors of a text; only text that is not JSON at all (RFC 8259) ends the reading. Nothing that a
/// caller sends makes it throw; arrays that are stored beside a text of state may (<see cref="FormatException"/>,
/// <see cref="EndOfStreamException"/>).
/// </summary>
/// <remarks>
/// What every plain value passes is marked <see cref="MethodImplOptions.AggressiveInlining"/>: code that is compiled ahead
/// has no profile to inline by. What few values need is <see cref="MethodImplOptions.NoInlining"/>, so that the rest
/// keeps its registers. Generated code calls readers by the names in <c>NumberKind.Method</c> and
/// <c>ScalarKind.Method</c>, which a search for their callers does not find.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct JsonInput
{
    /// <summary>How deep arrays and objects may be nested.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// How many arrays and objects a text of a caller may hold: they take many times the memory of the two bytes that
    /// an empty one has.
    /// </summary>
    public const int MaxContainers = 1 << 20;

    private readonly ReadOnlySpan<byte> _json;
    private readonly BindingErrors _errors;

    // Whether the text is the platform's own: the limits are for what strangers send.
    private readonly bool _isTrusted;

    // The arrays of state that are stored beside the text.
    private readonly ArrayReader? _arrays;

    // The index of the next byte: the first one of a value that is to be read, or the one behind what was read last.
    private int _position;
    private int _depth;
    private int _containers;

    // Whether an array or object was begun of which nothing was read yet.
    private bool _isAtStart;

    // Where the member begins that was read last in its plainest form, with the comma before it, and whether it was the
    // first.
    private int _memberStart;
    private bool _wasAtStart;

    // Whether the text turned out not to be JSON: nothing of it is read, or found wrong, any more.
    private bool _hasFailed;

    // Whether a string that was stepped over has an escaped half of a surrogate pair alone.
    private bool _hasLoneSurrogate;

    // The name that was read last, a member's or an enum value's, escapes resolved.
    private ReadOnlySpan<byte> _name;

    private JsonInput(ReadOnlySpan<byte> utf8Json, BindingErrors errors, bool isTrusted, ArrayReader? arrays = null)
    {
        _json = utf8Json;
        _errors = errors;
        _isTrusted = isTrusted;
        _arrays = arrays;
    }

    /// <summary>Whether something was wrong in what was read up to now.</summary>
    public readonly bool HasErrors => _errors.Count > 0;

    /// <summary>How many things were wrong in what was read up to now.</summary>
    public readonly int ErrorCount => _errors.Count;

    private readonly bool IsStopped => _hasFailed || _errors.IsFull;

    /// <summary>Reads a whole JSON text.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="utf8Json">One JSON value in UTF-8, with nothing but white space around it.</param>
    /// <param name="errors">Receives what is wrong with it.</param>
    /// <param name="read">Reads the value.</param>
    /// <returns>The value; meaningless when <paramref name="errors"/> is not empty.</returns>
    public static T? Read<T>(ReadOnlySpan<byte> utf8Json, BindingErrors errors, JsonRead<T> read) =>
        Read(utf8Json, errors, read, isTrusted: false, arrays: null);

    /// <summary>
    /// Reads a whole JSON text that the platform wrote: of any number of parts, and with arrays that are stored beside
    /// the text, if there are some.
    /// </summary>
    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte}, BindingErrors, JsonRead{T})"/>
    internal static T? ReadTrusted<T>(
        ReadOnlySpan<byte> utf8Json, BindingErrors errors, JsonRead<T> read, ArrayReader? arrays = null) =>
        Read(utf8Json, errors, read, isTrusted: true, arrays);

    private static T? Read<T>(
        ReadOnlySpan<byte> utf8Json, BindingErrors errors, JsonRead<T> read, bool isTrusted, ArrayReader? arrays)
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(read);
        if (utf8Json.IsEmpty)
        {
            errors.Add("a JSON value", "nothing");
            return default;
        }

        var input = new JsonInput(utf8Json, errors, isTrusted, arrays);
        input.SkipWhiteSpace();
        var value = read(ref input);
        if (!input.IsStopped)
        {
            input.SkipWhiteSpace();
            if (input._position < utf8Json.Length)
            {
                input.Fail();
            }
        }

        return value;
    }

    /// <summary>Reads <see langword="null"/>.</summary>
    /// <returns>Whether it was there; if not, the value is still to be read.</returns>
    public bool ReadNull() => Next == 'n' && SkipLiteral("null"u8);

    /// <summary>Starts an array.</summary>
    /// <returns>Whether there is an array.</returns>
    public bool BeginArray()
    {
        if (Next != '[')
        {
            return Refuse("an array");
        }

        if (!Descend())
        {
            return false;
        }

        _errors.Enter(-1);
        return true;
    }

    /// <summary>Goes to the next item of the array.</summary>
    /// <param name="index">The index of the item before, -1 at first; receives the item's index.</param>
    /// <returns>Whether there is one; if not, the array is behind.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextItem(ref int index)
    {
        // Behind an item most texts have a comma and the next one.
        if (Next != ',' || _isAtStart || _errors.IsFull || Peek(1) <= ' ')
        {
            return NextItemOf(ref index);
        }

        _position++;
        _errors.MoveTo(++index);
        return true;
    }

    private bool NextItemOf(ref int index)
    {
        if (NextItem())
        {
            _errors.MoveTo(++index);
            return true;
        }

        _errors.Leave();
        return false;
    }

    /// <summary>Steps over a value without looking at it.</summary>
    public void SkipValue()
    {
        switch (Next)
        {
            case (byte)'{':
                for (var more = Descend(); more && NextName(out _, out _);)
                {
                    SkipValue();
                }

                break;
            case (byte)'[':
                for (var more = Descend(); more && NextItem();)
                {
                    SkipValue();
                }

                break;
            default:
                SkipScalar();
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Refuse(string expected)
    {
        var actual = Describe();
        if (actual is null)
        {
            Fail();
        }
        else if (!_hasFailed)
        {
            _errors.Add(expected, actual);
            SkipValue();
        }

        return false;
    }

    /// <summary>What kind of value begins here; null when none does.</summary>
    private string? Describe() => Next switch
    {
        (byte)'{' => "an object",
        (byte)'[' => "an array",
        (byte)'"' => "a string",
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => "a number",
        (byte)'t' when _json[_position..].StartsWith("true"u8) => "a boolean",
        (byte)'f' when _json[_position..].StartsWith("false"u8) => "a boolean",
        (byte)'n' when _json[_position..].StartsWith("null"u8) => "null",
        _ => null,
    };
}
