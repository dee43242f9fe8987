using System.Globalization;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>Names in the order of the specification, alphabetic without regard to case, page by page.</summary>
internal static class Paging
{
    private static readonly Comparer<string> Order = Comparer<string>.Create((one, other) =>
        StringComparer.OrdinalIgnoreCase.Compare(one, other) is not 0 and var order
            ? order
            : string.CompareOrdinal(one, other));

    /// <summary>The page that a request asks for; the answer gets a link to the next.</summary>
    /// <exception cref="RefusedException">It asks for a number that is none.</exception>
    public static JsonArray Page(DistributionRequest request, IEnumerable<string> names)
    {
        var most = int.MaxValue;
        if (request.Query("n") is { } text
            && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out most))
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "PAGINATION_NUMBER_INVALID",
                $"'n={SafeText.Of(text)}' is no number of names. Give a whole number that is not negative.");
        }

        var last = request.Query("last");
        var rest = names.Where(name => last is null || Order.Compare(name, last) > 0).Order(Order).ToList();
        var page = rest.Take(most).ToList();
        if (page.Count > 0 && rest.Count > page.Count)
        {
            request.Response.Headers.Link =
                $"<{request.Request.Path}?n={most}&last={Uri.EscapeDataString(page[^1])}>; rel=\"next\"";
        }

        return new([.. page.Select(name => (JsonNode?)name)]);
    }
}
