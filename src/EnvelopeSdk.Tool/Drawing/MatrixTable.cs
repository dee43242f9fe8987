using System.Globalization;
using EnvelopeSdk.Tool.Commands;

namespace EnvelopeSdk.Tool.Drawing;

/// <summary>A confusion matrix as a table: a row for each actual class, a column for each that was predicted.</summary>
internal static class MatrixTable
{
    private const int MaxLabel = 16;
    private const int MaxRows = 40;
    private const string Corner = "actual \\ predicted";

    public static IEnumerable<string> Draw(ConfusionMatrix matrix, int width)
    {
        var labels = matrix.Labels.Select(label => Texts.Fit(Texts.Plain(label), MaxLabel)).ToList();
        var first = Math.Max(Corner.Length, labels.Select(label => label.Length).DefaultIfEmpty(0).Max());
        var (columns, room) = (new List<int>(), width - first - "  ...".Length);
        for (var i = 0; i < labels.Count; i++)
        {
            var column = Math.Max(labels[i].Length, matrix.Counts.Take(MaxRows).Max(row => Text(row[i]).Length));
            room -= column + 2;
            if (room < 0)
            {
                break;
            }

            columns.Add(column);
        }

        var ends = columns.Count < labels.Count ? "  ..." : "";
        string Row(string name, IEnumerable<string> cells) =>
            name.PadRight(first)
            + string.Concat(cells.Zip(columns, (cell, column) => "  " + cell.PadLeft(column)))
            + ends;
        return
        [
            Row(Corner, labels),
            .. matrix.Counts.Take(MaxRows).Select((row, i) => Row(labels[i], row.Select(Text))),
            .. labels.Count > MaxRows ? ["..."] : Array.Empty<string>(),
        ];
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
