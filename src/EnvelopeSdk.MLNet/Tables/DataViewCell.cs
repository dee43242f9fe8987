using EnvelopeSdk.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnvelopeSdk.MLNet.Tables;

/// <summary>
/// A type of single values in data views, and how its columns are converted: those of values, of vectors, and of keys
/// that stand for values.
/// </summary>
internal abstract class DataViewCell(PrimitiveDataViewType type)
{
    /// <summary>The annotation of a key column that holds what the keys stand for.</summary>
    public const string KeyValues = "KeyValues";

    /// <summary>The most keys without names that are listed in a schema.</summary>
    private const int MostKeys = 1000;

    private static readonly DataViewCell[] All =
    [
        Same<bool>(BooleanDataViewType.Instance),
        Same<sbyte>(NumberDataViewType.SByte),
        Same<byte>(NumberDataViewType.Byte),
        Same<short>(NumberDataViewType.Int16),
        Same<ushort>(NumberDataViewType.UInt16),
        Same<int>(NumberDataViewType.Int32),
        Same<uint>(NumberDataViewType.UInt32),
        Same<long>(NumberDataViewType.Int64),
        Same<ulong>(NumberDataViewType.UInt64),
        Same<float>(NumberDataViewType.Single, float.NaN),
        Same<double>(NumberDataViewType.Double, double.NaN),
        Same<DateTime>(DateTimeDataViewType.Instance),
        Same<DateTimeOffset>(DateTimeOffsetDataViewType.Instance),
        Same<TimeSpan>(TimeSpanDataViewType.Instance),
        new DataViewCell<ReadOnlyMemory<char>, string>(
            TextDataViewType.Instance, text => text.ToString(), text => text.AsMemory(), null),
    ];

    public PrimitiveDataViewType Type => type;

    /// <summary>The cell of a column of a data view.</summary>
    /// <exception cref="EnvelopeException">The column cannot be served.</exception>
    public static DataViewCell Of(DataViewSchema.Column column)
    {
        var (type, reason) = column.Type switch
        {
            VectorDataViewType { IsKnownSize: false } => (null, "holds vectors whose length is not known"),
            VectorDataViewType { ItemType: KeyDataViewType } => (null, "holds vectors of keys"),
            VectorDataViewType vector => (vector.ItemType, "holds vectors of items that JSON cannot carry"),
            KeyDataViewType { RawType: var raw } when raw != typeof(uint) =>
                (null, "holds keys of another type than uint"),
            KeyDataViewType
                when column.Annotations.Schema.GetColumnOrNull(KeyValues) is { Type: VectorDataViewType values } =>
                (values.ItemType, "holds keys of values that JSON cannot carry"),
            KeyDataViewType { Count: > MostKeys } => (null, "holds too many keys without names"),
            KeyDataViewType => (NumberDataViewType.UInt32, ""),
            var single => (single, "has a type that JSON cannot carry"),
        };
        return All.FirstOrDefault(cell => cell.Type.Equals(type)) ?? throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"The column '{column.Name}' of the data view ({column.Type}) {reason}, so it cannot be served. Leave it "
            + "out: context.Transforms.SelectColumns and DropColumns do that.");
    }

    /// <summary>The cell of a column that was read.</summary>
    public static DataViewCell Of(TableColumn column) => All.FirstOrDefault(cell => cell.Holds(column))
        ?? throw new NotSupportedException($"A data view has no column for the type of '{column.Name}'.");

    /// <summary>Copies a column row by row.</summary>
    /// <param name="column">The column.</param>
    /// <param name="row">The row that moves.</param>
    public abstract DataViewColumnReader Read(DataViewSchema.Column column, DataViewRow row);

    /// <summary>Declares a column of a data view.</summary>
    public abstract void Declare(TableColumn column, DataViewSchema.Builder schema);

    /// <summary>
    /// A <see cref="ValueGetter{TValue}"/> of the column's type, which gives the value of a row that moves.
    /// </summary>
    public abstract Delegate Getter(TableColumn column, DataViewRow row);

    protected abstract bool Holds(TableColumn column);

    private static DataViewCell<T, T> Same<T>(PrimitiveDataViewType type, T? missing = null)
        where T : struct => new(type, value => value, value => value, missing is { } value ? [value] : null);
}

/// <summary>Copies one column.</summary>
/// <param name="Column">What is copied up to now.</param>
/// <param name="AddRow">Copies the value of the row that the cursor is at.</param>
internal sealed record DataViewColumnReader(TableColumn Column, Action AddRow);
