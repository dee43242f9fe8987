using EnvelopeSdk.Authoring;
using EnvelopeSdk.Tables;
using Microsoft.Data.Analysis;

namespace EnvelopeSdk.MLNet.Tables;

/// <summary>
/// Converts data frames. A column comes back as the class that <c>Microsoft.Data.Analysis</c> has for its type, for
/// example
/// <see cref="DoubleDataFrameColumn"/>; a null is a missing value, and NaN is none.
/// </summary>
public sealed class DataFrameCodec : ITableCodec<DataFrame>
{
    /// <inheritdoc/>
    public TableData ToData(DataFrame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new TableData([.. table.Columns.Select(ToColumn)], checked((int)table.Rows.Count));
    }

    /// <inheritdoc/>
    public DataFrame FromData(TableData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new DataFrame(data.Columns.Select(FromColumn));
    }

    private static TableColumn ToColumn(DataFrameColumn column) =>
        FrameColumnKind.All.Select(kind => kind.ToColumn(column)).FirstOrDefault(converted => converted is not null)
            ?? throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The column '{column.Name}' of the data frame is a {column.GetType().Name} of {column.DataType.Name}, "
                + "which cannot be served. Leave it out, or make it a column of numbers, strings, booleans, "
                + "characters, dates or vectors of one length.");

    private static DataFrameColumn FromColumn(TableColumn column) =>
        FrameColumnKind.All.Select(kind => kind.FromColumn(column)).FirstOrDefault(converted => converted is not null)
            ?? throw new NotSupportedException($"A data frame has no column for the type of '{column.Name}'.");
}
