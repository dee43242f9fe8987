using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Tables;

/// <summary>Reads and checks rows of the columns of a frozen schema.</summary>
internal sealed class RowBinding
{
    private const int MostNamed = 20;

    private readonly ColumnBinding[] _columns;
    private readonly MemberNames _names;
    private readonly string _expected;

    public RowBinding(IReadOnlyList<MemberSchema> columns)
    {
        _columns = [.. columns.Select(ColumnBinding.Of)];
        _names = new MemberNames([.. columns.Select(column => column.Name)]);
        _expected = columns.Count > MostNamed
            ? $"one of the {columns.Count} columns of the schema"
            : $"one of the columns {string.Join(", ", columns.Select(column => $"'{column.Name}'"))}";
    }

    /// <summary>Reads an array of objects.</summary>
    /// <returns>The rows; meaningless when there are errors.</returns>
    public TableData Read(ref JsonInput input)
    {
        var columns = Array.ConvertAll(_columns, column => column.Create());
        var seen = new ulong[(columns.Length + 63) / 64];
        var index = -1;
        if (input.BeginArray())
        {
            while (input.NextItem(ref index))
            {
                ReadRow(ref input, columns, seen);
            }
        }

        return input.HasErrors ? null! : new TableData(columns, index + 1);
    }

    /// <summary>Checks an answer.</summary>
    /// <returns>The same rows, with the columns in the order of the schema.</returns>
    /// <exception cref="ModelAnswerException">The columns are others.</exception>
    public TableData Check(TableData answer)
    {
        var answered = answer.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var columns = new TableColumn[_columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            if (!answered.Remove(_columns[i].Name, out columns[i]!))
            {
                throw new ModelAnswerException(
                    $"The model answered a table without the column '{_columns[i].Name}', which the examples had.");
            }

            _columns[i].Check(columns[i]);
        }

        return answered.Count == 0
            ? new TableData(columns, answer.RowCount)
            : throw new ModelAnswerException(
                $"The model answered a table with the column '{answered.Keys.First()}', which the examples did not "
                + "have.");
    }

    private void ReadRow(ref JsonInput input, TableColumn[] columns, ulong[] seen)
    {
        if (!input.BeginObject())
        {
            return;
        }

        Array.Clear(seen);
        var found = -1;
        while (input.NextMember(_names, ref found))
        {
            if (found < 0)
            {
                input.UnknownMember(_expected);
            }
            else if (input.BeginMember(_columns[found].Name, ref seen[found / 64], 1UL << (found % 64)))
            {
                _columns[found].Read(ref input, columns[found]);
                input.EndMember();
            }
        }

        for (var i = 0; i < columns.Length; i++)
        {
            input.Require(_columns[i].Name, seen[i / 64], 1UL << (i % 64));
        }
    }
}
