using System.Net;
using Microsoft.AspNetCore.Components;

namespace EnvelopeSdk.Registry.Pages.Charts;

/// <summary>Parts of SVG drawings.</summary>
internal static class Drawing
{
    /// <summary>A text, of which Razor takes the element's name for its own.</summary>
    /// <param name="x">Where it begins, ends or has its middle, in units of the drawing.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="text">What is written.</param>
    public static MarkupString Text(string x, string y, string anchor, string text) =>
        new($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(text)}</text>");
}
