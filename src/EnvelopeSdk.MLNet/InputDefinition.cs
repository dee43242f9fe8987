using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnvelopeSdk.MLNet;

/// <summary>How the properties of a class become the columns that a pipeline was trained on.</summary>
internal static class InputDefinition
{
    /// <summary>
    /// The columns of the class, those with the types of the schema that are of the same values: a vector of a width
    /// that is known only when the program runs, a key of so many values.
    /// </summary>
    public static SchemaDefinition Of<TInput>(DataViewSchema? schema)
    {
        var definition = SchemaDefinition.Create(typeof(TInput));
        foreach (var column in definition)
        {
            if (schema?.GetColumnOrNull(column.ColumnName) is { } trained
                && ItemType(trained.Type) == ItemType(column.ColumnType))
            {
                column.ColumnType = trained.Type;
            }
        }

        return definition;
    }

    /// <summary>Of what the values are, and whether there are several: what a type of the class can hold.</summary>
    private static (bool IsVector, Type Item) ItemType(DataViewType type) => type is VectorDataViewType vector
        ? (true, vector.ItemType.RawType)
        : (false, type.RawType);
}
