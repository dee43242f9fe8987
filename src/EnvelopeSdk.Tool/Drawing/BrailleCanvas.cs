namespace EnvelopeSdk.Tool.Drawing;

/// <summary>A drawing in characters of Braille, each of two by four dots (Unicode, from U+2800 on).</summary>
/// <param name="columns">How many characters wide.</param>
/// <param name="rows">How many characters high.</param>
internal sealed class BrailleCanvas(int columns, int rows)
{
    private readonly char[][] _cells =
        [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Repeat('\u2800', columns).ToArray())];

    public IEnumerable<string> Lines => _cells.Select(row => new string(row));

    /// <summary>Draws lines from point to point, of points within 0 and 1; what is NaN is passed over.</summary>
    public void Draw(IReadOnlyList<double> across, IReadOnlyList<double> up)
    {
        (double X, double Y)? before = null;
        for (var i = 0; i < across.Count; i++)
        {
            var (x, y) = (across[i] * (columns * 2 - 1), up[i] * (rows * 4 - 1));
            if (double.IsNaN(x) || double.IsNaN(y))
            {
                continue;
            }

            Line(before ?? (x, y), (x, y));
            before = (x, y);
        }
    }

    private void Line((double X, double Y) from, (double X, double Y) to)
    {
        var steps = (int)Math.Ceiling(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (var i = 0; i <= steps; i++)
        {
            var part = steps == 0 ? 0 : i / (double)steps;
            Dot((int)Math.Round(from.X + (to.X - from.X) * part), (int)Math.Round(from.Y + (to.Y - from.Y) * part));
        }
    }

    private void Dot(int x, int y)
    {
        var down = rows * 4 - 1 - y;
        // The bits of a cell go down its left column, then down its right one, but for the lowest two.
        var bit = (x % 2, down % 4) switch { (0, 3) => 6, (1, 3) => 7, var (right, row) => right * 3 + row };
        _cells[down / 4][x / 2] |= (char)(1 << bit);
    }
}
