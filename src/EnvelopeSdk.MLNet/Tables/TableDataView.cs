using EnvelopeSdk.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnvelopeSdk.MLNet.Tables;

/// <summary>A data view of columns that lie in memory. Any number of cursors read it at once.</summary>
internal sealed class TableDataView : IDataView
{
    private readonly TableData _data;

    public TableDataView(TableData data)
    {
        var schema = new DataViewSchema.Builder();
        foreach (var column in data.Columns)
        {
            DataViewCell.Of(column).Declare(column, schema);
        }

        (_data, Schema) = (data, schema.ToSchema());
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _data.RowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(TableDataView view, HashSet<int> active) : DataViewRowCursor
    {
        private long _position = -1;
        private long _next;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool MoveNext()
        {
            _position = _next < view._data.RowCount ? _next++ : -1;
            return _position >= 0;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var items = view._data.Columns[column.Index];
            return IsColumnActive(column) && DataViewCell.Of(items).Getter(items, this) is ValueGetter<TValue> getter
                ? getter
                : throw new InvalidOperationException(
                    $"The column '{column.Name}' ({column.Type}) was not asked for, or does not hold "
                    + $"{typeof(TValue).Name}.");
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);
    }
}
