using EnvelopeSdk.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnvelopeSdk.MLNet.Tables;

/// <summary>A type of single values.</summary>
/// <typeparam name="TRaw">The type that ML.NET has them as.</typeparam>
/// <typeparam name="T">The type of the items of a column.</typeparam>
/// <param name="type">The type in a data view's schema.</param>
/// <param name="toItem">Converts a value.</param>
/// <param name="toRaw">Converts an item.</param>
/// <param name="missing">
/// The value that stands for a missing one, and compares equal to itself; null when there is none.
/// </param>
internal sealed class DataViewCell<TRaw, T>(
    PrimitiveDataViewType type, Func<TRaw, T> toItem, Func<T, TRaw> toRaw, TRaw[]? missing)
    : DataViewCell(type)
    where T : notnull
{
    public override DataViewColumnReader Read(DataViewSchema.Column column, DataViewRow row) => column.Type switch
    {
        VectorDataViewType vector =>
            ReadVectors(new TableColumn<T>(column.Name, vector.Size), row.GetGetter<VBuffer<TRaw>>(column)),
        KeyDataViewType =>
            ReadKeys(new TableColumn<T>(column.Name, domain: Domain(column)), row.GetGetter<uint>(column)),
        _ => ReadValues(new TableColumn<T>(column.Name), row.GetGetter<TRaw>(column)),
    };

    public override void Declare(TableColumn column, DataViewSchema.Builder schema)
    {
        if (((TableColumn<T>)column).Domain is { } domain)
        {
            var values = new VBuffer<TRaw>(domain.Count, [.. domain.Select(toRaw)]);
            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.Add(
                KeyValues,
                new VectorDataViewType(Type, domain.Count),
                (ref VBuffer<TRaw> value) => values.CopyTo(ref value));
            schema.AddColumn(column.Name, new KeyDataViewType(typeof(uint), domain.Count), annotations.ToAnnotations());
        }
        else
        {
            schema.AddColumn(column.Name, column.Width is { } width ? new VectorDataViewType(Type, width) : Type);
        }
    }

    public override Delegate Getter(TableColumn column, DataViewRow row)
    {
        var items = (TableColumn<T>)column;
        if (items.Domain is { } domain)
        {
            var keys = domain.Index().ToDictionary(value => value.Item, value => (uint)value.Index + 1);
            return (ValueGetter<uint>)(
                (ref uint key) => key = items.IsNull((int)row.Position) ? 0 : keys[items.Items[(int)row.Position]]);
        }

        return column.Width is { } width
            ? (ValueGetter<VBuffer<TRaw>>)((ref VBuffer<TRaw> vector) =>
            {
                var editor = VBufferEditor.Create(ref vector, width);
                for (var i = 0; i < width; i++)
                {
                    editor.Values[i] = ToRaw(items, ((int)row.Position * width) + i);
                }

                vector = editor.Commit();
            })
            : (ValueGetter<TRaw>)((ref TRaw value) => value = ToRaw(items, (int)row.Position));
    }

    protected override bool Holds(TableColumn column) => column is TableColumn<T>;

    private static DataViewColumnReader ReadKeys(TableColumn<T> column, ValueGetter<uint> getter)
    {
        uint key = 0;
        return new(column, () =>
        {
            getter(ref key);
            if (key == 0)
            {
                column.AddNull();
            }
            else
            {
                column.Add(column.Domain![(int)key - 1]);
            }
        });
    }

    private DataViewColumnReader ReadValues(TableColumn<T> column, ValueGetter<TRaw> getter)
    {
        TRaw value = default!;
        return new(column, () =>
        {
            getter(ref value);
            Add(column, value);
        });
    }

    private DataViewColumnReader ReadVectors(TableColumn<T> column, ValueGetter<VBuffer<TRaw>> getter)
    {
        VBuffer<TRaw> vector = default;
        return new(column, () =>
        {
            getter(ref vector);
            foreach (var value in vector.DenseValues())
            {
                Add(column, value);
            }
        });
    }

    private T[] Domain(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(KeyValues) is null)
        {
            var count = (int)((KeyDataViewType)column.Type).Count;
            return [.. Enumerable.Range(1, count).Select(key => (T)(object)(uint)key)];
        }

        VBuffer<TRaw> values = default;
        column.Annotations.GetValue(KeyValues, ref values);
        T[] domain = [.. values.DenseValues().Select(toItem)];
        return domain.Distinct().Count() == domain.Length ? domain : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"Two keys of the column '{column.Name}' of the data view stand for the same value, so the value does not "
            + "tell which is meant. Leave the column out.");
    }

    private void Add(TableColumn<T> column, TRaw value)
    {
        if (missing is [var none] && EqualityComparer<TRaw>.Default.Equals(value, none))
        {
            column.AddNull();
        }
        else
        {
            column.Add(toItem(value));
        }
    }

    private TRaw ToRaw(TableColumn<T> column, int index) =>
        column.IsNull(index) ? missing![0] : toRaw(column.Items[index]);
}
