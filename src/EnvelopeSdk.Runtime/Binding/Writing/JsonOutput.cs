using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Binding.Writing;

/// <summary>
/// What generated code writes JSON with: compact UTF-8 in which nothing is escaped but what JSON itself requires. It
/// trusts generated code to close what it opens, and checks what comes from a model. Can be reused after
/// <see cref="Clear"/>; not thread-safe.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class JsonOutput : IBufferWriter<byte>
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        ['"', '\\', .. Enumerable.Range(0, ' ').Select(control => (char)control)]);

    // The words, from the lowest byte on, with spaces behind them.
    private const ulong True = 0x2020_2020_6575_7274;
    private const ulong False = 0x2020_2065_736C_6166;

    /// <summary>The most bytes of UTF-8 that a unit of UTF-16 is.</summary>
    private const int MostOfUnit = 3;

    /// <summary>Up to so many units, more room than a text needs costs less than counting.</summary>
    private const int LongestGuess = 1 << 14;

    private const int Ends = 64;

    private byte[] _buffer = new byte[256];
    private int _length;
    private int _depth;

    // Whether the next name or value follows another one.
    private bool _isBehindValue;

    /// <summary>What was written, in UTF-8; until something more is.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    /// <summary>
    /// The JSON pointer of the value that would be written next: of one that cannot be, when an exception says so.
    /// </summary>
    public string Place => AnswerPlace.Of(Written.Span);

    /// <summary>Whether times of the host's zone are refused: what is written is read on another host.</summary>
    internal bool RefusesLocalTimes { get; init; }

    /// <summary>The bytes that are kept, written or not.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        _length = 0;
        _depth = 0;
        _isBehindValue = false;
    }

    /// <summary>Starts an object.</summary>
    /// <exception cref="ModelAnswerException">
    /// It is nested deeper than <see cref="JsonInput.MaxDepth"/>, as a value is that holds itself.
    /// </exception>
    public void WriteStartObject() => Start('{');

    /// <summary>Ends an object.</summary>
    public void WriteEndObject() => End('}');

    /// <summary>Starts an array.</summary>
    /// <exception cref="ModelAnswerException">
    /// It is nested deeper than <see cref="JsonInput.MaxDepth"/>, as a value is that holds itself.
    /// </exception>
    public void WriteStartArray() => Start('[');

    /// <summary>Ends an array.</summary>
    public void WriteEndArray() => End(']');

    /// <summary>Writes the name of a member that only the value knows.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ModelAnswerException">It is not valid Unicode.</exception>
    public void WriteName(string name)
    {
        WriteString(name);
        Append(':');
        _isBehindValue = false;
    }

    /// <summary>Writes the name of a member.</summary>
    /// <param name="quoted">The name as JSON, with its quotes, and the colon behind it.</param>
    public void WriteRawName(ReadOnlySpan<byte> quoted)
    {
        WriteRaw(quoted);
        _isBehindValue = false;
    }

    /// <summary>Writes a value that is JSON already.</summary>
    /// <param name="json">The value; it is not checked.</param>
    public void WriteRaw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Value(json.Length));
        Wrote(json.Length);
    }

    /// <summary>Writes <see langword="null"/>.</summary>
    public void WriteNull() => WriteRaw("null"u8);

    /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
    public void WriteBoolean(bool value)
    {
        // Eight bytes at once, and no branch: half of those of random values would be guessed wrong.
        BinaryPrimitives.WriteUInt64LittleEndian(Value(sizeof(ulong)), value ? True : False);
        Wrote(value ? 4 : 5);
    }

    /// <summary>Writes a string that is valid Unicode.</summary>
    /// <param name="value">The string.</param>
    /// <exception cref="ModelAnswerException">
    /// The string is null, or has a surrogate without its other half, which UTF-8 cannot carry.
    /// </exception>
    public void WriteString(string? value)
    {
        var rest = (value ?? throw UnexpectedNull("string")).AsSpan();
        Value(1)[0] = (byte)'"';
        Wrote(1);
        if (rest.Length <= PlainText.Longest)
        {
            Reserve(PlainText.Longest + 1);
            var plain = PlainText.Write(rest, _buffer.AsSpan(_length));
            _length += plain;
            if (plain == rest.Length)
            {
                _buffer[_length++] = (byte)'"';
                return;
            }

            rest = rest[plain..];
        }

        while (true)
        {
            var plain = rest.IndexOfAny(Escaped);
            WriteText(plain < 0 ? rest : rest[..plain]);
            if (plain < 0)
            {
                break;
            }

            WriteEscape(rest[plain]);
            rest = rest[(plain + 1)..];
        }

        Append('"');
    }

    /// <summary>Tells that a model answered null where its signature says it never does.</summary>
    /// <param name="type">The type that the signature promises.</param>
    public static ModelAnswerException UnexpectedNull(string type) =>
        new($"The model answered null where its signature promises {type}.");

    /// <summary>Tells that a model answered a tensor of another rank than its signature says.</summary>
    /// <param name="rank">The rank that the signature promises.</param>
    public static ModelAnswerException UnexpectedRank(int rank) =>
        new($"The model answered a tensor whose rank is not the {rank} that its signature promises.");

    /// <summary>Tells that a model answered with an enum value that has no name.</summary>
    /// <param name="type">The enum.</param>
    public static ModelAnswerException UndeclaredValue(string type) =>
        new($"The model answered a value that {type} does not declare.");

    void IBufferWriter<byte>.Advance(int count) => _length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => Free(sizeHint);

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => Free(sizeHint).Span;

    private void Start(char bracket)
    {
        if (++_depth > JsonInput.MaxDepth)
        {
            throw new ModelAnswerException(
                $"The model answered a value that is nested deeper than {JsonInput.MaxDepth} arrays and objects, or "
                + "that holds itself.");
        }

        Value(1)[0] = (byte)bracket;
        _length++;
        _isBehindValue = false;
    }

    private void End(char bracket)
    {
        Append(bracket);
        _depth--;
        _isBehindValue = true;
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        Reserve(LengthOf(text));
        if (Utf8.FromUtf16(text, _buffer.AsSpan(_length), out _, out var written, replaceInvalidSequences: false)
            != OperationStatus.Done)
        {
            throw new ModelAnswerException(
                "The model answered a string with a lone surrogate, which JSON cannot carry.");
        }

        _length += written;
    }

    /// <summary>
    /// The most bytes that a text is in UTF-8: of a long one counted, since three times as much as it needs would be
    /// kept, and with room for what ends an answer, for which the room would be doubled.
    /// </summary>
    private static int LengthOf(ReadOnlySpan<char> text) =>
        text.Length > LongestGuess ? Encoding.UTF8.GetByteCount(text) + Ends : MostOfUnit * text.Length;

    private void WriteEscape(char character)
    {
        Reserve(JsonEscape.UnitLength);
        _length += JsonEscape.Write(character, _buffer.AsSpan(_length));
    }

    /// <summary>Room for a value of at most so many bytes, behind the comma that it needs.</summary>
    private Span<byte> Value(int length)
    {
        Reserve(length + 1);
        if (_isBehindValue)
        {
            _buffer[_length++] = (byte)',';
        }

        return _buffer.AsSpan(_length);
    }

    private void Wrote(int length)
    {
        _length += length;
        _isBehindValue = true;
    }

    private void Append(char character)
    {
        Reserve(1);
        _buffer[_length++] = (byte)character;
    }

    private Memory<byte> Free(int length)
    {
        Reserve(Math.Max(length, 1));
        return _buffer.AsMemory(_length);
    }

    /// <summary>Makes room behind what was written.</summary>
    /// <exception cref="ModelAnswerException">There is no room for so much.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int length)
    {
        if (_buffer.Length - _length < length)
        {
            Grow(length);
        }
    }

    private void Grow(int length)
    {
        if (length < 0 || (long)_length + length > Array.MaxLength)
        {
            throw new ModelAnswerException("The model answered more than the 2 GB of JSON that fit into memory.");
        }

        var wanted = Math.Max(2L * _buffer.Length, (long)_length + length);
        Array.Resize(ref _buffer, (int)Math.Min(wanted, Array.MaxLength));
    }
}
