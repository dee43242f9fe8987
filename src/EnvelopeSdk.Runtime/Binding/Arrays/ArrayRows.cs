using System.ComponentModel;

namespace EnvelopeSdk.Binding.Arrays;

/// <summary>
/// Makes arrays of arrays, of any lengths, of items that lie in a file row after row; before them are the lengths, for
/// each level from the outermost. -1 is the length of a row that is null.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ArrayRows<T>
    where T : unmanaged
{
    private readonly ArrayReader _reader;
    private readonly int[][] _lengths;
    private readonly int[] _places;
    private int _level = -1;

    internal ArrayRows(ArrayReader reader, int[][] lengths) =>
        (_reader, _lengths, _places) = (reader, lengths, new int[lengths.Length]);

    /// <summary>Makes an array of rows.</summary>
    /// <typeparam name="TRow">The type of a row.</typeparam>
    /// <param name="row">Makes a row of what comes next.</param>
    /// <returns>Null where a null was stored.</returns>
    public TRow[]? Array<TRow>(Func<ArrayRows<T>, TRow?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Enter() is not { } count ? null : Leave(Fill(new TRow[count], row));
    }

    /// <summary>Makes a list of rows.</summary>
    /// <inheritdoc cref="Array{TRow}"/>
    public List<TRow>? List<TRow>(Func<ArrayRows<T>, TRow?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Enter() is not { } count ? null : Leave(new List<TRow>(Fill(new TRow[count], row)));
    }

    /// <summary>Reads the items of a row of the innermost level.</summary>
    /// <returns>Null where a null was stored.</returns>
    public T[]? Items()
    {
        if (Enter() is not { } count)
        {
            return null;
        }

        var items = GC.AllocateUninitializedArray<T>(count);
        _reader.ReadChecked<T>(new ItemsOfArray<T>(items));
        return Leave(items);
    }

    private TRow[] Fill<TRow>(TRow[] rows, Func<ArrayRows<T>, TRow?> row)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = row(this)!;
        }

        return rows;
    }

    /// <returns>The length of the next row of a level further in; null for one that is null.</returns>
    private int? Enter()
    {
        _level++;
        var length = _lengths[_level][_places[_level]++];
        if (length >= 0)
        {
            return length;
        }

        _level--;
        return null;
    }

    private TRows Leave<TRows>(TRows rows)
    {
        _level--;
        return rows;
    }
}
