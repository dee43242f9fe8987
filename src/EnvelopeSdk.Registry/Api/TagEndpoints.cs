using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Which tags there are, and how many envelopes have each.</summary>
internal static class TagEndpoints
{
    public static void MapTags(this IEndpointRouteBuilder api) => api.MapGet("/tags", (
        string? name, HttpRequest request, ICatalog catalog, CancellationToken cancellationToken) =>
        catalog.CountTagsAsync(name, QueryOfAddress.Limit(request.Query), cancellationToken))
        .WithMetadata(new OfAllNamesAttribute()).WithSummary("Which tags there are, the most frequent first.");
}
