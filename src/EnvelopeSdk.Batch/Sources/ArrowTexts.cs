using System.Text.Unicode;
using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Strings of Arrow files, at which nobody may have looked: the engine takes a torn one for null.</summary>
internal static class ArrowTexts
{
    /// <summary>The first row with a string that is not valid UTF-8, or with one within it.</summary>
    /// <param name="values">The column.</param>
    /// <param name="type">Its type.</param>
    /// <param name="count">How many rows there are.</param>
    public static int? FirstInvalid(Vector values, ColumnType type, int count)
    {
        if (HasText(type))
        {
            for (var row = 0; row < count; row++)
            {
                if (!IsValid(values, type, row))
                {
                    return row;
                }
            }
        }

        return null;
    }

    private static bool HasText(ColumnType type) =>
        type.Kind == ColumnKind.Text || type.Parts.Any(part => HasText(part.Type));

    private static bool IsValid(Vector values, ColumnType type, int row)
    {
        if (values.IsNull(row))
        {
            return true;
        }

        switch (type.Kind)
        {
            case ColumnKind.Text:
                return Utf8.IsValid(values.Bytes(row));
            case ColumnKind.Struct:
                return ArePartsValid(values, type, row, 1);
            case ColumnKind.List or ColumnKind.Array or ColumnKind.Map:
                var (start, length) = values.Range(row);
                return ArePartsValid(values, type, start, length);
            default:
                return true;
        }
    }

    private static bool ArePartsValid(Vector values, ColumnType type, int first, int count)
    {
        for (var i = 0; i < type.Parts.Count; i++)
        {
            for (var row = first; row < first + count; row++)
            {
                if (!IsValid(values.Parts[i], type.Parts[i].Type, row))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
