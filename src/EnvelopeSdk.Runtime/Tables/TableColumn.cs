using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Tables;

/// <summary>A column of a table: its name, and its items row after row.</summary>
public abstract class TableColumn
{
    private protected TableColumn(string name, int? width)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(width ?? 0, nameof(width));
        (Name, Width) = (name, width);
    }

    /// <summary>The name, which is that of a member of each row in JSON.</summary>
    public string Name { get; }

    /// <summary>
    /// How many items each row has; null when each has one value and not a vector, 0 when there is no row that would
    /// tell.
    /// </summary>
    public int? Width { get; }

    /// <summary>The number of items: that of the rows, times the width of a vector.</summary>
    public abstract int Count { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount => Width is 0 ? 0 : Count / (Width ?? 1);

    /// <summary>Whether an item is missing.</summary>
    public abstract bool HasNulls { get; }

    internal abstract void Write(JsonOutput output, int row);

    /// <summary>What its values are; nullable when one is missing.</summary>
    internal abstract MemberSchema Describe();
}
