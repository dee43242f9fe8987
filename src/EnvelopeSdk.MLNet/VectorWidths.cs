using Microsoft.ML.Data;

namespace EnvelopeSdk.MLNet;

/// <summary>
/// Finds the vectors of a row that are not as wide as the pipeline was trained with. ML.NET notices them, but not in
/// words that tell a caller which one it is.
/// </summary>
internal static class VectorWidths
{
    /// <summary>What is wrong with a row; null when its vectors have their widths.</summary>
    public static string? WhyWrong<TInput>(TInput row, SchemaDefinition columns)
        where TInput : class => columns
        .Where(column => column.ColumnType is VectorDataViewType { IsKnownSize: true })
        .Select(column => (
            column.ColumnName,
            Expected: ((VectorDataViewType)column.ColumnType).Size,
            Given: (ValueOf(row, column.MemberName) as Array)?.Length))
        .Where(vector => vector.Given is { } given && given != vector.Expected)
        .Select(vector => $"The column '{vector.ColumnName}' takes {vector.Expected} values and got {vector.Given}.")
        .FirstOrDefault();

    private static object? ValueOf<TInput>(TInput row, string member) =>
        typeof(TInput).GetProperty(member) is { } property
            ? property.GetValue(row)
            : typeof(TInput).GetField(member)?.GetValue(row);
}
