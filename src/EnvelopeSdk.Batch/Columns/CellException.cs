namespace EnvelopeSdk.Batch.Columns;

/// <summary>A value that the parameter of its column cannot have.</summary>
/// <param name="reason">Why, without the value.</param>
/// <param name="column">The column, where it is known.</param>
internal sealed class CellException(string reason, string? column = null) : Exception(reason)
{
    /// <summary>The column; null where it is not known.</summary>
    public string? Column => column;
}
