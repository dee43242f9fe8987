using Apache.Arrow;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>How much memory Arrow values take.</summary>
internal static class ArrowBytes
{
    /// <summary>That of a batch, in bytes; what several columns share counts for each of them.</summary>
    public static long Of(RecordBatch batch) =>
        Enumerable.Range(0, batch.ColumnCount).Sum(column => Of(batch.Column(column).Data));

    private static long Of(ArrayData? values) => values is null ? 0
        : values.Buffers.Sum(one => (long)one.Length) + (values.Children ?? []).Sum(Of) + Of(values.Dictionary);
}
