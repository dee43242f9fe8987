namespace EnvelopeSdk.Batch.Columns;

/// <summary>A value that the parameter of its column cannot have.</summary>
/// <param name="reason">Why, without the value.</param>
internal sealed class CellException(string reason) : Exception(reason);
