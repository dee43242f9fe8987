using System.Security.Claims;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Envelopes as points: a metric against another, against a hyperparameter, or over time.</summary>
internal static class ScatterEndpoints
{
    /// <summary>More points than that nobody tells apart.</summary>
    public const int Most = 2_000;

    public static void MapScatter(this IEndpointRouteBuilder api) => api.MapGet("/scatter", (
        string y, string? x, HttpRequest request, ICatalog catalog, ClaimsPrincipal caller,
        CancellationToken cancellationToken) => FindAsync(
            catalog, QueryOfAddress.Read(request.Query, "x", "y"), x, y, Grants.Of(caller).Names, cancellationToken))
        .WithConditions().WithSummary("Envelopes as points: a metric against another or a hyperparameter, or over time.");

    /// <summary>The first of those that the query finds, without those that have not both values.</summary>
    public static async Task<IReadOnlyList<ScatterPoint>> FindAsync(
        ICatalog catalog, EnvelopeQuery query, string? x, string y, NamePattern? names,
        CancellationToken cancellationToken)
    {
        var found = await catalog.FindAsync(query, names, Most, cancellationToken);
        return
        [
            .. found.Select(one => new ScatterPoint(
                one.Reference.Name, one.Reference.Digest.ToString(), one.Saved,
                string.IsNullOrEmpty(x) ? null : one.ValueOf(x), one.ValueOf(y)))
                .Where(one => double.IsFinite(one.Y)
                    && (string.IsNullOrEmpty(x) ? one.Saved is not null : double.IsFinite(one.X!.Value))),
        ];
    }
}
