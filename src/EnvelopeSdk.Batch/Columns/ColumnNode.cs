using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>
/// A parameter of a query or a member of one, with the values of the rows that were taken last: it has a column, or
/// else its members have. All of the arguments are one without a name. For one thread.
/// </summary>
internal sealed unsafe class ColumnNode
{
    private readonly string _name;
    private readonly ColumnJson? _values;
    private readonly bool _isLeftOut;
    private readonly ColumnNode[] _members = [];
    private Vector? _vector;
    private byte* _data;
    private ulong* _validity;
    private int _next;
    private MemberNames? _names;
    private int _index;

    /// <summary>One with a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="column">The column.</param>
    /// <param name="values">Writes its values as JSON.</param>
    /// <param name="isLeftOut">Whether it is left out where the column has no value, since null is none of it.</param>
    public ColumnNode(string name, Column column, ColumnJson values, bool isLeftOut)
    {
        (_name, _values, _isLeftOut) = (name, values, isLeftOut);
        (Column, Type, Kind) = (column.Name, column.Type, column.Type.Kind);
    }

    /// <summary>One whose members have columns.</summary>
    public ColumnNode(string name, IReadOnlyList<ColumnNode> members)
    {
        (_name, _members) = (name, [.. members]);
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

    /// <summary>What it is a member of.</summary>
    public ColumnNode? Parent { get; private set; }

    /// <summary>The strings of the column.</summary>
    public TextPool Texts { get; } = new();

    /// <summary>The columns that are used for it.</summary>
    public IEnumerable<string> Columns => Column is null ? _members.SelectMany(one => one.Columns) : [Column];

    /// <summary>Takes the next rows.</summary>
    public void Bind(IReadOnlyDictionary<string, Vector> rows)
    {
        if (Column is not null)
        {
            _vector = rows[Column];
            _data = (byte*)_vector.Data;
            _validity = (ulong*)_vector.Validity;
            _values!.Bind(_vector);
        }

        foreach (var member in _members)
        {
            member.Bind(rows);
        }
    }

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

    /// <summary>Writes what a row has, or null: the JSON that a caller of the service would send.</summary>
    /// <exception cref="CellException">It is a value that cannot be.</exception>
    public void Write(JsonOutput output, int row)
    {
        if (_values is not null)
        {
            _values.WriteOrNull(output, row);
            return;
        }

        output.WriteStartObject();
        foreach (var member in _members)
        {
            if (!member._isLeftOut || !member.IsNull(row))
            {
                output.WriteName(member._name);
                member.Write(output, row);
            }
        }

        output.WriteEndObject();
    }

    /// <summary>Begins to go through the members.</summary>
    public void Begin() => _next = 0;

    /// <summary>The next member that is not left out.</summary>
    public ColumnNode? Next(int row)
    {
        while (_next < _members.Length)
        {
            var member = _members[_next++];
            if (!member._isLeftOut || !member.IsNull(row))
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Which of the members of an object it is; always of the same object.</summary>
    public int IndexIn(MemberNames names)
    {
        if (_names != names)
        {
            (_names, _index) = (names, names.Find(System.Text.Encoding.UTF8.GetBytes(_name)));
        }

        return _index;
    }
}
