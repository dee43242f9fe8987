using System.Text.Json;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Tables;

/// <summary>Reads and checks the cells of one column of a frozen schema.</summary>
internal abstract class ColumnBinding(MemberSchema column)
{
    public string Name => column.Name;

    protected int? Width => column.Type.Kind == TypeKind.Array ? column.Constraints!.MinItems : null;

    protected bool Nullable => (column.Type.Items ?? column.Type).Nullable;

    public static ColumnBinding Of(MemberSchema column) =>
        CellKind.Of((column.Type.Items ?? column.Type).Kind).Bind(column);

    public abstract TableColumn Create();

    /// <summary>Reads the cell of one row.</summary>
    public abstract void Read(ref JsonInput input, TableColumn column);

    /// <summary>Checks a column that a model answered.</summary>
    /// <exception cref="ModelAnswerException">It is not the frozen one.</exception>
    public void Check(TableColumn answered)
    {
        var described = answered.Describe();
        if (described.Type.Kind != column.Type.Kind || described.Type.Items?.Kind != column.Type.Items?.Kind
            || (answered.Width != Width && answered.RowCount > 0) || !HasDomain(answered))
        {
            throw new ModelAnswerException(
                $"The model answered a column '{Name}' of another type, width or domain than its schema promises.");
        }

        if (answered.HasNulls && !Nullable)
        {
            throw new ModelAnswerException(
                $"The model answered a missing value in the column '{Name}', where the examples had none.");
        }
    }

    protected abstract bool HasDomain(TableColumn answered);
}

/// <summary>Reads and checks the cells of one column.</summary>
internal sealed class ColumnBinding<T> : ColumnBinding
    where T : notnull
{
    private readonly CellKind<T> _kind;
    private readonly T[]? _domain;
    private readonly HashSet<T>? _allowed;
    private readonly string _expected;

    public ColumnBinding(MemberSchema column, CellKind<T> kind)
        : base(column)
    {
        var values = column.Constraints?.Allowed?.Where(value => value.ValueKind != JsonValueKind.Null).ToList();
        _kind = kind;
        _domain = values?.Select(kind.FromJson).ToArray();
        _allowed = _domain?.ToHashSet();
        _expected = values is null
            ? $"an array of {Width} items"
            : $"one of {string.Join(", ", values.Select(value => value.GetRawText()))}";
    }

    public override TableColumn Create() => new TableColumn<T>(Name, Width, _domain);

    public override void Read(ref JsonInput input, TableColumn column)
    {
        var items = (TableColumn<T>)column;
        if (Width is not { } width)
        {
            ReadItem(ref input, items);
        }
        else if (input.BeginArray())
        {
            var index = -1;
            while (input.NextItem(ref index))
            {
                ReadItem(ref input, items);
            }

            if (index + 1 != width)
            {
                input.Refuse(_expected, JsonInput.Counted(index + 1, "item"));
            }
        }
    }

    protected override bool HasDomain(TableColumn answered) => ((TableColumn<T>)answered).Domain is { } domain
        ? _domain is not null && domain.SequenceEqual(_domain)
        : _domain is null;

    private void ReadItem(ref JsonInput input, TableColumn<T> column)
    {
        if (Nullable && input.ReadNull())
        {
            column.AddNull();
            return;
        }

        var errors = input.ErrorCount;
        var value = _kind.Read(ref input);
        if (_allowed is not null && input.ErrorCount == errors)
        {
            input.Check(_allowed.Contains(value), _expected);
        }

        column.Add(value);
    }
}
