using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EnvelopeSdk.Service;

/// <summary>
/// A form in which a caller can have a stream, chosen by the header <c>Accept</c> (RFC 9110, section 12.5.1).
/// </summary>
/// <param name="MediaType">What the response is declared as.</param>
/// <param name="ItemPrefix">Stands before each item.</param>
/// <param name="Suffix">Stands behind each item.</param>
/// <param name="FailurePrefix">
/// Stands before the problem details of a model that failed behind the first item; null when the form has no place for
/// them.
/// </param>
internal sealed record StreamFormat(
    string MediaType, ReadOnlyMemory<byte> ItemPrefix, ReadOnlyMemory<byte> Suffix, ReadOnlyMemory<byte>? FailurePrefix)
{
    /// <summary>All items as one array, which is sent when the last one is there.</summary>
    public static readonly StreamFormat Whole = new("application/json", default, default, null);

    /// <summary>Those that a caller who does not choose gets, the first first.</summary>
    public static readonly IReadOnlyList<StreamFormat> All =
        [Lines("application/jsonl"), Lines("application/x-ndjson"), Events(), Whole];

    /// <summary>The form that a request likes best; null when it takes none of them.</summary>
    public static StreamFormat? For(HttpRequest request)
    {
        if (StringValues.IsNullOrEmpty(request.Headers.Accept)
            || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges))
        {
            return All[0];
        }

        // Of two that a request likes equally well, the one that it names: "application/json, */*" asks for JSON.
        return All.Select(format => (Format: format, Range: Closest(format, ranges)))
            .Where(one => one.Range is { Quality: not 0 })
            .OrderByDescending(one => one.Range!.Quality ?? 1).ThenByDescending(one => Closeness(one.Range!))
            .Select(one => one.Format).FirstOrDefault();
    }

    private static StreamFormat Lines(string mediaType) => new(mediaType, default, "\n"u8.ToArray(), null);

    private static StreamFormat Events() =>
        new("text/event-stream", "data: "u8.ToArray(), "\n\n"u8.ToArray(), "event: error\ndata: "u8.ToArray());

    /// <summary>The range that speaks of a form: the most specific one (RFC 9110, section 12.5.1).</summary>
    private static MediaTypeHeaderValue? Closest(StreamFormat format, IEnumerable<MediaTypeHeaderValue> ranges) =>
        ranges.Where(range => Matches(range, format.MediaType.Split('/'))).MaxBy(Closeness);

    private static bool Matches(MediaTypeHeaderValue range, string[] type) =>
        range.MatchesAllTypes
        || (range.Type.Equals(type[0], StringComparison.OrdinalIgnoreCase)
            && (range.MatchesAllSubTypes || range.SubType.Equals(type[1], StringComparison.OrdinalIgnoreCase)));

    private static int Closeness(MediaTypeHeaderValue range) =>
        range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
}
