using System.Text;
using Apache.Arrow;
using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;
using Column = EnvelopeSdk.Batch.Columns.Column;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>The columns that say of each row why it could not be answered.</summary>
internal static class FaultColumns
{
    private static readonly ColumnType Text = new(ColumnKind.Text, "VARCHAR");

    public static readonly IReadOnlyList<Field> Fields =
    [
        ArrowTypes.Of(new Column(RowPlan.FaultColumn, Text)), ArrowTypes.Of(new Column(RowPlan.FaultReason, Text)),
    ];

    /// <param name="faults">The rows, in their order.</param>
    /// <param name="first">The number of the first row.</param>
    /// <param name="count">How many there are.</param>
    public static IEnumerable<ArrayData> Of(IEnumerable<RowFault> faults, long first, int count) =>
        [.. ((Func<RowFault, string?>[])[one => one.Column, one => one.Reason]).Select(text =>
            Of([.. faults], text, first, count))];

    private static ArrayData Of(IReadOnlyList<RowFault> faults, Func<RowFault, string?> text, long first, int count)
    {
        var target = new ArrowTarget(Text, count);
        var next = 0;
        for (var row = 0; row < count; row++)
        {
            var fault = next < faults.Count && faults[next].Row == first + row ? faults[next++] : null;
            if (fault is not null && text(fault) is { } said)
            {
                target.SetBytes(row, Encoding.UTF8.GetBytes(said));
            }
            else
            {
                target.SetNull(row);
            }
        }

        return target.Build();
    }
}
