using System.Runtime.CompilerServices;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Batch.Rows;

/// <summary>Reads rows one after the other. For one thread.</summary>
/// <param name="columns">Which columns they have.</param>
internal sealed class RowReader(ColumnMap columns)
{
    private readonly JsonOutput _json = new();
    private readonly BindingErrors _wrong = new();
    private Vector? _unread;

    /// <summary>What is wrong with the row that was read last.</summary>
    public RowErrors Errors { get; } = new();

    /// <summary>What is read of a row.</summary>
    public ColumnNode Arguments => columns.Root;

    /// <summary>Takes the next rows.</summary>
    /// <param name="rows">Their columns.</param>
    public void Bind(IReadOnlyDictionary<string, Vector> rows)
    {
        columns.Root.Bind(rows);
        _unread = rows.GetValueOrDefault(Column.Unread.Name);
    }

    /// <summary>Whether a source could not read one of some rows, which is an error then.</summary>
    public bool HasUnread(int row, int count)
    {
        for (var i = row; _unread is not null && i < row + count; i++)
        {
            if (!_unread.IsNull(i))
            {
                Errors.Clear();
                Errors.Add(null, "it could not be read");
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the column of a value, and where in it that is.</summary>
    /// <param name="node">In which of the arguments it is; all of them, if absent.</param>
    /// <param name="pointer">Its JSON pointer there.</param>
    /// <returns>
    /// The column, null if it is of none; and the JSON pointer in it, with a star for what is no member that the model
    /// knows: the key of a map may be a secret, and places in lists are too many to be told apart.
    /// </returns>
    public (string? Column, string Within) Find(string pointer, ColumnNode? node = null)
    {
        var (column, within) = (node ?? columns.Root).Find(pointer);
        return (column, string.Concat(within.Select(one => columns.Members.Contains(one) ? "/" + one : "/*")));
    }

    /// <summary>Begins to read a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // it is made in place, for each row
    public RowInput Read(int row)
    {
        Errors.Clear();
        return new(this, columns.Root, row);
    }

    /// <summary>Reads the value of a cell from the JSON that a caller of the service would send for it.</summary>
    public T ReadJson<T>(ColumnNode cell, int row, JsonRead<T> read) => ReadJson(cell, row, 1, read).Value;

    /// <summary>Reads rows of a table from the JSON that a caller of the service would send for them.</summary>
    /// <param name="row">The first of them.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="read">Reads the arguments.</param>
    /// <returns>The arguments, meaningless when something is wrong; and of how many of the rows they are.</returns>
    public (T Value, int Count) ReadTable<T>(int row, int count, JsonRead<T> read)
    {
        Errors.Clear();
        return ReadJson(columns.Root, row, count, read);
    }

    private (T Value, int Count) ReadJson<T>(ColumnNode node, int row, int count, JsonRead<T> read)
    {
        _json.Clear();
        try
        {
            count = node.Write(_json, row, count);
        }
        catch (CellException refused)
        {
            Errors.Add(refused.Column, refused.Message);
            return (default!, count);
        }

        _wrong.Clear();
        var value = JsonInput.Read(_json.Written.Span, _wrong, read);
        if (_wrong.Count > 0)
        {
            var (column, within) = Find(_wrong[0].Pointer, node);
            Errors.Add(column, _wrong[0].Expected, _wrong[0].Actual, within);
        }

        return (value!, count);
    }
}
