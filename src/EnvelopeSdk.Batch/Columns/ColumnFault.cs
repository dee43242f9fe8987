namespace EnvelopeSdk.Batch.Columns;

/// <summary>Why a column cannot be what a query takes.</summary>
/// <param name="Parameter">The parameter, or the member of one, as in <c>diamond.carat</c>.</param>
/// <param name="Problem">What is wrong, as a sentence.</param>
internal sealed record ColumnFault(string Parameter, string Problem);
