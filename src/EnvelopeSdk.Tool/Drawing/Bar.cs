namespace EnvelopeSdk.Tool.Drawing;

/// <summary>A bar that lies, in eighths of a character.</summary>
internal static class Bar
{
    private const string Eighths = " ▏▎▍▌▋▊▉";

    /// <summary>Draws a bar.</summary>
    /// <param name="part">How much of the width it fills, from 0 to 1; what is there at all is seen.</param>
    /// <param name="width">The width.</param>
    public static string Draw(double part, int width)
    {
        var eighths = part > 0 ? Math.Max(1, (int)Math.Round(part * width * 8)) : 0;
        return (new string('█', eighths / 8) + Eighths[eighths % 8]).TrimEnd();
    }
}
