using System.Text.Json;
using EnvelopeSdk.Queries;
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
            [.. found.Take(limit).Select(AuditedChange.Of)], found.Count > limit ? found[limit - 1].Id : null);
    }).RequireAuthorization(Role.Administer);

    /// <summary>What is given empty, as forms of pages do, is not asked.</summary>
    /// <exception cref="EnvelopeException">A time has another form.</exception>
    public static AuditFilter FilterOf(
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

/// <summary>Changes that were recorded.</summary>
/// <param name="Entries">The changes, the latest first.</param>
/// <param name="Next">What <c>before</c> goes on with; null when there are no more.</param>
internal sealed record AuditPage(IReadOnlyList<AuditedChange> Entries, long? Next);

/// <summary>A change that was recorded.</summary>
internal sealed record AuditedChange(
    long Id, DateTimeOffset Time, string Who, string Via, string Action, string? Envelope, string? Digest,
    string? Subject, JsonElement? Before, JsonElement? After, Guid? Event, string Outcome)
{
    public static AuditedChange Of(AuditRecord one) => new(
        one.Id, one.Time, one.Who, one.Via, one.Change.Action, one.Change.Envelope, one.Change.Digest?.ToString(),
        one.Change.Subject, one.Change.Before, one.Change.After, one.Change.Event, one.Outcome);
}
