using EnvelopeSdk.Authoring;
using EnvelopeSdk.Tables;
using Microsoft.ML;

namespace EnvelopeSdk.MLNet.Tables;

/// <summary>
/// Converts ML.NET's data views, all columns that are not hidden. NaN and the missing key are missing values; a key
/// column with names is a column of the names, and has no others.
/// </summary>
public sealed class DataViewCodec : ITableCodec<IDataView>
{
    /// <inheritdoc/>
    public TableData ToData(IDataView table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = table.Schema.Where(column => !column.IsHidden).ToList();
        using var cursor = table.GetRowCursor(columns);
        var readers = columns.ConvertAll(column => DataViewCell.Of(column).Read(column, cursor));
        var rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            foreach (var reader in readers)
            {
                reader.AddRow();
            }
        }

        return new TableData(readers.ConvertAll(reader => reader.Column), rows);
    }

    /// <inheritdoc/>
    public IDataView FromData(TableData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new TableDataView(data);
    }
}
