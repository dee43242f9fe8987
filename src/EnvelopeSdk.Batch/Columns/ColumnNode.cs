using System.Text;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>
/// A parameter of a query or a member of one, with the values of the rows that were taken last: it has a column, or
/// else its members have. All of the arguments are one without a name. For one thread.
/// </summary>
internal sealed unsafe class ColumnNode
{
    /// <summary>
    /// How much JSON rows are read from at once, in bytes: a row may have a vector of very many numbers.
    /// </summary>
    private const int MostAtOnce = 4 << 20;

    private readonly string _name;
    private readonly ColumnJson? _values;
    private readonly bool _isLeftOut;
    private readonly bool _isTable;
    private readonly ColumnNode[] _members = [];
    private readonly TextPool _texts = new();
    private Vector? _vector;
    private bool _hasShortTexts;
    private byte* _data;
    private ulong* _validity;
    private MemberNames? _names;
    private ColumnNode?[] _ordered = [];

    /// <summary>One with a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="column">The column.</param>
    /// <param name="values">Writes its values as JSON.</param>
    /// <param name="isLeftOut">Whether it is left out where the column has no value, since null is none of it.</param>
    /// <param name="isJson">Whether its texts are of JSON.</param>
    public ColumnNode(string name, Column column, ColumnJson values, bool isLeftOut, bool isJson)
    {
        HasJson = isJson;
        (_name, _values, _isLeftOut) = (name, values, isLeftOut);
        (Column, Type, Kind) = (column.Name, column.Type, column.Type.Kind);
    }

    /// <summary>One whose members have columns.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="members">Its members, or the columns of a table.</param>
    /// <param name="isTable">Whether it is a table, of which a row has one row.</param>
    public ColumnNode(string name, IReadOnlyList<ColumnNode> members, bool isTable = false)
    {
        (_name, _members, _isTable) = (name, [.. members], isTable);
        foreach (var member in _members)
        {
            member.Parent = this;
        }
    }

    /// <summary>Its column; null where its members have some.</summary>
    public string? Column { get; }

    /// <summary>The type of the column; null without one.</summary>
    public ColumnType? Type { get; }

    /// <summary>What the values of the column are.</summary>
    public ColumnKind Kind { get; } = ColumnKind.Struct;

    /// <summary>Whether the column has texts of JSON, of which one is null.</summary>
    public bool HasJson { get; }

    /// <summary>What it is a member of.</summary>
    public ColumnNode? Parent { get; private set; }

    /// <summary>The columns that are used for it.</summary>
    public IEnumerable<string> Columns => Places("").Select(one => one.Column);

    /// <summary>Which column is for which parameter, or member of one.</summary>
    /// <param name="within">The object that this is of, with a dot behind it; empty for parameters.</param>
    public IEnumerable<(string Place, string Column)> Places(string within) => Column is not null
        ? [(within + _name, Column)]
        : _members.SelectMany(one => one.Places(_name.Length == 0 ? within : $"{within}{_name}."));

    /// <summary>The column of a member; null if it has none.</summary>
    public string? ColumnOf(string member) => Array.Find(_members, one => one._name == member)?.Column;

    /// <summary>Takes the next rows.</summary>
    public void Bind(IReadOnlyDictionary<string, Vector> rows)
    {
        if (Column is not null)
        {
            _vector = rows[Column];
            _data = (byte*)_vector.Data;
            _validity = (ulong*)_vector.Validity;
            _hasShortTexts = _vector.HasShortTexts;
            _values!.Bind(_vector);
        }

        foreach (var member in _members)
        {
            member.Bind(rows);
        }
    }

    /// <summary>Whether rows are given as those of a table.</summary>
    public bool HasTable => Array.Exists(_members, one => one._isTable);

    /// <summary>Whether a row has no value.</summary>
    public bool IsNull(int row) => (_validity != null && (_validity[row >> 6] >> (row & 63) & 1) == 0)
        || Kind == ColumnKind.Null;

    /// <summary>Whether a row has a value, of that kind.</summary>
    public bool Has(ColumnKind kind, int row) => Kind == kind && !IsNull(row);

    /// <summary>A value of a fixed width.</summary>
    public T Read<T>(int row)
        where T : unmanaged => ((T*)_data)[row];

    /// <summary>A string in UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes(int row) => _vector!.Bytes(row);

    /// <summary>A string.</summary>
    /// <returns>Null when it is no UTF-8.</returns>
    public string? Text(int row)
    {
        var text = (ulong*)_data + (2 * (long)row);
        return _hasShortTexts && (uint)text[0] <= TextPool.Short
            ? _texts.OfShort(text[0], text[1])
            : _texts.Of(Bytes(row));
    }

    /// <summary>Writes what a row has, or null: the JSON that a caller of the service would send.</summary>
    /// <exception cref="CellException">It is a value that cannot be.</exception>
    public void Write(JsonOutput output, int row) => Write(output, row, 1);

    /// <summary>Writes what rows have: several as those of a table.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="row">The first of them.</param>
    /// <param name="count">How many there are; one, where there is no table.</param>
    /// <returns>How many of them were written: as many as are read at once, and no less than one.</returns>
    /// <exception cref="CellException">One has a value that cannot be.</exception>
    public int Write(JsonOutput output, int row, int count)
    {
        if (_values is not null)
        {
            WriteValue(output, row);
            return 1;
        }

        return _isTable ? WriteTable(output, row, count) : WriteMembers(output, row, count);
    }

    /// <summary>Finds the column of a value in what is written.</summary>
    /// <param name="pointer">The JSON pointer of the value.</param>
    /// <returns>The column, null if it is of none; and the names that lead to the value in it.</returns>
    public (string? Column, IReadOnlyList<string> Within) Find(string pointer)
    {
        string[] names =
        [
            .. pointer.Split('/').Skip(1).Select(one => one.Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal)),
        ];
        var (node, taken) = (this, 0);
        for (; taken < names.Length; taken++)
        {
            var inner = Array.Find(node._members, one => one._name == names[taken]);
            if (inner is null && node is not { _isTable: true, Column: null })
            {
                break;
            }

            node = inner ?? node; // of a table: the number of a row
        }

        return (node.Column, node.Column is null ? [] : names[taken..]);
    }

    private void WriteValue(JsonOutput output, int row)
    {
        try
        {
            _values!.WriteOrNull(output, row);
        }
        catch (CellException refused)
        {
            throw new CellException(refused.Message, Column);
        }
    }

    private int WriteTable(JsonOutput output, int row, int count)
    {
        var written = 0;
        output.WriteStartArray();
        while (written < count && output.Written.Length < MostAtOnce)
        {
            WriteMembers(output, row + written++, 1);
        }

        output.WriteEndArray();
        return written;
    }

    private int WriteMembers(JsonOutput output, int row, int count)
    {
        var written = 1;
        output.WriteStartObject();
        foreach (var member in _members)
        {
            if (!member._isLeftOut || !member.IsNull(row))
            {
                output.WriteName(member._name);
                written = Math.Max(written, member.Write(output, row, count));
            }
        }

        output.WriteEndObject();
        return written;
    }

    /// <summary>Puts the members that it has into the order of all that it may have; always of the same object.</summary>
    public void Order(MemberNames names)
    {
        if (_names == names)
        {
            return;
        }

        var ordered = new ColumnNode?[names.Count];
        foreach (var member in _members)
        {
            ordered[names.Find(Encoding.UTF8.GetBytes(member._name))] = member;
        }

        (_names, _ordered) = (names, ordered);
    }

    /// <summary>A member, in their order; null if it has no column, or is left out.</summary>
    public ColumnNode? Member(int index, int row) =>
        _ordered[index] is { } member && !(member._isLeftOut && member.IsNull(row)) ? member : null;
}
