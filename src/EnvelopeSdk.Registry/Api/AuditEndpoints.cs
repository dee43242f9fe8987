using EnvelopeSdk.Queries;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Who changed what, the latest first.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api) => api.MapGet("/audit", async (
        string? envelope, string? who, string? action, string? since, string? until, long? before, HttpRequest request,
        AuditLog audit, CancellationToken cancellationToken) =>
    {
        var limit = QueryOfAddress.Limit(request.Query);
        var found = await audit.FindAsync(
            FilterOf(envelope, who, action, since, until, before), limit + 1, cancellationToken);
        return new AuditPage(
            [.. found.Take(limit).Select(Answers.Audited)], found.Count > limit ? found[limit - 1].Id : null);
    }).RequireAuthorization(Role.Administer).WithMetadata(new OfAllNamesAttribute())
        .WithSummary("Who changed what, the latest first.");

    /// <summary>What is given empty, as forms of pages do, is not asked.</summary>
    /// <exception cref="EnvelopeException">A time has another form.</exception>
    public static AuditQuery FilterOf(
        string? envelope, string? who, string? action, string? since, string? until, long? before)
    {
        var times = QueryText.Parse(
            new Dictionary<string, string?> { ["since"] = Given(since), ["until"] = Given(until) }
                .Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Key, one.Value!)));
        return new()
        {
            Envelope = Given(envelope),
            Who = Given(who),
            Action = Given(action),
            Since = times.Since,
            Until = times.Until,
            Before = before,
        };
    }

    private static string? Given(string? text) => text is { Length: > 0 } ? text : null;
}
