using Apache.Arrow;
using Apache.Arrow.Types;
using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// Columns of a stream that are kept beside the answers as they are, but for those that are not written so: numbers of
/// 16 bits, for which Apache.Arrow 14 has no writer, are kept in 32, as files do; and strings by their place in a
/// dictionary are kept as strings: the dictionary may be another in each batch, and is written once.
/// </summary>
internal static class KeptColumns
{
    /// <exception cref="EnvelopeException">It cannot be kept.</exception>
    public static Field Of(Field field) => field.DataType switch
    {
        DictionaryType { ValueType: StringType } => new(field.Name, StringType.Default, nullable: true),
        HalfFloatType => new(field.Name, FloatType.Default, field.IsNullable),
        var type when Has<DictionaryType>(type) => throw Refused(
            field, "a dictionary of other values than strings, or within it"),
        var type when Has<HalfFloatType>(type) => throw Refused(field, "numbers of 16 bits within it"),
        _ => field,
    };

    /// <summary>Rows of such a column.</summary>
    public static ArrayData Of(ArrayData array)
    {
        if (array.DataType is not (DictionaryType or HalfFloatType))
        {
            return array;
        }

        var type = ArrowTypes.Of(array.DataType);
        using var values = ArrowVector.Of(array, type);
        var target = new ArrowTarget(type, array.Length);
        if (type.Kind == ColumnKind.Float)
        {
            target.Fill(Numbers(values, array.Length));
        }

        for (var row = 0; row < array.Length; row++)
        {
            if (values.IsNull(row))
            {
                target.SetNull(row);
            }
            else if (type.Kind == ColumnKind.Text)
            {
                target.SetBytes(row, values.Bytes(row));
            }
        }

        return target.Build();
    }

    private static unsafe ReadOnlySpan<float> Numbers(ArrowVector values, int count) => new((void*)values.Data, count);

    private static bool Has<T>(IArrowType type)
        where T : IArrowType =>
        type is T || (type is NestedType nested && nested.Fields.Any(one => Has<T>(one.DataType)));

    private static EnvelopeException Refused(Field field, string what) => new(
        EnvelopeError.Invalid,
        $"'{field.Name}' has {what}, which cannot be kept. Keep others with --key, or cast it.");
}
