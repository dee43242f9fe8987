using EnvelopeSdk.Tables;
using Microsoft.Data.Analysis;
using Microsoft.ML.Data;

namespace EnvelopeSdk.MLNet.Tables;

/// <summary>A class of columns of data frames, and how its columns are converted.</summary>
internal abstract class FrameColumnKind
{
    public static IReadOnlyList<FrameColumnKind> All { get; } =
    [
        new StringKind(),
        .. Of<bool>((name, items) => new BooleanDataFrameColumn(name, items)),
        .. Of<sbyte>((name, items) => new SByteDataFrameColumn(name, items)),
        .. Of<byte>((name, items) => new ByteDataFrameColumn(name, items)),
        .. Of<short>((name, items) => new Int16DataFrameColumn(name, items)),
        .. Of<ushort>((name, items) => new UInt16DataFrameColumn(name, items)),
        .. Of<int>((name, items) => new Int32DataFrameColumn(name, items)),
        .. Of<uint>((name, items) => new UInt32DataFrameColumn(name, items)),
        .. Of<long>((name, items) => new Int64DataFrameColumn(name, items)),
        .. Of<ulong>((name, items) => new UInt64DataFrameColumn(name, items)),
        .. Of<float>((name, items) => new SingleDataFrameColumn(name, items)),
        .. Of<double>((name, items) => new DoubleDataFrameColumn(name, items)),
        .. Of<decimal>((name, items) => new DecimalDataFrameColumn(name, items)),
        .. Of<char>((name, items) => new CharDataFrameColumn(name, items)),
        .. Of<DateTime>((name, items) => new DateTimeDataFrameColumn(name, items)),
    ];

    /// <returns>Null when the column is of another class.</returns>
    public abstract TableColumn? ToColumn(DataFrameColumn column);

    /// <returns>Null when the column is of another type.</returns>
    public abstract DataFrameColumn? FromColumn(TableColumn column);

    private static FrameColumnKind[] Of<T>(Func<string, IEnumerable<T?>, DataFrameColumn> create)
        where T : unmanaged => [new PrimitiveKind<T>(create), new VectorKind<T>()];

    private sealed class PrimitiveKind<T>(Func<string, IEnumerable<T?>, DataFrameColumn> create) : FrameColumnKind
        where T : unmanaged
    {
        public override TableColumn? ToColumn(DataFrameColumn column)
        {
            if (column is not PrimitiveDataFrameColumn<T> items)
            {
                return null;
            }

            var converted = new TableColumn<T>(column.Name);
            foreach (var item in items)
            {
                if (item is { } value)
                {
                    converted.Add(value);
                }
                else
                {
                    converted.AddNull();
                }
            }

            return converted;
        }

        public override DataFrameColumn? FromColumn(TableColumn column) =>
            column is TableColumn<T> { Width: null } items
                ? create(
                    column.Name,
                    Enumerable.Range(0, items.Count).Select(row => items.IsNull(row) ? (T?)null : items.Items[row]))
                : null;
    }

    private sealed class VectorKind<T> : FrameColumnKind
        where T : unmanaged
    {
        public override TableColumn? ToColumn(DataFrameColumn column)
        {
            if (column is not VBufferDataFrameColumn<T> vectors)
            {
                return null;
            }

            var converted = new TableColumn<T>(column.Name, vectors.Length == 0 ? 0 : vectors[0].Length);
            foreach (var vector in vectors)
            {
                if (vector.Length != converted.Width || vector.Length == 0)
                {
                    return null;
                }

                foreach (var item in vector.DenseValues())
                {
                    converted.Add(item);
                }
            }

            return converted;
        }

        public override DataFrameColumn? FromColumn(TableColumn column) =>
            column is TableColumn<T> { Width: { } width } items
                ? new VBufferDataFrameColumn<T>(
                    column.Name,
                    Enumerable.Range(0, items.RowCount).Select(
                        row => new VBuffer<T>(width, items.Items.Slice(row * width, width).ToArray())))
                : null;
    }

    private sealed class StringKind : FrameColumnKind
    {
        public override TableColumn? ToColumn(DataFrameColumn column)
        {
            if (column is not StringDataFrameColumn items)
            {
                return null;
            }

            var converted = new TableColumn<string>(column.Name);
            foreach (var item in items)
            {
                if (item is not null)
                {
                    converted.Add(item);
                }
                else
                {
                    converted.AddNull();
                }
            }

            return converted;
        }

        public override DataFrameColumn? FromColumn(TableColumn column) =>
            column is TableColumn<string> { Width: null } items
                ? new StringDataFrameColumn(
                    column.Name,
                    Enumerable.Range(0, items.Count).Select(row => items.IsNull(row) ? null! : items.Items[row]))
                : null;
    }
}
