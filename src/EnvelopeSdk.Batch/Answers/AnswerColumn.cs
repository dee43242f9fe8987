using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>Collects a part of the answers of many rows as a column. For one thread.</summary>
/// <param name="type">The type of its values, called as SQL writes it.</param>
internal abstract class AnswerColumn(ColumnType type)
{
    private readonly List<int> _nulls = [];
    private int _rows;

    public ColumnType Type => type;

    /// <summary>Takes the value that the reader is at, which it is left at the end of.</summary>
    public void Append(ref Utf8JsonReader value)
    {
        if (value.TokenType == JsonTokenType.Null)
        {
            AppendNull();
        }
        else
        {
            AppendValue(ref value);
            _rows++;
        }
    }

    /// <summary>Takes a row that has no value.</summary>
    public virtual void AppendNull() => _nulls.Add(_rows++);

    /// <summary>What takes values of a type as they are: those that it refuses are to be taken as JSON.</summary>
    /// <returns>Null when there is none.</returns>
    public virtual Func<T, bool>? Direct<T>() => null;

    /// <summary>Puts all rows into a table, and begins anew.</summary>
    public void MoveTo(Target target)
    {
        MoveValues(target);
        foreach (var row in _nulls)
        {
            target.SetNull(row);
        }

        _nulls.Clear();
        _rows = 0;
    }

    protected abstract void AppendValue(ref Utf8JsonReader value);

    protected abstract void MoveValues(Target target);

    /// <summary>Takes that a row has a value.</summary>
    protected void AppendPresent() => _rows++;
}

/// <summary>Reads the value that a reader is at.</summary>
internal delegate T ReadValue<out T>(ref Utf8JsonReader value);

/// <summary>A column of values of a fixed width.</summary>
internal sealed class FixedAnswer<T>(ColumnType type, ReadValue<T> read) : AnswerColumn(type)
    where T : unmanaged
{
    private readonly List<T> _values = [];

    public FixedAnswer(ColumnKind kind, string sql, ReadValue<T> read)
        : this(new(kind, sql), read)
    {
    }

    public override void AppendNull()
    {
        _values.Add(default);
        base.AppendNull();
    }

    protected override void AppendValue(ref Utf8JsonReader value) => _values.Add(read(ref value));

    public override Func<TValue, bool>? Direct<TValue>() =>
        typeof(TValue) == typeof(T) ? (Func<TValue, bool>)(object)(Func<T, bool>)TryAppend
        : typeof(TValue) == typeof(T?) ? (Func<TValue, bool>)(object)(Func<T?, bool>)TryAppend
        : null;

    protected override void MoveValues(Target target)
    {
        target.Fill<T>(CollectionsMarshal.AsSpan(_values));
        _values.Clear();
    }

    private bool TryAppend(T? value)
    {
        if (value is { } present)
        {
            return TryAppend(present);
        }

        AppendNull();
        return true;
    }

    /// <summary>What is not finite is no answer, for which the writer of JSON has the words.</summary>
    private bool TryAppend(T value)
    {
        if ((value is double number && !double.IsFinite(number)) || (value is float single && !float.IsFinite(single)))
        {
            return false;
        }

        _values.Add(value);
        AppendPresent();
        return true;
    }
}

/// <summary>A column of strings or bytes.</summary>
/// <param name="isText">Whether they are strings.</param>
/// <param name="write">Writes the value that the reader is at.</param>
internal sealed class BytesAnswer(bool isText, BytesAnswer.WriteValue write)
    : AnswerColumn(isText ? new(ColumnKind.Text, "VARCHAR") : new(ColumnKind.Bytes, "BLOB"))
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _ends = [];

    internal delegate void WriteValue(ref Utf8JsonReader value, IBufferWriter<byte> bytes);

    /// <summary>Strings.</summary>
    public static BytesAnswer Text() => new(isText: true, (ref Utf8JsonReader value, IBufferWriter<byte> bytes) =>
    {
        var most = value.HasValueSequence ? (int)value.ValueSequence.Length : value.ValueSpan.Length;
        bytes.Advance(value.CopyString(bytes.GetSpan(most + 1)));
    });

    /// <summary>Values as the JSON that they are.</summary>
    public static BytesAnswer Json() => new(isText: true, (ref Utf8JsonReader value, IBufferWriter<byte> bytes) =>
        bytes.Write(JsonMarshal.GetRawUtf8Value(JsonElement.ParseValue(ref value))));

    /// <summary>Numbers, some or all of which are strings in JSON, without the quotes.</summary>
    public static BytesAnswer Unquoted() => new(isText: true, (ref Utf8JsonReader value, IBufferWriter<byte> bytes) =>
        bytes.Write(value.TokenType is JsonTokenType.String or JsonTokenType.Number
            ? value.ValueSpan : JsonMarshal.GetRawUtf8Value(JsonElement.ParseValue(ref value))));

    /// <summary>Strings that are no JSON, or whole JSON texts.</summary>
    public static BytesAnswer Raw() => new(isText: true, (ref Utf8JsonReader _, IBufferWriter<byte> _) =>
        throw new NotSupportedException());

    /// <summary>Bytes.</summary>
    public static BytesAnswer Blob() => new(isText: false, (ref Utf8JsonReader value, IBufferWriter<byte> bytes) =>
        bytes.Write(value.GetBytesFromBase64()));

    /// <summary>Takes a string in UTF-8 as it is.</summary>
    public void Append(ReadOnlySpan<byte> utf8)
    {
        _bytes.Write(utf8);
        _ends.Add(_bytes.WrittenCount);
        AppendPresent();
    }

    public override void AppendNull()
    {
        _ends.Add(_bytes.WrittenCount);
        base.AppendNull();
    }

    protected override void AppendValue(ref Utf8JsonReader value)
    {
        write(ref value, _bytes);
        _ends.Add(_bytes.WrittenCount);
    }

    protected override void MoveValues(Target target)
    {
        var start = 0;
        for (var row = 0; row < _ends.Count; row++)
        {
            target.SetBytes(row, _bytes.WrittenSpan[start.._ends[row]]); // empty where there is none
            start = _ends[row];
        }

        _ends.Clear();
        _bytes.ResetWrittenCount();
    }
}
