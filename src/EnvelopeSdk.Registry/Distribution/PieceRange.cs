using System.Globalization;
using System.Text.RegularExpressions;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>
/// Which bytes of an upload a request has: <c>0-1023</c>, as the distribution specification writes it, or
/// <c>bytes 0-1023/*</c>, as HTTP does.
/// </summary>
/// <param name="Start">The first byte.</param>
/// <param name="End">The last byte.</param>
internal readonly partial record struct PieceRange(long Start, long End)
{
    /// <summary>How many bytes; as many as there may be when the end is the greatest number.</summary>
    public long Length => End == long.MaxValue && Start == 0 ? long.MaxValue : End - Start + 1;

    private bool IsEmpty => End < Start;

    /// <returns>Null when it is none.</returns>
    public static PieceRange? TryParse(string text) => Read(text) is { } range && !range.IsEmpty ? range : null;

    /// <summary>Whether a range ends before it begins, so that no content has it.</summary>
    public static bool IsReversed(string text) => Read(text) is { } range && range.IsEmpty;

    private static PieceRange? Read(string text)
    {
        var match = Form().Match(text);
        return match.Success && TryParse(match, "start", out var start) && TryParse(match, "end", out var end)
            ? new(start, end)
            : null;
    }

    private static bool TryParse(Match match, string group, out long number) => long.TryParse(
        match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"^(bytes[ =])?(?<start>[0-9]+)-(?<end>[0-9]+)(/([0-9]+|\*))?\z")]
    private static partial Regex Form();
}
