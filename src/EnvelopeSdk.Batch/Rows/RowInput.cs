using System.ComponentModel;
using System.Runtime.CompilerServices;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Batch.Rows;

/// <summary>
/// What generated code reads the arguments of a query from: the columns of one row, as <see cref="JsonInput"/> is those
/// of a request. Its methods have the names and the meaning of those there.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct RowInput
{
    private readonly RowReader _reader;
    private readonly int _row;

    // The object whose members are read.
    private ColumnNode? _object;

    // What is read next, or was read last.
    private ColumnNode _node;

    // The name of an enum's value that was read last.
    private ReadOnlySpan<byte> _name;

    internal RowInput(RowReader reader, ColumnNode root, int row) => (_reader, _node, _row) = (reader, root, row);

    /// <summary>Whether something was wrong in what was read up to now.</summary>
    public readonly bool HasErrors => _reader.Errors.Count > 0;

    /// <summary>How many things were wrong in what was read up to now.</summary>
    public readonly int ErrorCount => _reader.Errors.Count;

    /// <summary>Whether the members of the object to be read have columns; if not, the object itself has one.</summary>
    public readonly bool HasMembers => _node.Column is null;

    /// <summary>Reads null.</summary>
    /// <returns>Whether it was there; if not, the value is still to be read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool ReadNull() => _node.IsNull(_row)
        || (_node.HasJson && _node.Bytes(_row).Trim(" \t\r\n"u8).SequenceEqual("null"u8));

    /// <summary>Reads a value that columns do not have as it is.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="read">Reads it from JSON.</param>
    public readonly T ReadJson<T>(JsonRead<T> read) => _reader.ReadJson(_node, _row, read);

    /// <summary>Starts an object.</summary>
    /// <param name="names">The names of all its members.</param>
    public void BeginObject(MemberNames names)
    {
        _object = _node;
        _object.Order(names);
    }

    /// <summary>Starts a member.</summary>
    /// <param name="index">Which of the names it has.</param>
    /// <param name="seen">Receives <paramref name="bit"/>, if it is there.</param>
    /// <param name="bit">Stands for the member.</param>
    /// <returns>Whether it is to be read: it has a column, or its members have, and it is not left out.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool BeginMember(int index, ref ulong seen, ulong bit)
    {
        if (_object!.Member(index, _row) is not { } member)
        {
            return false;
        }

        seen |= bit;
        _node = member;
        return true;
    }

    /// <summary>Ends the object.</summary>
    public void EndObject() => (_node, _object) = (_object!, _object!.Parent);

    /// <summary>Says that a member has no value if it was not read.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="seen">The members that were read.</param>
    /// <param name="bit">Stands for the member.</param>
    public readonly void Require(string name, ulong seen, ulong bit)
    {
        if ((seen & bit) == 0)
        {
            _reader.Errors.Add(_node.ColumnOf(name), $"a value of '{name}'", "nothing");
        }
    }

    /// <summary>Says that the value is none that may be.</summary>
    /// <param name="expected">What is asked for, in words.</param>
    /// <param name="actual">What kind of value came; never the value itself.</param>
    public readonly void Refuse(string expected, string actual) =>
        _reader.Errors.Add(_node.Column, expected, actual);

    /// <summary>Says that an object refuses its members.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="type">What the schema calls it.</param>
    /// <returns>Nothing.</returns>
    public readonly T RefusedByType<T>(string type)
    {
        _reader.Errors.Add(null, $"members that {type} accepts", "members that it refuses");
        return default!;
    }

    /// <summary>Says that an enum has no such value.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="expected">What there is.</param>
    /// <param name="actual">What kind of value came.</param>
    /// <returns>Nothing.</returns>
    public readonly TEnum UnknownValue<TEnum>(string expected, string actual)
        where TEnum : struct, Enum
    {
        Refuse(expected, actual);
        return default;
    }
}
