namespace EnvelopeSdk.Tool.Drawing;

/// <summary>A curve within 0 and 1 both ways, with its axes.</summary>
internal static class CurvePlot
{
    private const int Columns = 40;
    private const int Rows = 10;

    public static IEnumerable<string> Draw(
        IReadOnlyList<double> across, IReadOnlyList<double> up, string acrossName, string upName)
    {
        if (!across.Zip(up).Any(point => double.IsFinite(point.First) && double.IsFinite(point.Second)))
        {
            return ["(no points)"];
        }

        var canvas = new BrailleCanvas(Columns, Rows);
        canvas.Draw(across, up);
        return
        [
            upName,
            .. canvas.Lines.Select((line, i) => (i == 0 ? "1 ┤" : i == Rows - 1 ? "0 ┤" : "  │") + line),
            "  └" + new string('─', Columns),
            "   0" + acrossName.PadLeft(Columns / 2 + acrossName.Length / 2 - 1).PadRight(Columns - 2) + "1",
        ];
    }
}
